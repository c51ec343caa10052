"""A listener that sleeps while nobody speaks: waiting for hours must cost next to nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from voice_triage.hearing.gate import SpeechGate
from voice_triage.hearing.recognised import HeardWord
from voice_triage.hearing.turn import Listener
from voice_triage.sound.audio import AudioClip

PRE_ROLL_S = 0.5
"""Sound from before the gate opened that is decoded too, so that the first word is whole: the “h”
of “help” is no louder than the room."""
WAKES_S = 0.2
"""The sound was loud enough for speech within the last so many seconds: begin to decode."""
SLEEPS_S = 1.5
"""So long without a loud sound or a word: stop. Longer than the pause that ends an utterance."""


class Drowsy:
    """Implements turn.Listener: another one, made when the gate hears something."""

    def __init__(self, listener: Callable[[], Listener], gate: SpeechGate, rate: int) -> None:
        """``gate`` is given each piece of sound before ``feed`` is; ``rate`` in hertz."""
        self._new_listener = listener
        self._gate = gate
        self._rate = rate
        self._awake: Listener | None = None
        self._before: deque[bytes] = deque()
        self._fed_s = 0.0
        self._began_s = 0.0

    def feed(self, pcm: bytes, /) -> bool:
        self._fed_s += self._seconds(pcm)
        if self._awake is None:
            self._before.append(pcm)
            if self._loud(WAKES_S):
                return self._wake()
            self._forget()
            return False
        if self._awake.feed(pcm):
            return True
        if not self._awake.partial() and not self._loud(SLEEPS_S):
            self._awake.finish()
            self._awake = None
        return False

    def partial(self) -> str:
        return "" if self._awake is None else self._awake.partial()

    def words(self) -> tuple[HeardWord, ...]:
        return () if self._awake is None else self._in_time(self._awake.words())

    def finish(self) -> tuple[HeardWord, ...]:
        return () if self._awake is None else self._in_time(self._awake.finish())

    def _wake(self) -> bool:
        """Decode what was kept; True if that alone is an utterance."""
        self._began_s = self._fed_s - sum(map(self._seconds, self._before))
        self._awake = self._new_listener()
        kept = b"".join(self._before)
        self._before.clear()
        return self._awake.feed(kept)

    def _forget(self) -> None:
        while sum(map(self._seconds, self._before)) > PRE_ROLL_S:
            self._before.popleft()

    def _loud(self, seconds: float) -> bool:
        return self._gate.passes(self._gate.seconds - seconds)

    def _seconds(self, pcm: bytes) -> float:
        return AudioClip(pcm, self._rate).seconds

    def _in_time(self, words: tuple[HeardWord, ...]) -> tuple[HeardWord, ...]:
        """Times since this listener was made, not since it woke up."""
        late = self._began_s
        return tuple(replace(w, start_s=w.start_s + late, end_s=w.end_s + late) for w in words)
