"""Our own voice, coming back late: what was heard before our own cue tone is no answer.

Television loudspeakers and wireless ones sound half a second to three seconds late. Each prompt
ends with a tone; where that tone arrives at the microphone while we listen, everything before it
was our own speech. So the delay is measured by the prompt itself, at no cost to those without echo.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from contextlib import closing

from voice_triage.ports import Source
from voice_triage.sound.audio import SAMPLE_BYTES, AudioClip
from voice_triage.sound.earcons import CUE_HZ
from voice_triage.sound.source import Chunks, SoundSource

log = logging.getLogger(__name__)

WINDOW_S = 3.5
"""The longest delay that is looked for; wireless loudspeakers take 2 s, some televisions more."""
AFTER_S = 0.25
"""Thrown away after the tone as well: its own end, and the room's."""
_FRAME_S = 0.02
_FRAMES = 2
"""The tone has six frames; sound servers were seen to cut off its last two."""
_PURITY = 0.8
"""Share of a frame's power at the tone's frequency. In nine minutes of speech of six voices not one
frame reaches 0.6."""
_FAINTEST = 60.0
"""Root mean square, of 32,767 (-55 dBFS): a softer echo is not understood as words."""


class ToneDetector:
    """Finds the cue tone in sound that comes piece by piece."""

    def __init__(self) -> None:
        self._run = 0

    def feed(self, clip: AudioClip) -> bool:
        """True when the tone has been heard, at the latest in this piece."""
        size = round(_FRAME_S * clip.rate)
        samples = clip.samples
        for start in range(0, len(samples) - size + 1, size):
            pure = _is_tone(samples[start : start + size], clip.rate)
            self._run = self._run + 1 if pure else 0
            if self._run >= _FRAMES:
                self._run = 0
                return True
        return False


def _is_tone(frame: Sequence[int], rate: int) -> bool:
    """Goertzel's filter: is most of the frame's power at the frequency of the cue tone?"""
    power = sum(s * s for s in frame)
    if power < _FAINTEST * _FAINTEST * len(frame):
        return False
    turn = 2 * math.cos(2 * math.pi * CUE_HZ / rate)
    before, last = 0.0, 0.0
    for sample in frame:
        before, last = last, sample + turn * last - before
    at_tone = last * last + before * before - turn * last * before
    return at_tone * 2 / len(frame) >= _PURITY * power


class EchoGuard:
    """A source of sound without what we have just said ourselves."""

    def __init__(self, source: SoundSource) -> None:
        self._source = source
        self._cued = False
        self._delay_s: float | None = None
        """So late does our own tone end in a turn; 0 where there is no echo, None: not known."""

    @property
    def kind(self) -> Source:
        return self._source.kind

    @property
    def reliable(self) -> bool:
        return self._source.reliable

    def expect(self) -> None:
        """A cue tone has just been played: the next turn begins with its echo, if there is one."""
        self._cued = True

    def turn(self) -> Chunks:
        cued, self._cued = self._cued, False
        with closing(self._source.turn()) as chunks:
            yield from self._without_echo(chunks) if cued else chunks

    def close(self) -> None:
        self._source.close()

    def _without_echo(self, chunks: Iterator[AudioClip]) -> Iterator[AudioClip]:
        """Held back until it is known whether it is ours; where that is known, passed on at once.

        Looked for in every turn, so that a loudspeaker that is changed is noticed.
        """
        detector, held, heard_s = ToneDetector(), list[AudioClip](), 0.0
        hold_s = WINDOW_S if self._delay_s is None else self._delay_s
        for chunk in chunks:
            heard_s += chunk.seconds
            if heard_s > WINDOW_S:
                if self._delay_s is None:
                    self._delay_s = 0.0  # no echo came
                yield from held
                yield chunk
                yield from chunks
                return
            found = detector.feed(chunk)
            if found and heard_s > hold_s + AFTER_S:  # later than it was: hold back more next time
                log.info("the loudspeaker's sound comes back %.1f s late now", heard_s)
                self._delay_s = heard_s
            elif found:
                if self._delay_s is None:
                    log.info("the loudspeaker's sound comes back %.1f s late", heard_s)
                self._delay_s, held, hold_s = heard_s, [], 0.0
                yield from _skip(chunks, AFTER_S)
                return
            elif heard_s <= hold_s:
                held.append(chunk)
            else:
                yield from held
                held = []
                yield chunk
        yield from held


def _skip(chunks: Iterator[AudioClip], seconds: float) -> Iterator[AudioClip]:
    for chunk in chunks:
        drop = min(len(chunk.pcm), round(seconds * chunk.rate) * SAMPLE_BYTES)
        seconds -= drop / SAMPLE_BYTES / chunk.rate
        if drop < len(chunk.pcm):
            yield AudioClip(chunk.pcm[drop:], chunk.rate)
