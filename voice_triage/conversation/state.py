"""Where a conversation stands: one frozen value, so that a turn is a step from state to state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum, auto
from types import MappingProxyType

from voice_triage.content.dialog import OPENING
from voice_triage.triage.evidence import Evidence
from voice_triage.triage.levels import NOT_ASSESSED, Assessment
from voice_triage.values import NOTHING_EARLIER, Earlier, FindingId, FindingValue, QuestionId, Reply

DEFAULT_RATE_WPM = 155
SLOWEST_RATE_WPM = 110
FASTEST_RATE_WPM = 300
RATE_STEP_WPM = 25
"""Words a minute; limits from the content contract, a step is clearly heard at any rate."""


class Doubt(Enum):
    """Why something is being asked again outside its own question."""

    HEARD = auto()
    """A danger sign may have been said: not evidence yet, not ignored either."""
    CORRECTION = auto()
    """“That is wrong”: only an explicit, confirmed no takes a finding back."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What the clarify and confirm questions are about."""

    doubt: Doubt
    findings: tuple[FindingId, ...]
    """Signs to be confirmed; empty for a call for help."""
    change: Mapping[FindingId, FindingValue] = field(default_factory=lambda: MappingProxyType({}))
    """What a confirmed correction would write."""
    question: QuestionId | None = None
    came_from: str = ""
    """The node at which it came up."""


@dataclass(frozen=True, slots=True)
class LastChange:
    """The latest evidence, which “that is wrong” is about."""

    question: QuestionId | None
    """None where it was volunteered."""
    findings: tuple[FindingId, ...]


_NO_REPLIES: Mapping[QuestionId, Reply | None] = MappingProxyType({})
_NOT_ASKED: Mapping[QuestionId, int] = MappingProxyType({})
_NOT_HEARD: Mapping[FindingId, int] = MappingProxyType({})


@dataclass(frozen=True)
class State:
    """Everything that a conversation remembers. Without slots, so that a copy is one of a dict."""

    node: str = OPENING
    evidence: Evidence = field(default_factory=Evidence)
    assessment: Assessment = NOT_ASSESSED
    replies: Mapping[QuestionId, Reply | None] = field(default_factory=lambda: _NO_REPLIES)
    """Questions that are done with; the reply for yes/no questions."""
    history: tuple[QuestionId, ...] = ()
    """Questions asked, in order, without the current one."""
    wording: int = 0
    """Which prompt was said last: 0 the question, 1 and 2 its reprompts."""
    plainly: bool = False
    """It was put in its plainest words, since doubt was heard."""
    worded: Mapping[QuestionId, int] = field(default_factory=lambda: _NOT_ASKED)
    """The same for every question that was put; going back begins it anew."""
    prompts: int = 0
    """Prompts that count (see conversation.budget)."""
    asked_back: Mapping[FindingId, int] = field(default_factory=lambda: _NOT_HEARD)
    """How often a danger sign that may have been said was asked back."""
    told_progress: bool = False
    earlier: Earlier = NOTHING_EARLIER
    """What was said that bears on the question at this node."""
    silences: int = 0
    revisiting: bool = False
    """The current question was reached by going back: a no needs confirming."""
    pending: Pending | None = None
    last_change: LastChange | None = None
    rate_wpm: int = DEFAULT_RATE_WPM
    last_said: tuple[str, ...] = ()
    """For “repeat”."""
    alarms: int = 0
    """Rounds of the emergency in this session, starting over and corrections included."""
    remarks: int = 0
    """Other talk in a row since its last round."""

    def changed(self, changes: Mapping[str, object]) -> State:
        """A copy with some fields replaced; dataclasses.replace takes many times as long, and a
        turn makes several."""
        unknown = changes.keys() - _FIELDS
        if unknown:
            raise TypeError(f"State has no field {', '.join(sorted(unknown))}")
        new = object.__new__(State)
        vars(new).update(vars(self), **changes)
        return new


_FIELDS = dict.fromkeys(f.name for f in fields(State)).keys()
