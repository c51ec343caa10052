"""The phrase list that a recogniser may choose from in one turn.

Vosk treats a grammar as a hint about word order, not as a list of allowed phrases, and it drops a
word that it does not know without a word of warning: “deep vein thrombosis” becomes “deep”.
So every word is checked here beforehand, and what was left out is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil

from voice_triage.errors import InternalError

UNKNOWN = "[unk]"
"""How a part that was spoken but not understood appears in heard text, whatever the model."""
PHRASES_PER_DECOY = 4.5
"""How much likelier any phrase is than any decoy, all taken together, before anybody speaks. A list
of ten words is repeated up to it, or its decoys would take a tenth of the right answers; a list of
hundreds has it anyway, and its words are decoys to each other (tools/clips.py)."""
_CURLY_APOSTROPHE = "\u2019"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Checked phrases, ready for the recogniser."""

    phrases: tuple[str, ...]
    """Normalised, every word known; repeated to weigh them against decoys and the unknown token,
    which come last."""
    dropped: tuple[str, ...] = ()
    """Phrases left out because the model does not know one of their words."""
    unknown_words: tuple[str, ...] = ()
    decoys: frozenset[str] = frozenset()
    """Words that are in the list only to be told apart from the others."""


def normalise(text: str) -> str:
    """Lower case, single spaces, typographic apostrophes plain: the way models spell words."""
    return " ".join(text.lower().replace(_CURLY_APOSTROPHE, "'").split())


def unknown_words(phrases: Iterable[str], known: Callable[[str], bool]) -> tuple[str, ...]:
    """Every word that ``known`` denies, sorted; for the vocabulary check of dialogs."""
    words = {word for phrase in phrases for word in normalise(phrase).split()}
    return tuple(sorted(word for word in words if not known(word)))


def build_grammar(
    groups: Iterable[Iterable[str]],
    known: Callable[[str], bool],
    *,
    unknown_token: str,
    asides: Iterable[str] = (),
    decoys: Iterable[str] = (),
) -> Grammar:
    """One list out of several groups of phrases (answers and commands, danger words).

    ``asides`` (fillers) and ``decoys`` are single words, left out without mention if the model
    does not know them; a word of some phrase is no decoy. Raises InternalError when no phrase
    remains, since a recogniser without words answers every sound with an empty text for ever (and
    Vosk crashes the process on an empty list).
    """
    wanted = dict.fromkeys(normalise(phrase) for group in groups for phrase in group)
    wanted.pop("", None)
    wanted.pop(unknown_token, None)
    missing = unknown_words(wanted, known)
    kept: list[str] = []
    dropped: list[str] = []
    for phrase in wanted:
        (kept if set(missing).isdisjoint(phrase.split()) else dropped).append(phrase)
    if not kept:
        raise InternalError(
            f"No phrase to listen for: of {len(wanted)} phrases none has only known words "
            f"(unknown: {', '.join(missing[:10]) or 'none given'}). Run voice-triage check."
        )
    taken = {word for phrase in kept for word in phrase.split()}
    taken.update(aside := [w for w in dict.fromkeys(asides) if w not in taken and known(w)])
    others = [w for w in dict.fromkeys(decoys) if w not in taken and known(w)]
    tail = [unknown_token] if unknown_token else []
    weight = ceil(PHRASES_PER_DECOY * len(aside + others) / len(kept)) if others else 1
    phrases = (*kept * weight, *aside, *others, *tail)
    return Grammar(phrases, tuple(dropped), missing, frozenset(others))
