"""The conversation: an event in, effects out. Pure: no audio, no clock, no files.

One turn: understand the words; danger words first, then commands, then evidence (volunteered and
asked), then the level, and only then the next question. The state is one frozen value, so a turn
can be replayed, and every path through the dialog can be enumerated.
"""

from __future__ import annotations

from dataclasses import replace

from voice_triage.content.dialog import CLARIFY, CONFIRM, ENDED, STORY, Dialog, Question, Region
from voice_triage.conversation.answering import Answering
from voice_triage.conversation.budget import MOST_PROMPTS, Budget
from voice_triage.conversation.commands import Commands
from voice_triage.conversation.doubt.asking_back import AskBack
from voice_triage.conversation.doubt.corrections import Corrections
from voice_triage.conversation.effects import Effect, Event, Started, SupportsInterpret
from voice_triage.conversation.moves import ALARM_SECONDS, Stage
from voice_triage.conversation.resuming import Resuming
from voice_triage.conversation.state import Doubt, LastChange, State
from voice_triage.conversation.wording import Wording
from voice_triage.errors import InternalError
from voice_triage.ports import Heard, KeyPress, NoInput, NoMatch, Resumed
from voice_triage.triage.next_question import next_question
from voice_triage.values import Answer, Level, Reply, Understanding

MOST_ALARMS = 6
"""Emergency prompts in a session (about two minutes), whatever is heard; then the last words."""
FEWEST_ALARMS = 2
"""Rounds even when the input has ended and nobody can acknowledge it."""
MOST_REMARKS = 3
"""So much other talk in a row is one silent round: the person may lie beside a television."""
LONGEST_ANSWER_WORDS = 4
"""“Yes I am doing it” is about the longest that may acknowledge without being a command."""


