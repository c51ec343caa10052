"""Asking again about what was already said: going back, “that is wrong”, signs in doubt.

The only way in which evidence can weaken: the person says that something was misheard, is asked
that one thing again, denies it, and confirms the denial. All other evidence stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voice_triage.content.dialog import CLARIFY, CONFIRM, Question
from voice_triage.conversation.doubt.asking_back import AskBack
from voice_triage.conversation.effects import Answered
from voice_triage.conversation.moves import Stage
from voice_triage.conversation.state import Doubt, Pending
from voice_triage.conversation.wording import MOST_SIGNS_NAMED
from voice_triage.triage.evidence import corrected, merged
from voice_triage.triage.levels import assess
from voice_triage.values import (
    Answer,
    FindingId,
    FindingKind,
    FindingValue,
    Level,
    QuestionId,
    Reply,
    Understanding,
)


class Corrections:
    """Moves through the clarify and confirm questions, and back to earlier questions."""

    def __init__(self, stage: Stage, ask_back: AskBack) -> None:
        self._stage = stage
        self._ask_back = ask_back

    # Going back

    def go_back(self) -> None:
        """Ask the previous question again (after an outcome: the last one)."""
        stage, pending = self._stage, self._stage.state.pending
        asked = stage.state.history
        here = stage.question
        if here is not None and here.id in asked:
            asked = asked[: asked.index(here.id)]
        if stage.state.node == Level.EMERGENCY.id:
            self.take_back()
        elif pending is not None and pending.doubt is Doubt.HEARD:
            self._ask_back.on_nothing()  # a danger sign in doubt cannot be walked away from
        elif asked:
            stage.say(stage.wording.text("went_back"))
            self._revisit(asked[-1])
        else:
            stage.say(stage.wording.text("nothing_to_go_back"))
            if here is not None:
                stage.put(counted=False)
            else:
                stage.prompt(stage.state.last_said)

    def take_back(self) -> None:
        """“That is wrong”: ask again about the latest evidence, or what made it an emergency."""
        stage, change = self._stage, self._stage.state.last_change
        if stage.state.node in (CLARIFY, CONFIRM):
            self.on_answer(Understanding("", Answer.NO))
        elif change is None:
            strongest = stage.state.assessment.strongest
            if stage.emergency and strongest is not None:
                self._ask_about(strongest.findings)
            else:
                self.go_back()
        elif change.question is not None and change.question in stage.dialog.question_by_id:
            stage.say(stage.wording.text("went_back"))
            self._revisit(change.question)
        else:
            self._ask_about(change.findings)

    def _ask_about(self, findings: tuple[FindingId, ...]) -> None:
        """Ask about what was volunteered: signs by name, all else by the question for it."""
        stage = self._stage
        evidence, known = stage.state.evidence, stage.dialog.findings
        present = tuple(
            f
            for f in findings
            if evidence.is_open_or_yes(f) and known[f].kind is FindingKind.YES_NO
        )
        asking = [q.id for q in stage.dialog.questions if set(findings) & set(q.asks)]
        if present or not asking:
            self.clarify(present or findings)
        else:
            stage.say(stage.wording.text("went_back"))
            self._revisit(asking[0])

    def _revisit(self, question: QuestionId) -> None:
        stage = self._stage
        stage.step_away()
        stage.set(revisiting=True, pending=None)
        stage.ask(stage.dialog.question_by_id[question])

    def weakened(self, new: Mapping[FindingId, FindingValue]) -> dict[FindingId, FindingValue]:
        """Those of ``new`` that say less than the evidence does; doubt never does."""
        weaker: dict[FindingId, FindingValue] = {}
        values = self._stage.state.evidence.values
        for finding, value in new.items():
            old = values.get(finding)
            if old is None or value is Reply.UNSURE:
                continue
            # A number in place of an open answer, which counted as the worst, may be less.
            opened = old is Reply.UNSURE and not isinstance(value, Reply)
            if opened or merged(old, value) != value:
                weaker[finding] = value
        return weaker

    # The clarify and confirm questions

    def clarify(self, findings: tuple[FindingId, ...]) -> None:
        """Ask “did I hear that properly?” about signs: no more than are named aloud."""
        pending = Pending(Doubt.CORRECTION, findings[:MOST_SIGNS_NAMED])
        self._stage.step_away()
        self._stage.enter(CLARIFY, pending, counted=False)

    def confirm(
        self, weaker: Mapping[FindingId, FindingValue], question: Question | None = None
    ) -> None:
        """Read the correction back, and wait for a clear yes."""
        asked = None if question is None else question.id
        stage = self._stage
        pending = Pending(Doubt.CORRECTION, tuple(weaker), weaker, asked)
        stage.enter(CONFIRM, pending, counted=stage.budget.may_ask_back(stage.state))

    def on_answer(self, heard: Understanding) -> None:
        """An answer to the clarify or confirm question."""
        stage, pending = self._stage, self._stage.state.pending
        assert pending is not None
        if pending.doubt is Doubt.HEARD:
            self._ask_back.on_answer(heard)
            return
        answer = _about_signs(heard, pending, stage.state.node)
        if answer not in (Answer.YES, Answer.NO):
            self.on_unclear()
        elif stage.state.node == CONFIRM:
            if answer is Answer.YES:
                self._apply(pending)
            else:
                stage.say(stage.wording.text("kept"))
                stage.proceed()
        elif answer is Answer.YES:
            stage.record(dict.fromkeys(pending.findings, Reply.YES), None, volunteered=True)
            stage.proceed()
        else:
            self.confirm(dict.fromkeys(pending.findings, Reply.NO))

    def on_unclear(self, *, silent: bool = False) -> None:
        """No clear yes or no: ask once more, then stay on the safe side."""
        stage, pending, question = self._stage, self._stage.state.pending, self._stage.question
        assert pending is not None
        assert question is not None
        if pending.doubt is Doubt.HEARD:
            self._ask_back.on_nothing(silent=silent)
        elif stage.state.wording == 0 and stage.budget.may_ask_back(stage.state):
            stage.ask_again(question, 1)
        else:
            stage.say(stage.wording.text("kept"))
            stage.proceed()

    def _apply(self, pending: Pending) -> None:
        stage = self._stage
        evidence = corrected(stage.dialog, stage.state.evidence, pending.change)
        if not pending.findings:
            evidence = replace(evidence, called_for_help=False)
        stage.set(evidence=evidence, last_change=None)
        stage.out.append(Answered(pending.question, pending.change, corrected=True))
        stage.say(stage.wording.text("corrected"))
        stage.raise_level(assess(stage.dialog, evidence))
        question = stage.dialog.question_by_id.get(pending.question or QuestionId(""))
        if question is not None:
            if any(evidence.get(f) is None for f in question.asks):
                stage.forget(question.id)
            else:
                stage.done(question.id, Reply.NO)
        stage.proceed()


def _about_signs(heard: Understanding, pending: Pending, node: str) -> Answer:
    """The answer, or what was said outright about the signs: “I do have a fever” is a yes."""
    stated = [heard.findings.get(f) for f in pending.findings]
    if Reply.YES in stated:
        return Answer.YES if node == CLARIFY else Answer.NO
    if node == CLARIFY and stated and all(value is Reply.NO for value in stated):
        return Answer.NO
    return heard.answer
