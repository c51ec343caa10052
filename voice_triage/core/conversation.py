"""The conversation: an event in, effects out. Pure: no audio, no clock, no files.

One turn: understand the words; danger words first, then commands, then evidence (volunteered and
asked), then the level, and only then the next question. The state is one frozen value, so a turn
can be replayed, and every path through the dialog can be enumerated.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from voice_triage.core.answers import Resolved, Result, left_open, resolve, unheard
from voice_triage.core.commands import Commands
from voice_triage.core.corrections import Corrections
from voice_triage.core.dialog import Dialog, Question, Region
from voice_triage.core.effects import (
    Effect,
    Event,
    HeardWords,
    KeyPressed,
    Silence,
    Started,
    Unintelligible,
)
from voice_triage.core.evidence import OpenSign
from voice_triage.core.machine import CLARIFY, CONFIRM, ENDED, STORY
from voice_triage.core.outcome import Wording
from voice_triage.core.plan import next_question
from voice_triage.core.readings import with_doubts
from voice_triage.core.remarks import Remarks
from voice_triage.core.stage import Stage
from voice_triage.core.state import Doubt, LastChange, Pending, State
from voice_triage.core.values import (
    FindingId,
    Level,
    Reply,
    Understanding,
)
from voice_triage.errors import InternalError

LONG_S = 1.5
"""Speech of this length that nobody could make out held more than a yes or no."""
MOST_ALARMS = 6
"""Rounds of an emergency prompt that nobody acknowledges (about two minutes); then it stays on
screen."""
FEWEST_ALARMS = 2
"""Rounds even when the input has ended and nobody can acknowledge it."""


class Interpreter(Protocol):
    """Understands words in the light of the question that was asked."""

    def interpret(self, text: str, question: Question | None) -> Understanding: ...


class Conversation:
    """One session with one person. Drive it with ``handle``; perform what comes back in order."""

    def __init__(
        self,
        dialog: Dialog,
        interpreter: Interpreter,
        region: Region,
        *,
        state: State | None = None,
        story: bool = False,
    ) -> None:
        """``story``: begin with “tell me what is wrong”, in the person's own words."""
        self._stage = Stage(dialog, region, state or State(), story=story)
        self._corrections = Corrections(self._stage)
        self._commands = Commands(self._stage, self._corrections)
        self._remarks = Remarks(self._stage)
        self._interpreter = interpreter

    @property
    def wording(self) -> Wording:
        """What is said around the conversation, by standby and by error handling."""
        return self._stage.wording

    @property
    def state(self) -> State:
        return self._stage.state

    @state.setter
    def state(self, state: State) -> None:
        self._stage.state = state

    def handle(self, event: Event) -> tuple[Effect, ...]:
        """What to do now, in order; the last effect is Listen, or Finish when it is over."""
        if self.state.node == ENDED:
            raise InternalError("the conversation is over")
        self._stage.out = []
        match event:
            case Started():
                self._stage.open()
            case KeyPressed():
                self._commands.acknowledge()
            case Silence(ended=ended):
                self._on_silence(ended)
            case HeardWords():
                self._on_words(event)
            case Unintelligible(seconds):
                self._on_missed(unclear=seconds >= LONG_S)
        return tuple(self._stage.out)

    def _on_words(self, words: HeardWords) -> None:
        stage, question = self._stage, self._stage.question
        read = self._interpreter.interpret
        others = [read(other, question) for other in words.other_readings]
        heard = with_doubts(read(words.text, question), others, stage.dialog.lone_level)
        if heard.danger or heard.danger_call:
            self._on_danger(heard)
        elif heard.command is not None and self._commands.carry_out(heard.command):
            pass
        elif stage.state.node in (CLARIFY, CONFIRM):
            self._on_confirmation(heard)
        elif stage.state.node == STORY:
            self._go_on(self._remarks.volunteer(heard))
        elif question is not None:
            self._on_answer(question, heard)
        else:
            self._on_remark(heard)

    # Danger and other things said without being asked

    def _on_danger(self, heard: Understanding) -> None:
        """Danger words work in every state and interrupt everything."""
        stage, asked = self._stage, self._stage.question
        source = None  # the dialog's question that was answered with it, if it was
        if asked is not None and asked.id in stage.dialog.question_by_id:
            answers = bool(heard.danger) and set(heard.danger) <= set(asked.asks)
            source = asked.id if answers else None
        new = self._remarks.news(heard, leave_out=heard.danger)
        new |= dict.fromkeys(heard.danger, Reply.YES)
        evidence = stage.state.evidence
        if heard.danger_call:
            evidence = replace(evidence, called_for_help=True)
        if source is not None:
            stage.done(source, Reply.YES)
        stage.record(new, source, volunteered=True, evidence=evidence)
        stage.set(last_change=LastChange(source, heard.danger))
        if stage.state.node == Level.EMERGENCY.id:
            stage.repeat_outcome()
        else:
            stage.proceed()

    def _go_on(self, doubtful: tuple[FindingId, ...]) -> None:
        """Proceed, but first ask about a danger sign that was mentioned in doubt."""
        if doubtful and not self._stage.emergency:
            self._corrections.clarify(Pending(Doubt.HEDGED, doubtful))
        else:
            self._stage.proceed()

    def _on_remark(self, heard: Understanding) -> None:
        """Something said after an outcome that is neither danger nor a command."""
        stage = self._stage
        before = stage.state.assessment.level
        doubtful = self._remarks.volunteer(heard)
        waiting = next_question(stage.dialog, stage.state.evidence, stage.state.replies)
        if stage.state.node == Level.EMERGENCY.id:
            stage.repeat_outcome()
        elif doubtful or waiting is not None or stage.state.assessment.level > before:
            self._go_on(doubtful)
        else:
            stage.end(stage.wording.text("goodbye"))

    # Answers

    def _on_answer(self, question: Question, heard: Understanding) -> None:
        stage, state = self._stage, self._stage.state
        resolved = resolve(stage.dialog, question, heard, state.evidence, again=state.revisiting)
        # What raises the level counts at once; what would lower it is read back first.
        weaker = self._corrections.weakened(resolved.findings) if state.revisiting else {}
        if weaker:
            kept = {f: v for f, v in resolved.findings.items() if f not in weaker}
            resolved = replace(resolved, findings=kept)
        was_emergency = stage.emergency
        doubtful = self._remarks.volunteer(heard, (*question.asks, *question.no_also))
        settled = resolved.result in (Result.SETTLED, Result.ONE_OF)
        if settled:
            self._settle(question, resolved)
        else:
            stage.record(resolved.findings, question.id)
        risen = stage.emergency and not was_emergency
        if weaker and not risen:
            self._corrections.confirm(weaker, question)
        elif settled or risen or (doubtful and not stage.emergency):
            self._go_on(doubtful)
        elif resolved.result is Result.MISSED or heard.unclear:
            self._on_missed(unclear=heard.unclear)
        else:
            self._on_hedge(question)

    def _on_confirmation(self, heard: Understanding) -> None:
        """An answer to the clarify or confirm question, and what else was said with it."""
        stage, was_emergency = self._stage, self._stage.emergency
        pending = stage.state.pending
        doubtful = self._remarks.volunteer(heard, pending.findings if pending is not None else ())
        if doubtful:
            self._corrections.leave_open(doubtful)
        if stage.emergency and not was_emergency:
            stage.proceed()
        else:
            self._corrections.on_answer(heard)

    def _settle(self, question: Question, resolved: Resolved) -> None:
        stage, evidence = self._stage, self._stage.state.evidence
        if resolved.result is Result.ONE_OF:
            signs = tuple(f for f, v in resolved.findings.items() if v is Reply.UNSURE)
            evidence = replace(evidence, one_of=(*evidence.one_of, OpenSign(question.id, signs)))
        stage.done(question.id, resolved.reply)
        stage.record(resolved.findings, question.id, evidence=evidence)

    def _on_hedge(self, question: Question) -> None:
        """“I don't know”: ask a red flag once more in its plainest words, then leave it open."""
        plainest = len(question.again)
        if self._red_flag(question) and self._stage.state.wording < plainest:
            self._stage.ask_again(question, plainest)
        else:
            self._leave_open(question)

    def _on_missed(self, *, unclear: bool = False) -> None:
        """Nothing usable was heard: ask again in other words, but never for ever."""
        stage, question = self._stage, self._stage.question
        wording = stage.state.wording
        if stage.state.node == Level.EMERGENCY.id:
            self._alarm(MOST_ALARMS)
        elif stage.state.node in (CLARIFY, CONFIRM):
            self._corrections.on_unclear()
        elif stage.state.node == STORY:
            stage.proceed()
        elif question is None:
            self._on_noise_at_the_end()
        elif unclear and stage.may_say_again:
            # It stands for one of the two reprompts of a red flag; others have only one.
            stage.say_again(question, 1 if self._red_flag(question) else 0)
        elif wording < (2 if self._red_flag(question) else 1):
            stage.ask_again(question, wording + 1)
        else:
            self._leave_open(question)

    def _red_flag(self, question: Question) -> bool:
        level = self._stage.dialog.question_level(question)
        return level is not None and level >= Level.URGENT

    def _leave_open(self, question: Question) -> None:
        stage, evidence = self._stage, self._stage.state.evidence
        sign, findings = left_open(question, evidence, again=stage.state.revisiting)
        evidence = replace(evidence, open_signs=(*evidence.open_signs, sign))
        stage.done(question.id, Reply.UNSURE)
        stage.record(findings, question.id, evidence=evidence)
        stage.name_open(sign.findings)
        stage.proceed()

    # Silence and noise

    def _alarm(self, most: int) -> None:
        """The emergency prompt once more, until ``most`` rounds went by without an answer."""
        if self._stage.state.alarms >= most:
            self._stage.end(self._stage.wording.text("emergency_end"))
        else:
            self._stage.repeat_outcome()

    def _on_noise_at_the_end(self) -> None:
        """Noise after an outcome: once, say what can be said; then it is no answer to wait for."""
        stage = self._stage
        if stage.state.wording > 0:
            stage.end(stage.wording.text("goodbye"))
            return
        stage.set(wording=1)
        stage.say(stage.wording.text("repeat_hint"))
        stage.listen()

    def _on_silence(self, ended: bool) -> None:
        stage, question = self._stage, self._stage.question
        node = stage.state.node
        if node == Level.EMERGENCY.id:
            self._alarm(FEWEST_ALARMS if ended else MOST_ALARMS)
        elif node == STORY:
            stage.proceed()
        elif question is None:
            stage.end(stage.wording.text("goodbye"))
        else:
            stage.set(silences=stage.state.silences + 1)
            grave = stage.dialog.question_level(question) is Level.EMERGENCY
            if grave and stage.state.silences >= 2 and node != CONFIRM:
                self._assume_the_worst(question)
            else:
                self._on_missed()

    def _assume_the_worst(self, question: Question) -> None:
        """Two silences on an emergency question: the person may be unable to speak."""
        stage, evidence = self._stage, self._stage.state.evidence
        sign, findings = unheard(stage.dialog, question, evidence)
        stage.done(question.id, None)
        evidence = replace(evidence, silent=(*evidence.silent, sign))
        stage.record(findings, question.id, evidence=evidence)
        stage.set(last_change=LastChange(question.id, sign.findings))
        stage.proceed()
