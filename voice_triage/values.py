"""The words of the domain: levels, findings, answers, commands. Values only, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import NewType

FindingId = NewType("FindingId", str)
"""Public id of a clinical finding, such as ``breath_pain``."""
QuestionId = NewType("QuestionId", str)
RuleId = NewType("RuleId", str)


class Level(IntEnum):
    """How soon to be seen; ordered, so ``max`` gives the more urgent one."""

    SELF_CARE = 0
    DOCTOR = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def id(self) -> str:
        """Public id: ``self_care``, ``doctor``, ``urgent`` or ``emergency``."""
        return self.name.lower()

    @classmethod
    def from_id(cls, text: str) -> Level:
        """Raise KeyError when ``text`` is no level id."""
        return {level.id: level for level in cls}[text]


class Reply(StrEnum):
    """Value of a yes/no finding. UNSURE is an open answer: asked, and not ruled out."""

    NO = "no"
    UNSURE = "unsure"
    YES = "yes"


FindingValue = Reply | float | tuple[str, ...]
"""Reply for yes/no findings, a number (0-10, or days), or choices (never empty)."""


class FindingKind(StrEnum):
    """What sort of value a finding takes, and so how its question is listened to."""

    YES_NO = "yes_no"
    SEVERITY = "severity"
    """0 to 10; the higher of two named numbers counts."""
    DAYS = "days"
    """Number of days, halves allowed."""
    CHOICE = "choice"


class Answer(StrEnum):
    """What an utterance answers to the question that was asked (public in events)."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    NONE = "none"
    """Not an answer to this question (it may still carry findings or a command)."""
    NUMBER = "number"
    DAYS = "days"
    CHOICE = "choice"


class Command(StrEnum):
    """Words that steer the session in every question."""

    REPEAT = "repeat"
    HELP = "help"
    GO_BACK = "go_back"
    WRONG = "wrong"
    """“That is wrong”, “no, I meant …”: ask the last finding again."""
    START_OVER = "start_over"
    STOP = "stop"
    SLOWER = "slower"
    FASTER = "faster"
    MOMENT = "moment"
    """“Give me a moment”: wait longer for the next answer."""
    SKIP = "skip"
    """“Skip”: only the optional opening story can be skipped; elsewhere it is no answer."""
    ACKNOWLEDGE = "acknowledge"
    """“Okay”, “I understand”: only means something after an outcome."""


_NOTHING: Mapping[FindingId, FindingValue] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was said before that bears on the question now asked."""

    replies: tuple[str, ...] = ()
    """To this question, when it was put in other words: two that lean to a no are one that is
    sure."""
    led: tuple[str, ...] = ()
    """To the question that this one follows up: what it has stated makes a no less sure."""


NOTHING_EARLIER = Earlier()


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that one utterance says, in the light of the question it answers."""

    text: str
    """The utterance, normalised: lower case, single spaces, numbers as words."""
    answer: Answer = Answer.NONE
    value: float | tuple[str, ...] | None = None
    """With NUMBER: 0-10. With DAYS: days. With CHOICE: option ids. Otherwise None."""
    findings: Mapping[FindingId, FindingValue] = field(default_factory=lambda: _NOTHING)
    """What was stated outright in words (“my legs feel weak” → leg_weakness yes, “no fever” →
    fever no, “maybe I have a fever” → fever unsure), for whichever finding, also other than the
    one asked. A bare “yes” states nothing here: it is in ``answer``."""
    danger: tuple[FindingId, ...] = ()
    """Any-time danger signs asserted about now: these alone call for the emergency prompt."""
    danger_call: bool = False
    """A call for emergency help without a sign: “call an ambulance”, “emergency”."""
    command: Command | None = None
    asks: tuple[FindingId, ...] = ()
    """Danger signs that may have been said, in the person's own words or in only one of two
    readings of the sound: to be asked back by name."""
