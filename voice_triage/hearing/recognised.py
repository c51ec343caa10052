"""What a recogniser says it heard, and how that becomes text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from voice_triage.hearing.grammar import UNKNOWN


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One recognised word; times in seconds since its recogniser was made."""

    text: str
    start_s: float
    end_s: float


def wording(words: Sequence[HeardWord], not_words: Collection[str]) -> str:
    """The text; what was not understood is ``[unk]``, once per stretch.

    ``not_words``: the model's unknown token, however it is spelled.
    """
    parts: list[str] = []
    for word in words:
        part = UNKNOWN if word.text in not_words else word.text
        if part != UNKNOWN or parts[-1:] != [UNKNOWN]:
            parts.append(part)
    return " ".join(parts)
