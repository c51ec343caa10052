"""Background noise for simulations: WAV files, or noise made here where there are none."""

from __future__ import annotations

import random
from pathlib import Path

from voice_triage.errors import AudioFileError
from voice_triage.sound.audio import AudioClip, from_samples, read_wav

_RATE_HZ = 16_000
_SECONDS = 5
_LOUDNESS = 3000
"""Peak of the made noise; mixing sets the level, so it only has to be well above rounding."""
_SMOOTHING = 0.6
"""Share of each sample that comes from the one before: rooms hum lower than white noise."""


def noises(folder: Path | None, *, seed: int = 0) -> tuple[AudioClip, ...]:
    """The WAV files of ``folder`` in order of name; without a folder, 5 s of room-like noise."""
    if folder is None:
        return (room_noise(seed),)
    files = sorted(folder.glob("*.wav"))
    if not files:
        raise AudioFileError(f"{folder}: no WAV files here; name a folder that has some")
    return tuple(read_wav(file) for file in files)


def room_noise(seed: int, smoothing: float = _SMOOTHING) -> AudioClip:
    """Low-pass noise, the same for the same seed; ``smoothing`` from 0 (hiss) to 1 (hum)."""
    chance = random.Random(seed)
    value, samples = 0.0, []
    for _ in range(_SECONDS * _RATE_HZ):
        value = smoothing * value + (1 - smoothing) * chance.uniform(-_LOUDNESS, _LOUDNESS)
        samples.append(round(value))
    return from_samples(samples, _RATE_HZ)
