"""What of a reply the reader looks at: its words, their neighbours, and what a negator governs.

=======  ======================================  ================================
feature  of “no fever but i feel rough”           what it can tell
=======  ======================================  ================================
w        fever, rough, …                         the word is there
b        < no, no fever, …                       two words side by side
t        no fever but, …                         three
k        fever i, but feel, …                    two with one or two words between
n        fever                                   the word stands after a negator
s        feve, roug                              how it begins (fevers, feverish)
=======  ======================================  ================================

A feature is only a number here, a place in the table of weights (the hashing trick: Weinberger et
al. 2009). So the table needs no names, any word has a place, and reading is a handful of look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from voice_triage.understanding.tokens import BOUNDARIES

BEGIN, END = "<", ">"
STEM_LETTERS = 4
GAP_WORDS = 2
"""So many words may stand between the two of a “k” feature."""
NEGATED_WORDS = 4
"""So many words after a negator are marked as governed by it, up to the next word of contrast."""
LONGEST = 12
"""Lengths from here on count as one."""
_WITH_FINDING = frozenset("wbns")
"""Features that also count together with the finding asked about."""


class Features:
    """Makes features of tokens. ``negators`` and ``contrasts`` are single words of the language."""

    def __init__(self, negators: Iterable[str], contrasts: Iterable[str]) -> None:
        self._negators = frozenset(negators)
        self._contrasts = frozenset(contrasts)

    def names(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """The features of a reply by name, each once, in order; boundaries do not count."""
        words = [token for token in tokens if token not in BOUNDARIES]
        return tuple(dict.fromkeys(self._named(words)))

    def _named(self, words: list[str]) -> Iterator[str]:
        framed = [BEGIN, *words, END]
        yield f"L|{min(len(words), LONGEST)}"
        for word in words:
            yield f"w|{word}"
            if len(word) > STEM_LETTERS:
                yield f"s|{word[:STEM_LETTERS]}"
        for first, second in pairwise(framed):
            yield f"b|{first} {second}"
        for at, first in enumerate(framed):
            if at + 2 < len(framed):
                yield f"t|{first} {framed[at + 1]} {framed[at + 2]}"
            for second in framed[at + 2 : at + 2 + GAP_WORDS]:
                yield f"k|{first} {second}"
        for word in self._governed(words):
            yield f"n|{word}"

    def _governed(self, words: list[str]) -> Iterator[str]:
        """The words that stand in the scope of a negator."""
        left = 0
        for word in words:
            if word in self._negators:
                left = NEGATED_WORDS
                continue
            if left:
                left -= 1
                yield word
            if word in self._contrasts:
                left = 0


def places(names: Iterable[str], size: int) -> list[int]:
    """Where the features stand in a table of ``size`` rows, a power of two."""
    return [crc32(name.encode()) & (size - 1) for name in names]


def with_finding(names: Iterable[str], finding: str) -> list[str]:
    """``names``, and those that count together with ``finding`` once more under its name."""
    own = [f"{finding}|{name}" for name in names if name[0] in _WITH_FINDING]
    return [*names, *own, f"Q|{finding}"]
