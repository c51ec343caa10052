"""Where the conversation stands and how it moves on: saying, asking, recording, concluding."""

from __future__ import annotations

from collections.abc import Mapping

from voice_triage.core import machine
from voice_triage.core.assess import Assessment, assess
from voice_triage.core.dialog import Dialog, Question, Region
from voice_triage.core.effects import (
    Answered,
    Asked,
    Concluded,
    Effect,
    Finish,
    LevelChanged,
    Listen,
    Say,
)
from voice_triage.core.evidence import Evidence, record
from voice_triage.core.machine import CLARIFY, CONFIRM, ENDED, STORY, DialogMachine
from voice_triage.core.outcome import Wording
from voice_triage.core.plan import next_question
from voice_triage.core.state import LastChange, Pending, State
from voice_triage.core.values import (
    FindingId,
    FindingKind,
    FindingValue,
    Level,
    QuestionId,
    Reply,
)

NO_INPUT_SECONDS = 7.0
"""Silence after a prompt before it is put again: pain slows people down, so longer than the 5 s
that voice menus commonly use."""
ALARM_SECONDS = 6.0
"""Silence after the emergency prompt before it is said again."""

LOCATION = FindingId("location")
LOW_BACK = ("low back",)
"""Only there: the person is told that this tool is for the upper back."""


