"""The ear: listens to one turn and says what was heard, or that nothing was."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from itertools import islice

from voice_triage.ports import Heard, Hearing, ListenRequest, NoMatch
from voice_triage.speech.audio import AudioClip
from voice_triage.speech.danger import danger_in
from voice_triage.speech.decoys import DECOYS, FILLERS
from voice_triage.speech.gate import SpeechGate
from voice_triage.speech.grammar import Grammar, build_grammar
from voice_triage.speech.second_look import SenseOf, better, worth_another_look
from voice_triage.speech.source import CHUNK_S, SoundSource
from voice_triage.speech.turn import Turn
from voice_triage.speech.vosk_model import Pause, Recogniser, VoskModel
from voice_triage.speech.words import Word, wording

log = logging.getLogger(__name__)

_REMEMBERED_CHUNKS = 300
"""Sound kept for a second look: 30 s, more than the recogniser lets one utterance last."""
_AROUND_S = 1.7
"""Sound taken before and after the words: the pause that ended them, and a breath."""


class VoskEar:
    """Implements ports.Ear over any source of sound.

    Every stretch of sound gets a fresh recogniser, so that no words leak into the next turn. The
    source is open only while ``listen`` runs.
    """

    def __init__(
        self,
        source: SoundSource,
        model: VoskModel,
        *,
        is_danger: Callable[[str], bool] | None = None,
        sense_of: SenseOf | None = None,
        decoys: Sequence[str] = DECOYS,
    ) -> None:
        """``is_danger`` tells of an unfinished sentence whether it already asserts a danger sign;
        by default: it has a danger phrase of the request, and no negator outside of it.
        ``sense_of`` tells how much sense words make: with it, what the grammar of a question does
        not explain is decoded once more with any words.
        """
        self._source = source
        self._model = model
        self._is_danger = is_danger
        self._sense_of = sense_of
        self._decoys = tuple(decoys)
        self._gate = SpeechGate()

    def listen(self, request: ListenRequest) -> Hearing:
        """Hear one turn out: words, or nobody spoke, or nothing could be made out."""
        is_danger = self._is_danger or danger_in(request.danger_phrases)
        grammar = self._grammar(request) if request.phrases else Grammar(())
        turn = Turn(
            request,
            self._source.kind,
            listener=partial(self._listener, grammar, request.patient_pause),
            gate=self._gate,
            wording=partial(wording, not_words={*grammar.decoys, self._model.unknown_token}),
            is_danger=is_danger,
        )
        sound: deque[AudioClip] = deque(maxlen=_REMEMBERED_CHUNKS)
        with closing(self._source.turn()) as chunks:
            for chunk in chunks:
                sound.append(chunk)
                hearing = turn.feed(chunk)
                if hearing is not None:
                    break
            else:
                hearing = turn.end_of_sound()
        if isinstance(hearing, Heard) and not self._source.reliable:
            log.warning("sound was lost while listening")
            if not is_danger(hearing.text):
                return NoMatch(hearing.seconds, hearing.source)
        return self._looked_at_again(hearing, request, sound) if request.phrases else hearing

    def close(self) -> None:
        self._source.close()

    def _looked_at_again(
        self, hearing: Hearing, request: ListenRequest, sound: Sequence[AudioClip]
    ) -> Hearing:
        """The hearing, or a freer reading of the same sound that makes more sense."""
        if self._sense_of is None or not isinstance(hearing, Heard | NoMatch):
            return hearing
        closed = hearing.text if isinstance(hearing, Heard) else ""
        sense = self._sense_of(closed, request.question)
        if not worth_another_look(closed, sense, hearing.seconds):
            return hearing
        free = self._freely(sound, hearing.seconds)
        text = better(closed, sense, free, self._sense_of(free, request.question))
        other = free if text == closed else closed
        if not text:
            return hearing
        return Heard(text, hearing.seconds, hearing.source, (other,) if other else ())

    def _freely(self, sound: Sequence[AudioClip], seconds: float) -> str:
        """The words of the last ``seconds`` of speech in ``sound``, decoded without a grammar."""
        rate = sound[-1].rate
        listener = self._model.recogniser(rate, (), Pause.STORY)
        first = max(0, len(sound) - round((seconds + _AROUND_S) / CHUNK_S))
        words: list[Word] = []
        for chunk in islice(sound, first, None):
            if listener.feed(chunk.pcm):
                words += listener.words()
        words += listener.finish()
        return wording(words, not_words={self._model.unknown_token})

    def _grammar(self, request: ListenRequest) -> Grammar:
        grammar = build_grammar(
            (request.phrases, request.danger_phrases),
            self._model.known,
            unknown_token=self._model.unknown_token,
            asides=FILLERS,
            decoys=self._decoys,
        )
        if grammar.dropped:
            log.warning(
                "%d phrases cannot be heard, the model lacks: %s",
                len(grammar.dropped),
                ", ".join(grammar.unknown_words),
            )
        return grammar

    def _listener(self, grammar: Grammar, patient: bool, rate: int) -> Recogniser:
        pause = Pause.STORY if patient else Pause.ANSWER
        return self._model.recogniser(rate, grammar.phrases, pause)
