"""The places of a conversation beside its questions: names that no question may take."""

from __future__ import annotations

from typing import Final

from voice_triage.values import Level

OPENING: Final = "opening"
STORY: Final = "story"
CLARIFY: Final = "clarify"
CONFIRM: Final = "confirm"
ENDED: Final = "ended"
RESERVED: Final = frozenset({OPENING, STORY, CLARIFY, CONFIRM, ENDED, *(lv.id for lv in Level)})
