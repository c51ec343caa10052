"""The words of English and the tokens of a reply, as typed and as a recogniser would hear it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from voice_triage.core.words import BOUNDARIES, Normaliser
from voice_triage.library import read_yaml
from voice_triage.understanding.numbers import listed

DIALOGS = Path(__file__).parents[2] / "dialogs"
WORDS: dict[str, Any] = read_yaml(DIALOGS / "en.yaml")
_OLD = read_yaml(DIALOGS / "phrases.en.yaml")
_NORMALISER = Normaliser(
    _OLD["spelling"], {word.lstrip("~"): value for word, value in _OLD["numbers"].items()}
)
_ORDINALS = dict(enumerate(listed(WORDS["durations"]["ordinals"]), 1))


def typed(text: str) -> tuple[str, ...]:
    """Tokens with boundaries; “3rd” is “third”."""
    ordinal = re.sub(r"(\d+)(?:st|nd|rd|th)\b", lambda m: _ORDINALS[int(m[1])], text)
    return _NORMALISER(ordinal).tokens


def heard(text: str) -> tuple[str, ...]:
    """The same without punctuation."""
    return tuple(token for token in typed(text) if token not in BOUNDARIES)
