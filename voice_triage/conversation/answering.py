"""What an answer to a question of the dialog does, and what no answer does."""

from __future__ import annotations

from dataclasses import replace

from voice_triage.content.dialog import Question
from voice_triage.conversation.doubt.asking_back import AskBack
from voice_triage.conversation.doubt.corrections import Corrections
from voice_triage.conversation.moves import Stage
from voice_triage.conversation.state import LastChange
from voice_triage.triage.answers import Resolved, Result, resolve, unheard
from voice_triage.triage.evidence import OpenSign
from voice_triage.values import FindingKind, Level, Reply, Understanding


class Answering:
    """Takes answers to the question at the current node, and goes on."""

    def __init__(self, stage: Stage, ask_back: AskBack, corrections: Corrections) -> None:
        self._stage = stage
        self._ask_back = ask_back
        self._corrections = corrections

    def on_answer(self, question: Question, heard: Understanding) -> None:
        """All that the words say counts before anything is asked (back)."""
        stage, state = self._stage, self._stage.state
        resolved = resolve(
            stage.dialog,
            question,
            heard,
            state.evidence,
            again=state.revisiting,
            insisted=state.wording > 0,
        )
        # What raises the level counts at once; what would lower it is read back first.
        weaker = self._corrections.weakened(resolved.findings) if state.revisiting else {}
        if weaker:
            kept = {f: v for f, v in resolved.findings.items() if f not in weaker}
            resolved = replace(resolved, findings=kept)
        was_emergency = stage.emergency
        stage.volunteer(heard, (*question.asks, *question.no_also))
        settled = resolved.result in (Result.SETTLED, Result.ONE_OF)
        if settled:
            self._settle(question, resolved)
        else:
            stage.record(resolved.findings, question.id)
        if stage.emergency and not was_emergency:
            stage.proceed()
        elif self._ask_back.begin(heard.asks):
            pass  # a correction in the same words is not made: the earlier answer stands
        elif stage.emergency and not was_emergency:
            stage.proceed()  # signs that could not be asked back are open
        elif weaker:
            self._corrections.confirm(weaker, question)
        elif settled:
            stage.proceed()
        elif resolved.result is Result.MISSED and not resolved.findings:
            self.on_missed()
        else:
            doubted = Reply.UNSURE in (heard.findings.get(f) for f in question.asks)
            settled_some = any(f in resolved.findings for f in question.asks)
            self._on_hedge(some=settled_some and not doubted)

    def _settle(self, question: Question, resolved: Resolved) -> None:
        stage, evidence = self._stage, self._stage.state.evidence
        if resolved.result is Result.ONE_OF:
            signs = tuple(f for f, v in resolved.findings.items() if v is Reply.UNSURE)
            evidence = replace(evidence, one_of=(*evidence.one_of, OpenSign(question.id, signs)))
        stage.done(question.id, resolved.reply)
        stage.record(resolved.findings, question.id, evidence=evidence)

    def _on_hedge(self, *, some: bool) -> None:
        """“I don't know”, or words that say neither clearly: ask once more in the plainest words.

        Whatever may raise the level is worth it, as long as prompts are to spare. Where it hurts
        and how it feels are not. ``some``: a part of a grouped question was settled, so that only
        the rest of it is asked now.
        """
        question = self._stage.question
        assert question is not None
        if question.kind is FindingKind.CHOICE or (self._stage.state.plainly and not some):
            self._leave_open(question)
        else:
            self._again(question, plainly=not some)

    def on_missed(self) -> None:
        """Nothing usable was heard: ask again in other words, but never for ever."""
        question = self._stage.question
        assert question is not None
        self._again(question)

    def on_silence(self, question: Question) -> None:
        """Two silences on an emergency question: the person may be unable to speak."""
        stage = self._stage
        stage.set(silences=stage.state.silences + 1)
        grave = stage.dialog.question_level(question) is Level.EMERGENCY
        if grave and stage.state.silences >= 2:
            self.assume_the_worst(question)
        else:
            self.on_missed()

    def assume_the_worst(self, question: Question) -> None:
        stage, evidence = self._stage, self._stage.state.evidence
        sign, findings = unheard(stage.dialog, question, evidence)
        stage.done(question.id, None)
        evidence = replace(evidence, silent=(*evidence.silent, sign))
        stage.record(findings, question.id, evidence=evidence)
        stage.set(last_change=LastChange(question.id, sign.findings))
        stage.proceed()

    def _again(self, question: Question, *, plainly: bool = False) -> None:
        """Put it in the next wording, or in its plainest, as long as it may be put."""
        wording = self._stage.state.wording + 1
        if self._stage.may_ask_again(question, wording):
            self._stage.ask_again(question, wording, plainly=plainly)
        else:
            self._leave_open(question)

    def _leave_open(self, question: Question) -> None:
        self._stage.leave_open(question)
        self._stage.proceed()
