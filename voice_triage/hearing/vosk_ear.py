"""The ear: listens to one turn and says what was heard, or that nothing was."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from functools import partial

from voice_triage.hearing.drowsy import Drowsy
from voice_triage.hearing.gate import SpeechGate
from voice_triage.hearing.grammar import Grammar, build_grammar
from voice_triage.hearing.recognised import wording
from voice_triage.hearing.short_answers import ShortAnswers
from voice_triage.hearing.start_phrases import StartPhrases
from voice_triage.hearing.turn import Listener, Turn
from voice_triage.hearing.vosk_model import Pause, VoskModel
from voice_triage.ports import Heard, Hearing, ListenRequest, NoMatch
from voice_triage.sound.source import SoundSource

log = logging.getLogger(__name__)


class VoskEar:
    """Implements ports.Ear over any source of sound.

    Words are decoded with the model's own language model, so that free speech comes out as it was
    said: a closed list bends what it does not know into its own words, danger words among them.
    A list of short answers only listens along (`short_answers` says why).
    Every stretch of sound gets a fresh recogniser, so that no words leak into the next turn. The
    source is open only while ``listen`` runs.
    """

    def __init__(
        self, source: SoundSource, model: VoskModel, *, is_danger: Callable[[str], bool]
    ) -> None:
        """``is_danger`` tells of an unfinished sentence whether it already states a danger sign."""
        self._source = source
        self._model = model
        self._is_danger = is_danger
        self._gate = SpeechGate()
        self._grammars: dict[tuple[str, ...], Grammar] = {}

    def listen(self, request: ListenRequest) -> Hearing:
        """Hear one turn out: words, or nobody spoke, or nothing could be made out."""
        turn = Turn(
            request,
            self._source.kind,
            listener=partial(self._listener, request),
            gate=self._gate,
            wording=partial(wording, not_words={self._model.unknown_token}),
            is_danger=_never if request.start_phrases else self._is_danger,
        )
        with closing(self._source.turn()) as chunks:
            for chunk in chunks:
                hearing = turn.feed(chunk)
                if hearing is not None:
                    break
            else:
                hearing = turn.end_of_sound()
        if isinstance(hearing, Heard) and not self._source.reliable:
            log.warning("sound was lost while listening")
            if not self._is_danger(hearing.text):
                return NoMatch(hearing.seconds, hearing.source)
        return hearing

    def close(self) -> None:
        self._source.close()

    def _listener(self, request: ListenRequest, rate: int) -> Listener:
        if request.start_phrases:
            return Drowsy(lambda: self._at_standby(request, rate), self._gate, rate)
        pause = Pause.STORY if request.patient_pause else Pause.ANSWER
        free = self._model.recogniser(rate, (), pause)
        if not (request.short_answers or request.numbers):
            return free
        return ShortAnswers(
            free,
            self._model.recogniser(rate, self._listed(request).phrases, pause),
            unknown=self._model.unknown_token,
            answers={word for phrase in request.short_answers for word in phrase.split()},
            numbers=request.numbers,
        )

    def _at_standby(self, request: ListenRequest, rate: int) -> Listener:
        grammar = build_grammar(request.start_phrases, self._model.known, self._model.unknown_token)
        return StartPhrases(
            self._model.recogniser(rate, (), Pause.ANSWER),
            lambda: self._model.recogniser(rate, grammar.phrases, Pause.ANSWER),
            unknown=self._model.unknown_token,
            phrases=request.start_phrases,
        )

    def _listed(self, request: ListenRequest) -> Grammar:
        """The list that listens along; what the model does not know of it is reported once."""
        phrases = (*request.short_answers, *request.numbers)
        if phrases not in self._grammars:
            model = self._model
            grammar = build_grammar(phrases, model.known, model.unknown_token)
            if grammar.unknown_words:
                words = ", ".join(grammar.unknown_words)
                log.warning("the model %s does not know: %s", model.name, words)
            self._grammars[phrases] = grammar
        return self._grammars[phrases]


def _never(text: str) -> bool:
    """At standby a danger sign does not cut the sentence short: all of it is judged."""
    del text
    return False
