"""The phrase list that a recogniser may choose from in one turn.

Vosk treats a grammar as a hint about word order, not as a list of allowed phrases, and it drops a
word that it does not know without a word of warning: “deep vein thrombosis” becomes “deep”.
So every word is checked here beforehand, and what was left out is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from voice_triage.errors import InternalError, UsageError

UNKNOWN = "[unk]"
"""How a part that was spoken but not understood appears in heard text, whatever the model."""
_CURLY_APOSTROPHE = "\u2019"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Checked phrases, ready for the recogniser."""

    phrases: tuple[str, ...]
    """Normalised, each once, every word known; the model's unknown token comes last."""
    unknown_words: tuple[str, ...] = ()
    """Words that the model does not know, sorted; phrases with one of them were left out."""


def normalise(text: str) -> str:
    """Lower case, single spaces, typographic apostrophes plain: the way models spell words."""
    return " ".join(text.lower().replace(_CURLY_APOSTROPHE, "'").split())


def check_start_phrases(phrases: Iterable[str], known: Callable[[str], bool]) -> None:
    """Raise UsageError for a phrase that could never be heard: a word of it is not ``known``."""
    for phrase in phrases:
        unknown = [word for word in normalise(phrase).split() if not known(word)]
        if unknown or not normalise(phrase):
            why = f"the speech model does not know “{', '.join(unknown)}”" if unknown else "empty"
            raise UsageError(f"start phrase “{phrase}”: {why}; choose other words (--wake)")


def build_grammar(
    phrases: Iterable[str], known: Callable[[str], bool], unknown_token: str
) -> Grammar:
    """A grammar of ``phrases``, without those that hold a word that ``known`` denies.

    ``unknown_token``: how the model writes what is none of them; empty if it cannot say so. Raises
    InternalError when no phrase remains, since a recogniser without words answers every sound with
    an empty text for ever (and Vosk crashes the process on an empty list).
    """
    wanted = dict.fromkeys(map(normalise, phrases))
    wanted.pop("", None)
    wanted.pop(unknown_token, None)
    words = {word for phrase in wanted for word in phrase.split()}
    missing = tuple(sorted(word for word in words if not known(word)))
    kept = tuple(phrase for phrase in wanted if set(missing).isdisjoint(phrase.split()))
    if not kept:
        raise InternalError(
            f"No phrase to listen for: of {len(wanted)} phrases none has only known words "
            f"(unknown: {', '.join(missing[:10]) or 'none given'}). Run voice-triage check."
        )
    return Grammar((*kept, *([unknown_token] if unknown_token else [])), missing)
