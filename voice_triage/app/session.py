"""The session loop: performs what the conversation asks for, and tells it what happened."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from voice_triage.app.journal import event_of_hearing, events_of
from voice_triage.content.words import Words
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.effects import (
    Asked,
    Concluded,
    Effect,
    Event,
    Finish,
    Listen,
    Say,
    SetRate,
    Started,
)
from voice_triage.conversation.state import State
from voice_triage.ports import (
    Ear,
    Heard,
    Journal,
    ListenRequest,
    NoInput,
    Screen,
    Voice,
)
from voice_triage.values import FindingId, FindingKind, Level

log = logging.getLogger(__name__)


class Session:
    """One conversation with its ear, voice, screen and journal.

    Half-duplex: the ear opens only after the voice has finished, and the silence timer starts
    then.
    """

    def __init__(
        self,
        conversation: Conversation,
        words: Words,
        ear: Ear,
        voice: Voice,
        screen: Screen,
        journal: Journal,
        *,
        cue: bool = False,
        keep: Callable[[State], None] = lambda state: None,
    ) -> None:
        """``cue``: a short tone ends each prompt, for those who have to know when to speak.
        ``keep``: is given the state after every event, before anything is done about it."""
        self._cue = cue
        self._keep = keep
        self._conversation = conversation
        self._words = words
        self._ear = ear
        self._voice = voice
        self._screen = screen
        self._journal = journal
        self._about: tuple[FindingId, ...] = ()
        self.outcome: Level | None = None
        """Level of the latest outcome; None if the session stopped before one."""
        self.input_ended = False
        """Nothing more will ever be heard: the end of the file or of standard input."""

    def run(self, first: Event | None = None) -> Level | None:
        """Talk until the conversation is over; the level of its outcome, None without one.

        ``first``: what the session begins with instead of a greeting: danger words that were
        heard, or that it is resumed.
        """
        event: Event | None = first or Started()
        if isinstance(event, Heard):
            self._conversation.handle(Started())
        while event is not None:
            effects = self._conversation.handle(event)
            self._keep(self._conversation.state)
            event = self._perform(effects)
        return self.outcome

    def _perform(self, effects: Sequence[Effect]) -> Event | None:
        """Carry out one turn's effects; the next event, or None when it is over."""
        speech: list[Say] = []
        for effect in effects:
            for event in events_of(effect):
                self._journal.record(event)
            match effect:
                case Say():
                    speech.append(effect)
                case SetRate(rate):
                    self._speak(speech)
                    self._voice.set_rate(rate)
                case Asked(findings=findings):
                    self._about = findings
                case Concluded(level):
                    self.outcome = level
                    log.info("reached an outcome")
                case Listen():
                    self._speak(speech, cue=self._cue)
                    return self._listen(effect)
                case Finish():
                    self._speak(speech)
        return None

    def _speak(self, speech: list[Say], *, cue: bool = False) -> None:
        """Show all of it first, so that it can be read even if the voice fails; then say it."""
        if speech:
            for said in speech:
                self._screen.show(said.text, speaker="assistant")
            sentences = [sentence for said in speech for sentence in said.sentences]
            self._voice.say(sentences, cue=cue, alarm=any(said.alarm for said in speech))
            speech.clear()

    def _listen(self, effect: Listen) -> Event:
        hearing = self._ear.listen(self._request(effect))
        heard = event_of_hearing(hearing)
        if heard is not None:
            self._journal.record(heard)
            self._screen.show(str(heard["text"]) or "(not understood)", speaker="person")
        self.input_ended = isinstance(hearing, NoInput) and hearing.ended
        return hearing

    def _request(self, effect: Listen) -> ListenRequest:
        question = effect.question
        numbers = question is not None and question.kind is FindingKind.SEVERITY
        return ListenRequest(
            question=question.id if question is not None else None,
            short_answers=self._words.short_answers,
            numbers=self._words.number_words() if numbers else (),
            findings=self._about if question is not None else (),
            no_input_seconds=effect.no_input_seconds,
            patient_pause=effect.open_mode,
        )
