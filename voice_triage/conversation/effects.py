"""What goes into a conversation, what comes out of it, and who understands words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from voice_triage.content.dialog import Question
from voice_triage.ports import Hearing
from voice_triage.values import (
    NOTHING_EARLIER,
    Earlier,
    FindingId,
    FindingValue,
    Level,
    QuestionId,
    RuleId,
    Understanding,
)


@dataclass(frozen=True, slots=True)
class Started:
    """The session begins."""


Event = Started | Hearing
"""What goes in: the beginning, and then what the ear hears, turn by turn."""

# Effects out, to be performed in order.


@dataclass(frozen=True, slots=True)
class Say:
    """Say this aloud and show it."""

    sentences: tuple[str, ...]
    alarm: bool = False
    """It tells to call for help: must be heard even where no speech can be made."""

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class SetRate:
    """Speak at this many words per minute from now on."""

    words_per_minute: int


@dataclass(frozen=True, slots=True)
class Listen:
    """Open the ear for one turn."""

    question: Question | None
    """None: only commands and danger words mean something now."""
    no_input_seconds: float
    open_mode: bool = False
    """The person tells in their own words: longer pauses do not end it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question was put (public event ``ask``)."""

    question: QuestionId
    text: str
    findings: tuple[FindingId, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Evidence was added (public event ``answer``)."""

    question: QuestionId | None
    findings: Mapping[FindingId, FindingValue]
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class LevelChanged:
    """The level rose, or a confirmed correction changed it (public event ``level``)."""

    level: Level
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Concluded:
    """An outcome was reached (public event ``outcome``)."""

    level: Level
    findings: Mapping[FindingId, FindingValue]
    rules: tuple[RuleId, ...]
    ruleset: str
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person stopped before an outcome (public event ``stopped``)."""

    level: Level


@dataclass(frozen=True, slots=True)
class Finish:
    """The session is over."""


Effect = Say | SetRate | Listen | Asked | Answered | LevelChanged | Concluded | Stopped | Finish


class SupportsInterpret(Protocol):
    """Understands words in the light of the question that was asked."""

    def interpret(
        self,
        text: str,
        question: Question | None,
        other_readings: tuple[str, ...] = (),
        *,
        by_ear: bool = False,
        earlier: Earlier = NOTHING_EARLIER,
    ) -> Understanding:
        """``other_readings``: what the same sound may have been instead. ``by_ear``: not typed.
        ``earlier``: what was said before that bears on it."""
        ...
