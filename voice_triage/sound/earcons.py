"""Short tones that say what the assistant is doing, for ears that cannot watch a screen.

They only accompany words: no urgency is told by a tone alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from voice_triage.sound.audio import FULL_SCALE, AudioClip, from_samples

_LOUDNESS = 0.25
"""Peak as a share of full scale: clearly heard, softer than the voice."""
_EDGE_S = 0.01
"""Fade in and out, in seconds, so that a tone begins and ends without a click."""


class Earcon(StrEnum):
    """What a tone stands for."""

    LISTENING = "listening"
    EMERGENCY = "emergency"


CUE_HZ = 660.0
"""Of the tone that ends each prompt; the ear knows its own voice's end by it (`sound.echo`)."""
_NOTES: dict[Earcon, tuple[tuple[float, float], ...]] = {
    Earcon.LISTENING: ((CUE_HZ, 0.12),),
    Earcon.EMERGENCY: ((880.0, 0.18), (0.0, 0.06), (880.0, 0.18), (0.0, 0.06), (880.0, 0.18)),
}
"""Frequency in hertz (0 = pause) and length in seconds of each note. All lie below 1 kHz,
where hearing lasts longest in old age."""


def _note(frequency: float, seconds: float, rate: int) -> Iterator[int]:
    length = round(seconds * rate)
    edge = max(1, round(_EDGE_S * rate))
    for n in range(length):
        fade = min(1.0, n / edge, (length - n) / edge)
        wave = math.sin(2 * math.pi * frequency * n / rate)
        yield round(_LOUDNESS * FULL_SCALE * fade * wave)


@cache
def tone(earcon: Earcon, rate: int) -> AudioClip:
    """The sound of an earcon at ``rate`` hertz."""
    return from_samples((s for f, t in _NOTES[earcon] for s in _note(f, t, rate)), rate)
