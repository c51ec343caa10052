"""The words of English and the tokens of a reply, as typed and as a recogniser would hear it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from voice_triage.content.library import load_words, read_yaml
from voice_triage.understanding.tokens import BOUNDARIES

DIALOGS = Path(__file__).parents[2] / "dialogs"
WORDS: dict[str, Any] = read_yaml(DIALOGS / "en.yaml")
typed = load_words("en").tokeniser()
"""Tokens with boundaries."""


def heard(text: str) -> tuple[str, ...]:
    """The same without punctuation."""
    return tuple(token for token in typed(text) if token not in BOUNDARIES)
