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
c, d     the class of feel; feel + rough         words of like meaning (`read_classes`)
m        the class of fever                      … after a negator
=======  ======================================  ================================

A feature is only a number here, a place in the table of weights (the hashing trick: Weinberger et
al. 2009). So the table needs no names, any word has a place, and reading is a handful of look-ups.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from voice_triage.content.words import Words
from voice_triage.understanding.tokens import BOUNDARIES, STOP

CLASSES_TITLE = (
    "# Words of like meaning, a class a line: made by tools/training/word_classes.py, may be mended"
    " by hand; then scripts/train."
)
BEGIN, END = "<", ">"
STEM_LETTERS = 4
GAP_WORDS = 2
"""So many words may stand between the two of a “k” feature."""
NEGATED_WORDS = 4
"""So many words after a negator are marked as governed by it, up to the next word of contrast."""
LONGEST = 12
"""Lengths from here on count as one."""
WITH_FINDING = frozenset("wbnscm")
"""Features that also count together with the finding asked about."""


@dataclass(frozen=True, slots=True)
class Named:
    """The features of one reply."""

    names: tuple[str, ...]
    """Each once: the letter of its kind, a bar, its words."""
    hashes: tuple[int, ...]
    """32 bits each, in the order of the names."""
    shared: tuple[int, ...]
    """The hashes of those that also count together with a finding."""

    @classmethod
    def of(cls, names: Iterable[str], with_finding: Container[str] = ()) -> Named:
        """Features by their names; of which kinds also count together with a finding."""
        named = tuple(names)
        hashes = tuple(crc32(name.encode()) for name in named)
        pairs = zip(named, hashes, strict=True)
        return cls(named, hashes, tuple(n for name, n in pairs if name[0] in with_finding))

    def places(self, size: int) -> list[int]:
        """Where the features stand in a table of ``size`` rows, a power of two."""
        last = size - 1
        return [number & last for number in self.hashes]

    def places_for(self, finding: str, size: int) -> list[int]:
        """The same for a finding that was asked about, with the features that are its own."""
        last, own = size - 1, crc32(finding.encode())
        places = [number & last for number in self.hashes]
        places += [place_of(number, own, last) for number in self.shared]
        places.append(place_of(0, own, last))
        return places


def place_of(feature: int, finding: int, last: int) -> int:
    """The place of a feature together with a finding: both hashes, mixed by Fibonacci's number."""
    return ((feature ^ finding) * 0x9E3779B1 >> 15) & last


class Features:
    """Makes features of tokens. ``classes``: the number of the class of each known word."""

    def __init__(self, words: Words, classes: Mapping[str, int] | None = None) -> None:
        self.classes = classes or {}
        self._negators = frozenset(words.negators)
        self._contrasts = frozenset(words.contrasts)

    def of(self, tokens: Sequence[str]) -> Named:
        """The features of a reply, in order; boundaries do not count."""
        return Named.of(dict.fromkeys(self._named(tokens)), WITH_FINDING)

    def _named(self, tokens: Sequence[str]) -> Iterator[str]:
        words = [token for token in tokens if token not in BOUNDARIES]
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
        for token, governed in zip(tokens, self.governed(tokens), strict=True):
            if governed:
                yield f"n|{token}"
                if token in self.classes:
                    yield f"m|{self.classes[token]}"
        yield from self._by_class(words)

    def _by_class(self, words: list[str]) -> Iterator[str]:
        kinds = [self.classes.get(word) for word in words]
        for first, second in pairwise([*kinds, None]):
            if first is not None:
                yield f"c|{first}"
                if second is not None:
                    yield f"d|{first} {second}"

    def governed(self, tokens: Sequence[str]) -> list[bool]:
        """For each token: does it stand in the scope of a negator? Boundaries and negators do not.

        A scope ends after some words, at a full stop, and at a word of contrast.
        """
        marks, left = [], 0
        for token in tokens:
            if token in self._negators:
                left = NEGATED_WORDS
                marks.append(False)
                continue
            in_scope = left > 0 and token not in BOUNDARIES
            marks.append(in_scope)
            left -= in_scope
            if token == STOP or token in self._contrasts:
                left = 0
        return marks


def read_classes(text: str) -> dict[str, int]:
    """The class of each word of a file of word classes: a class a line, words between spaces."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {word: number for number, line in enumerate(lines) for word in line.split()}
