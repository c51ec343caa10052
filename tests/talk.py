"""A person who talks to the shipped dialog in the shorthand of `ScriptedInterpreter`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from voice_triage.content.dialog import Question
from voice_triage.content.library import load_dialog
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.effects import (
    Asked,
    Concluded,
    Effect,
    Event,
    Finish,
    LevelChanged,
    Listen,
    Say,
    Started,
)
from voice_triage.conversation.state import State
from voice_triage.fakes import ScriptedInterpreter
from voice_triage.ports import Heard, KeyPress, NoInput, NoMatch
from voice_triage.triage.evidence import Evidence, record
from voice_triage.triage.levels import Assessment, assess
from voice_triage.values import (
    FindingId,
    FindingKind,
    FindingValue,
    Level,
    Reply,
)

DIALOG = load_dialog()
YES, NO, UNSURE = Reply.YES, Reply.NO, Reply.UNSURE
WELL: Mapping[str, str] = {
    "duration_days": "2",
    "severity": "3",
    "location": "=upper_back",
    "quality": "=dull",
    "cause": "=posture",
}
"""What a person with nothing serious answers; “no” to every other question."""

Findings = Mapping[str, FindingValue]


def known(findings: Findings, *, volunteered: bool = False) -> Evidence:
    """Evidence of ``findings`` in the shipped dialog."""
    values = {FindingId(f): v for f, v in findings.items()}
    return record(DIALOG, Evidence(), values, volunteered=volunteered)


def assessed(findings: Findings) -> Assessment:
    return assess(DIALOG, known(findings))


def reply_to(question: Question, findings: Findings) -> str:
    """What a person with ``findings`` answers to ``question``."""
    (first, *_) = question.asks
    if question.kind is not FindingKind.YES_NO:
        value = findings.get(first)
        if value is None:
            return WELL[first]
        if isinstance(value, tuple):
            return " ".join("=" + choice.replace(" ", "_") for choice in value)
        return "unsure" if value is UNSURE else f"{value:g}"
    about = (*question.asks, *question.no_also)
    present = [f for f in about if findings.get(f) is YES]
    if present:
        stated = " ".join(f"+{f}" for f in present)
        return f"yes {stated}" if first in present else stated
    return "unsure" if any(findings.get(f) is UNSURE for f in question.asks) else "no"


@cache
def _conversation(region: str, story: bool) -> Conversation:
    """Shared, as a conversation remembers nothing but its state."""
    return Conversation(DIALOG, ScriptedInterpreter(), DIALOG.regions[region], story=story)


class Talk:
    """One conversation; ``effects`` and ``said`` are those of the latest turn."""

    def __init__(self, *, region: str = "other", story: bool = False) -> None:
        self._conversation = _conversation(region, story)
        self.state = State()
        self.effects: tuple[Effect, ...] = ()
        self.asked: list[str] = []
        """Questions put, without repetitions in a row."""
        self.everything: list[Effect] = []
        self.do(Started())

    def do(self, event: Event) -> Talk:
        self._conversation.state = self.state
        self.effects = self._conversation.handle(event)
        self.state = self._conversation.state
        self.everything += self.effects
        for effect in self.effects:
            if isinstance(effect, Asked) and [effect.question] != self.asked[-1:]:
                self.asked.append(effect.question)
        return self

    def say(self, *texts: str) -> Talk:
        for text in texts:
            self.do(Heard(text))
        return self

    def silence(self, times: int = 1, *, ended: bool = False) -> Talk:
        for _ in range(times):
            self.do(NoInput(ended=ended))
        return self

    def noise(self, times: int = 1) -> Talk:
        for _ in range(times):
            self.do(NoMatch())
        return self

    def key(self) -> Talk:
        return self.do(KeyPress())

    def until(self, question: str, findings: Findings | None = None) -> Talk:
        """Answer every question as a person with ``findings`` would, up to ``question``."""
        for _ in range(100):
            if self.node == question:
                return self
            here = self.question
            assert here is not None, f"{self.node} came before {question}"
            self.say(reply_to(here, findings or {}))
        raise AssertionError(f"{question} never came")

    def to_the_end(self, findings: Findings | None = None) -> Talk:
        """Answer every question as a person with ``findings`` would, up to the outcome."""
        for _ in range(100):
            here = self.question
            if here is None:
                return self
            self.say(reply_to(here, findings or {}))
        raise AssertionError("no outcome came")

    @property
    def question(self) -> Question | None:
        """The dialog's question that is open, about what is still to be known of it."""
        self._conversation.state = self.state
        here = self._conversation.question
        return here if here is not None and here.id in DIALOG.question_by_id else None

    @property
    def node(self) -> str:
        return self.state.node

    @property
    def level(self) -> Level:
        return self.state.assessment.level

    @property
    def evidence(self) -> Evidence:
        return self.state.evidence

    def value(self, finding: str) -> FindingValue | None:
        return self.evidence.get(FindingId(finding))

    @property
    def rules(self) -> list[str]:
        return [fired.rule for fired in self.state.assessment.fired]

    @property
    def said(self) -> str:
        """All that was said in the latest turn, as one text."""
        return " ".join(effect.text for effect in self.effects if isinstance(effect, Say))

    @property
    def sentences(self) -> list[str]:
        return [effect.text for effect in self.effects if isinstance(effect, Say)]

    @property
    def listens(self) -> Listen:
        last = self.effects[-1]
        assert isinstance(last, Listen)
        return last

    @property
    def finished(self) -> bool:
        return isinstance(self.effects[-1], Finish)

    @property
    def outcome(self) -> Concluded:
        """The latest outcome."""
        return [e for e in self.everything if isinstance(e, Concluded)][-1]

    @property
    def levels(self) -> list[Level]:
        """Every level announced, in order."""
        return [e.level for e in self.everything if isinstance(e, LevelChanged)]


def interview(findings: Findings | None = None, *, region: str = "other") -> Talk:
    """A whole interview with a person who has ``findings`` and answers plainly."""
    return Talk(region=region).to_the_end(findings)