class Stage:
    """The state of one session, the effects of the current turn, and the moves between nodes."""

    def __init__(self, dialog: Dialog, region: Region, state: State, *, story: bool) -> None:
        self.dialog = dialog
        self.wording = Wording(dialog, region)
        self.state = state
        self.out: list[Effect] = []
        self._machine = DialogMachine(dialog)
        self._story = story

    # Small steps

    def set(self, **changes: object) -> None:
        self.state = self.state.changed(changes)

    def go(self, node: str) -> None:
        self.set(node=self._machine.move(self.state.node, node))

    def say(self, *texts: str) -> None:
        self.out.extend(Say(text) for text in texts)

    def listen(self, seconds: float = NO_INPUT_SECONDS, *, say_again: bool = False) -> None:
        story = self.state.node == STORY
        self.out.append(Listen(self.question, seconds, open_mode=story, say_again=say_again))

    def prompt(
        self,
        texts: tuple[str, ...],
        seconds: float = NO_INPUT_SECONDS,
        *,
        say_again: bool = False,
    ) -> None:
        self.set(last_said=texts)
        self.say(*texts)
        self.listen(seconds, say_again=say_again)

    @property
    def emergency(self) -> bool:
        return self.state.assessment.level is Level.EMERGENCY

    # Evidence

    def record(
        self,
        new: Mapping[FindingId, FindingValue],
        question: QuestionId | None,
        *,
        volunteered: bool = False,
        evidence: Evidence | None = None,
    ) -> None:
        """Take ``new`` into the evidence (with the other changes already in ``evidence``)."""
        before = evidence or self.state.evidence
        after = record(self.dialog, before, new, volunteered=volunteered)
        change = self.state.last_change
        if new:
            self.out.append(Answered(question, new))
            # What made it an emergency stays the thing that “that is wrong” is about.
            if not self.emergency:
                change = LastChange(question, tuple(new))
        self.set(evidence=after, last_change=change)
        self.raise_level(assess(self.dialog, after, self.state.assessment, tuple(new)))
        if after.get(LOCATION) == LOW_BACK != before.get(LOCATION) and not self.emergency:
            self.say(self.wording.text("low_back"))

    def name_open(self, findings: tuple[FindingId, ...]) -> None:
        """Name danger signs that could not be ruled out, and say to call if they are there."""
        grave = [f for f in findings if self.dialog.lone_level.get(f) is Level.EMERGENCY]
        if grave and not self.emergency:
            self.say(self.wording.text("open_sign", signs=self.wording.signs(grave)))
            self.say(self.wording.text("open_sign_call"))

    def raise_level(self, assessment: Assessment) -> None:
        """Adopt ``assessment`` and announce a new level."""
        before, strongest = self.state.assessment.level, assessment.strongest
        if assessment is not self.state.assessment:
            self.set(assessment=assessment)
        if assessment.level is not before:
            rule = strongest.rule if strongest else ""
            reason = strongest.reason if strongest else ""
            self.out.append(LevelChanged(assessment.level, rule, reason))

    def done(self, question: QuestionId, reply: Reply | None) -> None:
        """Do not ask ``question`` again by itself."""
        self.set(replies={**self.state.replies, question: reply})

    def forget(self, question: QuestionId) -> None:
        """Ask ``question`` again when its turn comes: not all of it was answered."""
        self.set(replies={q: r for q, r in self.state.replies.items() if q != question})

    # Moving on

    def open(self) -> None:
        """Begin, or begin again: all evidence is cleared."""
        self.state = State(rate_wpm=self.state.rate_wpm, node=self.state.node)
        self.say(*(self.wording.text(f"opening_{part}") for part in ("emergency", "tool", "how")))
        if self._story:
            self.go(STORY)
            self.prompt((self.wording.text("story"),))
        else:
            self.proceed()

    def proceed(self) -> None:
        """Go where the evidence leads: the emergency, the next question, or the outcome."""
        if self.state.revisiting or self.state.pending is not None:
            self.set(revisiting=False, pending=None)
        if self.emergency:
            self.conclude(Level.EMERGENCY)
            return
        question = next_question(self.dialog, self.state.evidence, self.state.replies)
        if question is None:
            self.conclude(self.state.assessment.level)
        else:
            self.ask(question)

    def ask(self, question: Question) -> None:
        """Put a question for the first time, or anew after going back."""
        history = self.state.history
        if not self.state.revisiting:
            history = (*(q for q in history if q != question.id), question.id)
        node = self._machine.move(self.state.node, machine.question_node(question.id))
        self.set(node=node, history=history, wording=0, said_again=False, silences=0)
        self.put(question)

    def put(self, question: Question) -> None:
        """Say the current wording of ``question`` and listen."""
        text = (question.ask, *question.again)[self.state.wording]
        pending = self.state.pending
        about = pending.findings if pending is not None else question.asks
        self.out.append(Asked(question.id, text, about))
        self.prompt((text,))

    def ask_again(self, question: Question, wording: int) -> None:
        self.set(wording=wording)
        self.put(question)

    @property
    def may_say_again(self) -> bool:
        """Not asked for already: only the first answer to a question is."""
        return self.state.wording == 0 and not self.state.said_again

    def say_again(self, question: Question, wording: int) -> None:
        """Ask for the same words once more; ``wording``: which prompt of ``question`` it was."""
        self.set(wording=wording, said_again=True)
        text = self.wording.text("say_again")
        self.out.append(Asked(question.id, text, question.asks))
        self.prompt((text,), say_again=True)

    def conclude(self, level: Level) -> None:
        """Reach an outcome: announce it, say all of it, and listen for what comes after."""
        if level is not Level.EMERGENCY and self.state.node == level.id:
            self.repeat_outcome()
            return
        self.go(level.id)
        texts = self.wording.outcome(level, self.state.assessment, self.state.evidence)
        fired = self.state.assessment.fired
        self.out.append(
            Concluded(
                level,
                self.state.evidence.values,
                tuple(f.rule for f in fired),
                self.dialog.ruleset,
                texts,
            )
        )
        self.set(alarms=1, wording=0)
        self.prompt(texts, ALARM_SECONDS if level is Level.EMERGENCY else NO_INPUT_SECONDS)

    def repeat_outcome(self) -> None:
        """Say the outcome once more; in an emergency this is the next alarm."""
        level = Level.from_id(self.state.node)
        self.set(alarms=self.state.alarms + 1)
        texts = self.wording.outcome(level, self.state.assessment, self.state.evidence)
        self.prompt(texts, ALARM_SECONDS if level is Level.EMERGENCY else NO_INPUT_SECONDS)

    def end(self, *texts: str) -> None:
        self.say(*texts)
        self.go(ENDED)
        self.out.append(Finish())

    # What is being asked

    @property
    def question(self) -> Question | None:
        """The question at the current node, a clarifying one included; None elsewhere."""
        node, pending = self.state.node, self.state.pending
        if node in (CLARIFY, CONFIRM) and pending is not None:
            return self._clarifying(node, pending)
        return self.dialog.question_by_id.get(QuestionId(node))

    def _clarifying(self, node: str, pending: Pending) -> Question:
        key, holes = "clarify", {"signs": self.wording.signs(pending.findings)}
        if node == CONFIRM:
            key = "confirm_no"
            for finding, value in pending.change.items():
                if not isinstance(value, Reply):
                    key, holes = "confirm_value", {"value": self.wording.value(value, finding)}
        again = self.wording.text(f"{key}_again", **holes)
        return Question(
            QuestionId(node),
            # Only “clarify” asks about the signs; “confirm” asks whether I have understood.
            asks=pending.findings if node == CLARIFY else (),
            kind=FindingKind.YES_NO,
            ask=self.wording.text(key, **holes),
            again=(again, again),
            help=self.wording.text("help_how"),
        )
