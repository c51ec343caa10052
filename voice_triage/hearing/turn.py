"""One turn of listening, chunk by chunk, until there is something to report."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from voice_triage.hearing.gate import SpeechGate, too_fast
from voice_triage.hearing.grammar import UNKNOWN
from voice_triage.hearing.recognised import HeardWord
from voice_triage.ports import Heard, Hearing, ListenRequest, NoInput, NoMatch, Source
from voice_triage.sound.audio import AudioClip

log = logging.getLogger(__name__)

STABLE_S = 0.3
"""A danger phrase is believed before the sentence ends once it was guessed for this long."""
STABLE_GUESSES = 3
"""… and in at least this many guesses in a row: guesses jump ahead and are taken back."""
BEGINNING_S = 1.0
"""Who begins to speak just as the time is up is given this long to be recognised."""
_RECENT_S = 0.3


class Listener(Protocol):
    """What a turn needs of a recogniser."""

    def feed(self, pcm: bytes, /) -> bool: ...
    def partial(self) -> str: ...
    def words(self) -> tuple[HeardWord, ...]: ...
    def finish(self) -> tuple[HeardWord, ...]: ...


class Turn:
    """Turns chunks of sound into one Hearing. Time is counted in sound, not by a clock."""

    def __init__(
        self,
        request: ListenRequest,
        source: Source,
        *,
        listener: Callable[[int], Listener],
        gate: SpeechGate,
        wording: Callable[[Sequence[HeardWord]], str],
        is_danger: Callable[[str], bool],
    ) -> None:
        """``listener`` makes a fresh recogniser for a sampling rate; ``wording`` gives the text."""
        self._request = request
        self._source = source
        self._new_listener = listener
        self._gate = gate
        self._wording = wording
        self._is_danger = is_danger
        self._listener: Listener | None = None
        self._rate = 0
        self._heard_s = 0.0
        self._listener_began_s = 0.0
        self._danger_guesses = 0
        self._danger_s = 0.0
        gate.begin_turn()

    def feed(self, chunk: AudioClip) -> Hearing | None:
        """Take one chunk; what was heard if the turn is over now, else None."""
        listener = self._open(chunk.rate)
        self._gate.feed(chunk)
        self._heard_s += chunk.seconds
        if listener.feed(chunk.pcm):
            hearing = self._utterance(listener.words())
            self._listener = None  # what follows a ghost is heard afresh
            return hearing or self._timed_out("")
        guess = listener.partial()
        return self._danger(guess, chunk.seconds) or self._timed_out(guess)

    def end_of_sound(self) -> Hearing:
        """The input is over: what was still being said, or that nothing was."""
        return self._last_words() or NoInput(self._heard_s, ended=True)

    def _open(self, rate: int) -> Listener:
        if self._listener is None or rate != self._rate:  # another rate: the device was reopened
            self._finish_quietly()
            self._listener, self._rate = self._new_listener(rate), rate
            self._listener_began_s = self._heard_s
        return self._listener

    def _last_words(self) -> Hearing | None:
        listener, self._listener = self._listener, None
        return self._utterance(listener.finish()) if listener else None

    def _utterance(self, words: Sequence[HeardWord]) -> Hearing | None:
        """The words if somebody really spoke them; None for silence and ghosts in the noise."""
        if not words:
            return None
        start = self._listener_began_s + words[0].start_s
        end = self._listener_began_s + words[-1].end_s
        if not self._gate.passes(start, end):
            log.info("ignored %d words in %.1f s of background sound", len(words), end - start)
            return None
        quiet_s = self._gate.spoken(start, end)
        text = self._wording(words)
        if too_fast(text, end - start):
            log.info("ignored %d words that were faster than speech", len(words))
            return None
        if set(text.split()) <= {UNKNOWN}:
            return NoMatch(end - start, self._source)
        return Heard(text, end - start, self._source, by_ear=True, quiet_before_s=quiet_s)

    def _danger(self, guess: str, seconds: float) -> Hearing | None:
        if not guess or not self._is_danger(guess):
            self._danger_guesses, self._danger_s = 0, 0.0
            return None
        self._danger_guesses += 1
        self._danger_s += seconds
        if self._danger_guesses < STABLE_GUESSES or self._danger_s < STABLE_S:
            return None
        if not self._gate.passes():
            return None
        self._finish_quietly()
        quiet_s = self._gate.spoken(self._listener_began_s, self._heard_s)
        spoken_s = self._gate.speech_seconds()
        return Heard(guess, spoken_s, self._source, by_ear=True, quiet_before_s=quiet_s)

    def _finish_quietly(self) -> None:
        if self._listener:
            self._listener.finish()
            self._listener = None

    def _timed_out(self, guess: str) -> Hearing | None:
        over_s = self._heard_s - self._request.no_input_seconds
        if over_s < 0 or guess:
            return None
        if over_s < BEGINNING_S and self._gate.passes(self._gate.seconds - _RECENT_S):
            return None
        return self._last_words() or NoInput(self._heard_s)