class Conversation:
    """One session with one person. Drive it with ``handle``; perform what comes back in order."""

    def __init__(
        self,
        dialog: Dialog,
        interpreter: SupportsInterpret,
        region: Region,
        *,
        state: State | None = None,
        story: bool = False,
        most_prompts: int = MOST_PROMPTS,
    ) -> None:
        """``story``: begin with “tell me what is wrong”, in the person's own words."""
        self._stage = Stage(
            dialog, region, state or State(), story=story, most_prompts=most_prompts
        )
        self._ask_back = AskBack(self._stage)
        self._corrections = Corrections(self._stage, self._ask_back)
        self._commands = Commands(self._stage, self._corrections)
        self._answering = Answering(self._stage, self._ask_back, self._corrections)
        self._resuming = Resuming(self._stage)
        self._interpreter = interpreter

    @property
    def wording(self) -> Wording:
        """What is said around the conversation, by standby and by error handling."""
        return self._stage.wording

    @property
    def budget(self) -> Budget:
        """How many prompts there are, and what they are kept for."""
        return self._stage.budget

    @property
    def question(self) -> Question | None:
        """What is being asked, clarifying questions included; None elsewhere."""
        return self._stage.question

    @property
    def state(self) -> State:
        return self._stage.state

    @state.setter
    def state(self, state: State) -> None:
        self._stage.state = state

    @property
    def _alarmed(self) -> bool:
        return self.state.node == Level.EMERGENCY.id

    def handle(self, event: Event) -> tuple[Effect, ...]:
        """What to do now, in order; the last effect is Listen, or Finish when it is over."""
        if self.state.node == ENDED:
            raise InternalError("the conversation is over")
        self._stage.begin_turn()
        match event:
            case Resumed(restarted=restarted):
                self._resuming.resume(restarted=restarted)
            case _ if self._alarmed and self.state.alarms >= MOST_ALARMS:
                self._commands.acknowledge()
            case Started():
                self._stage.open()
            case KeyPress():
                self._commands.acknowledge()
            case NoInput(ended=ended):
                self._on_silence(ended)
            case Heard():
                self._on_words(event)
            case NoMatch():
                self._on_missed()
        return tuple(self._stage.out)

    def _on_words(self, words: Heard) -> None:
        stage, question = self._stage, self._stage.question
        heard = self._interpreter.interpret(
            words.text,
            question,
            words.other_readings,
            by_ear=words.by_ear,
            earlier=stage.state.earlier,
        )
        command = None if heard.asks else heard.command
        if self._is_danger(heard):
            self._on_danger(heard)
        elif command is not None and self._commands.carry_out(command):
            pass
        elif self._alarmed:
            self._on_talk(heard)
        elif stage.state.node in (CLARIFY, CONFIRM):
            self._on_confirmation(heard)
        elif stage.state.node == STORY:
            stage.volunteer(heard)
            if not self._ask_back.begin(heard.asks):
                stage.proceed()
        elif question is not None:
            earlier = stage.state.earlier
            stage.set(earlier=replace(earlier, replies=(*earlier.replies, words.text)))
            self._answering.on_answer(question, heard)
        else:
            self._on_remark(heard)

    # Danger and other things said without being asked

    def _is_danger(self, heard: Understanding) -> bool:
        """Danger words, at an emergency only those that say something new."""
        known = self._stage.state.evidence
        if not self._alarmed:
            return heard.danger_call or bool(heard.danger)
        called = heard.danger_call and not known.called_for_help
        return called or not all(map(known.is_yes, heard.danger))

    def _on_danger(self, heard: Understanding) -> None:
        """Danger words work in every state and interrupt everything."""
        stage, asked = self._stage, self._stage.question
        source = None  # the dialog's question that was answered with it, if it was
        if asked is not None and asked.id in stage.dialog.question_by_id:
            answers = bool(heard.danger) and set(heard.danger) <= set(asked.asks)
            source = asked.id if answers else None
        new = stage.news(heard, leave_out=heard.danger)
        new |= dict.fromkeys(heard.danger, Reply.YES)
        evidence = stage.state.evidence
        if heard.danger_call:
            evidence = replace(evidence, called_for_help=True)
        if source is not None:
            stage.done(source, Reply.YES)
        stage.record(new, source, volunteered=True, evidence=evidence)
        stage.set(last_change=LastChange(source, heard.danger))
        if self._alarmed:
            stage.repeat_outcome()
        else:
            stage.proceed()

    def _on_talk(self, heard: Understanding) -> None:
        """Said at an emergency: an answer of sorts hears the prompt again, talk in the room not."""
        stage = self._stage
        remarks = stage.state.remarks + 1
        stage.volunteer(heard)
        short = len(heard.text.split()) <= LONGEST_ANSWER_WORDS
        if remarks >= MOST_REMARKS or (short and heard.answer is not Answer.NONE):
            stage.repeat_outcome()
        else:
            stage.set(remarks=remarks)
            stage.listen(ALARM_SECONDS)

    def _on_remark(self, heard: Understanding) -> None:
        """Something said after a calm outcome that is neither danger nor a command."""
        stage = self._stage
        before = stage.state.assessment.level
        stage.volunteer(heard)
        if self._ask_back.begin(heard.asks):
            return
        waiting = next_question(stage.dialog, stage.state.evidence, stage.state.replies)
        if waiting is not None or stage.state.assessment.level > before:
            stage.proceed()
        else:
            stage.end(stage.wording.text("goodbye"))

    def _on_confirmation(self, heard: Understanding) -> None:
        """An answer to the clarify or confirm question, and what else was said with it."""
        stage, was_emergency = self._stage, self._stage.emergency
        pending = stage.state.pending
        stage.volunteer(heard, pending.findings if pending is not None else ())
        if stage.emergency and not was_emergency:
            stage.proceed()
        else:
            self._corrections.on_answer(heard)

    # NoInput and noise

    def _on_missed(self) -> None:
        """Somebody spoke, and no words could be made out."""
        stage = self._stage
        if self._alarmed:
            stage.repeat_outcome()
        elif stage.state.node in (CLARIFY, CONFIRM):
            self._corrections.on_unclear()
        elif stage.state.node == STORY:
            stage.proceed()
        elif stage.question is None:
            self._on_noise_at_the_end()
        else:
            self._answering.on_missed()

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
        node, pending = stage.state.node, stage.state.pending
        if self._alarmed and ended and stage.state.alarms >= FEWEST_ALARMS:
            self._commands.acknowledge()
        elif self._alarmed:
            stage.repeat_outcome()
        elif node == STORY:
            stage.proceed()
        elif question is None:
            stage.end(stage.wording.text("goodbye"))
        elif node == CONFIRM or (pending is not None and pending.doubt is Doubt.HEARD):
            self._corrections.on_unclear(silent=True)
        else:
            self._answering.on_silence(question)
