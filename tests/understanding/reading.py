"""The words of English and the tokens of a reply, as typed and as a recogniser would hear it."""

from __future__ import annotations

from voice_triage.content.library import load_words
from voice_triage.understanding.tokens import BOUNDARIES, Tokeniser

WORDS = load_words("en")
typed = Tokeniser(WORDS)
"""Tokens with boundaries."""


def heard(text: str) -> tuple[str, ...]:
    """The same without punctuation."""
    return tuple(token for token in typed(text) if token not in BOUNDARIES)
