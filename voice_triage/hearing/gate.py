"""Was it speech, or did the recogniser read words into the noise?

Recognisers put words into a hum or a click (“the”, “no”), and such a ghost would be an answer. A
word only counts where the sound rose clearly above the background for long enough. The background
is the quietest tenth of what was heard lately, never simply the first frames: people often speak at
once.
"""

from __future__ import annotations

import math
from array import array
from collections import deque

from voice_triage.sound.audio import SILENCE_DBFS, AudioClip, dbfs

FRAME_S = 0.02
_MEMORY_S = 10.0
"""How much of earlier turns helps to know the background, in seconds."""
_FLOOR_SHARE = 0.1
"""The background level is the one that a tenth of all frames stay below."""
RISE_DB = 6.0
"""A frame is speech when it is this far above the background: twice its amplitude. Steady rain or
a fan varies by about 3 dB; a voice at 5 dB above the noise still passes on its vowels."""
QUIETEST_SPEECH_DBFS = -70.0
"""Below this a frame is never speech: the recogniser copes with a microphone that is set far too
low, but this is the hiss of the electronics alone."""
SHORTEST_SPEECH_S = 0.08
"""A click or a knock is shorter; the vowel of the shortest answer (“up”) is longer."""
FASTEST_PHONES_PER_S = 25.0
"""Nobody speaks faster (quick speech has about 15): a sneeze of 0.18 s was heard as “i can't
breathe”, by the card of the bundled model."""
_LETTERS_PER_PHONE = 1.2
"""Of English words, about; their sounds are not known here."""
_MARGIN_S = 0.1
"""Word times of the recogniser are this exact."""


class SpeechGate:
    """Follows the level of the sound, and when words were found in it; not what they were."""

    def __init__(self) -> None:
        self._memory: deque[float] = deque(maxlen=round(_MEMORY_S / FRAME_S))
        self._levels: list[float] = []
        self._rest = array("h")
        self._spoken_s = -math.inf

    @property
    def seconds(self) -> float:
        """Length of this turn so far."""
        return len(self._levels) * FRAME_S

    def begin_turn(self) -> None:
        """Time starts at zero again; the background of earlier turns is remembered."""
        self._memory.extend(self._levels)
        self._spoken_s -= self.seconds
        self._levels.clear()
        self._rest = array("h")

    def feed(self, clip: AudioClip) -> None:
        self._rest.extend(clip.samples)
        size = round(FRAME_S * clip.rate)
        whole = len(self._rest) - len(self._rest) % size
        for start in range(0, whole, size):
            self._levels.append(dbfs(self._rest[start : start + size]))
        self._rest = self._rest[whole:]

    def spoken(self, start_s: float, end_s: float) -> float:
        """Words were found between two times of this turn: seconds without any before them.

        Earlier turns count, the time between turns does not. Words, not loudness, since a crying
        child is no talk.
        """
        quiet_s = max(0.0, start_s - self._spoken_s)
        self._spoken_s = max(self._spoken_s, end_s)
        return quiet_s

    @property
    def background_dbfs(self) -> float:
        known = sorted([*self._memory, *self._levels])
        return known[int(len(known) * _FLOOR_SHARE)] if known else SILENCE_DBFS

    def speech_seconds(self, start_s: float = 0.0, end_s: float | None = None) -> float:
        """How long the sound was loud enough for speech between two times of this turn."""
        first = max(0, round((start_s - _MARGIN_S) / FRAME_S))
        last = None if end_s is None else round((end_s + _MARGIN_S) / FRAME_S)
        least = max(QUIETEST_SPEECH_DBFS, self.background_dbfs + RISE_DB)
        return FRAME_S * sum(level >= least for level in self._levels[first:last])

    def passes(self, start_s: float = 0.0, end_s: float | None = None) -> bool:
        """True when there was enough sound between two times of this turn to be a word."""
        return self.speech_seconds(start_s, end_s) >= SHORTEST_SPEECH_S


def too_fast(text: str, seconds: float) -> bool:
    """Were these words said in less time than anybody needs for them?"""
    letters = sum(character.isalpha() for character in text.replace("[unk]", ""))
    return letters / _LETTERS_PER_PHONE > FASTEST_PHONES_PER_S * max(seconds, 0.0)
