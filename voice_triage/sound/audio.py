"""Sound as a value: 16-bit mono samples that carry their own rate.

A rate kept apart from its samples is how 48 kHz sound gets decoded as 16 kHz and “chest pain”
comes out as “no”; so the two travel together everywhere in this package.
"""

from __future__ import annotations

import io
import math
import random
import sys
import wave
from array import array
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from operator import mul
from pathlib import Path

from voice_triage.errors import AudioFileError, UsageError
from voice_triage.files import read_bytes

SAMPLE_BYTES = 2
FULL_SCALE = 32768
MINIMUM_RATE_HZ = 8000
"""Telephone speech: below it consonants are gone and recognition returns wrong words."""
HIGHEST_RATE_HZ = 192_000
"""Of any sound card; native code ends the process at some rates far beyond."""
MOST_WAV_BYTES = 120_000_000
"""An hour at 16 kHz; all of it is held in memory."""
SILENCE_DBFS = -100.0
"""What ``dbfs`` gives for digital silence; below the smallest 16-bit sound (-96 dBFS)."""
_FRAME_S = 0.02
_ACTIVE_BELOW_PEAK_DB = 25.0
"""Frames within this of the loudest frame are speech: wider than one word's own dynamics."""
_HOW_TO_CONVERT = "Convert it with: sox FILE.wav -r 16000 -c 1 -b 16 NEW.wav"
_FAINT = 200
"""Samples below this (-44 dB) at the end of a sentence are its fading; espeak-ng adds 0.37 s."""
_BREATH_S = 0.08


@dataclass(frozen=True, slots=True)
class AudioClip:
    """A stretch of 16-bit little-endian mono sound; a stream is many short ones."""

    pcm: bytes
    rate: int
    """Samples per second, in hertz."""

    @property
    def seconds(self) -> float:
        return len(self.pcm) / SAMPLE_BYTES / self.rate

    @property
    def samples(self) -> array[int]:
        """The sound as signed 16-bit numbers; a copy. A trailing odd byte is dropped."""
        numbers = array("h")
        numbers.frombytes(self.pcm[: len(self.pcm) // SAMPLE_BYTES * SAMPLE_BYTES])
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def split(self, seconds: float) -> Generator[AudioClip, None, None]:
        """The clip in pieces of ``seconds``, nothing lost in between; the last may be shorter."""
        size = max(1, round(seconds * self.rate)) * SAMPLE_BYTES
        for first in range(0, len(self.pcm), size):
            yield AudioClip(self.pcm[first : first + size], self.rate)


def from_samples(samples: Iterable[int], rate: int) -> AudioClip:
    """A clip from signed 16-bit numbers, which must be in range."""
    numbers = array("h", samples)
    if sys.byteorder == "big":
        numbers.byteswap()
    return AudioClip(numbers.tobytes(), rate)


def silence(seconds: float, rate: int) -> AudioClip:
    return AudioClip(bytes(round(seconds * rate) * SAMPLE_BYTES), rate)


def join(clips: Iterable[AudioClip], rate: int) -> AudioClip:
    """All clips one after the other, at ``rate`` hertz."""
    return AudioClip(b"".join(resample(clip, rate).pcm for clip in clips), rate)


def without_last_silence(clip: AudioClip) -> AudioClip:
    """The clip up to its last sound, and a breath more."""
    samples = clip.samples
    last = next((n for n in range(len(samples), 0, -1) if abs(samples[n - 1]) > _FAINT), 0)
    end = min(len(samples), last + round(_BREATH_S * clip.rate))
    return AudioClip(clip.pcm[: end * SAMPLE_BYTES], clip.rate)


def dbfs(samples: array[int]) -> float:
    """Root mean square level in decibels below full scale; ``SILENCE_DBFS`` for nothing.

    Taken about the mean: many cheap microphones add a constant voltage.
    """
    if not samples:
        return SILENCE_DBFS
    mean = sum(samples) / len(samples)
    power = (sum(map(mul, samples, samples)) / len(samples) - mean * mean) / FULL_SCALE**2
    return 10 * math.log10(power) if power > 0 else SILENCE_DBFS


def speech_dbfs(clip: AudioClip) -> float:
    """Level of the speech in a clip, its pauses left out, in dBFS."""
    samples = clip.samples
    size = max(1, int(_FRAME_S * clip.rate))
    frames = [samples[i : i + size] for i in range(0, len(samples), size)]
    levels = [dbfs(frame) for frame in frames]
    loudest = max(levels, default=SILENCE_DBFS)
    active = array("h")
    for frame, level in zip(frames, levels, strict=True):
        if level >= loudest - _ACTIVE_BELOW_PEAK_DB:
            active.extend(frame)
    return dbfs(active)


def resample(clip: AudioClip, rate: int) -> AudioClip:
    """The clip at another rate by straight lines between samples.

    Good enough for prompts, tones and noise; recognition gets the device's own rate instead.
    """
    if rate == clip.rate or not clip.pcm:
        return AudioClip(clip.pcm, rate)
    old = clip.samples
    step = clip.rate / rate
    last = len(old) - 1

    def at(position: float) -> int:
        left = min(int(position), last)
        share = position - left
        return round(old[left] * (1 - share) + old[min(left + 1, last)] * share)

    return from_samples((at(n * step) for n in range(int(len(old) / step))), rate)


def mix(clip: AudioClip, noise: AudioClip, snr_db: float, *, seed: int = 0) -> AudioClip:
    """``clip`` over ``noise`` at ``snr_db`` decibels; the seed picks where the noise begins.

    The ratio is taken between the speech itself (pauses left out) and the stretch of noise used,
    so that a clip with long pauses is not mixed louder than a short one. The noise is repeated
    where it is too short; the sum is clipped at full scale, as a sound card would.
    """
    speech, sound = clip.samples, resample(noise, clip.rate).samples
    if not speech or not sound:
        return clip
    offset = random.Random(seed).randrange(len(sound))
    turned = sound[offset:] + sound[:offset]
    stretch = (turned * (len(speech) // len(turned) + 1))[: len(speech)]
    level = dbfs(stretch)
    if level <= SILENCE_DBFS:
        return clip
    gain = 10 ** ((speech_dbfs(clip) - snr_db - level) / 20)
    return from_samples(
        (
            max(-FULL_SCALE, min(FULL_SCALE - 1, round(s + gain * n)))
            for s, n in zip(speech, stretch, strict=True)
        ),
        clip.rate,
    )


def decode_wav(content: bytes, name: str) -> AudioClip:
    """The sound in the bytes of a WAV file; ``name`` is what error messages call it."""
    try:
        with wave.open(io.BytesIO(content), "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            pcm = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        reason = str(error) or "it ends too early"
        raise AudioFileError(
            f"{name}: not a 16-bit PCM WAV file ({reason}). {_HOW_TO_CONVERT}"
        ) from error
    if channels != 1:
        raise AudioFileError(f"{name}: has {channels} channels, not 1. {_HOW_TO_CONVERT}")
    if width != SAMPLE_BYTES:
        raise AudioFileError(f"{name}: has {8 * width}-bit samples, not 16. {_HOW_TO_CONVERT}")
    if rate < MINIMUM_RATE_HZ:
        raise AudioFileError(
            f"{name}: sampled at {rate} Hz; at least {MINIMUM_RATE_HZ} Hz is needed to "
            "understand speech. Record it again at 16000 Hz."
        )
    if rate > HIGHEST_RATE_HZ:
        raise AudioFileError(
            f"{name}: sampled at {rate} Hz; at most {HIGHEST_RATE_HZ} Hz is understood. "
            f"{_HOW_TO_CONVERT}"
        )
    return AudioClip(pcm, rate)


def read_wav(path: Path) -> AudioClip:
    """The sound of a 16-bit mono WAV file of at least 8 kHz."""
    try:
        content = read_bytes(path, MOST_WAV_BYTES)
    except UsageError as error:
        raise AudioFileError(f"{error}: a WAV file of at most an hour.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AudioFileError(
            f"{path}: cannot be read ({reason}). Give the path of a WAV file."
        ) from error
    return decode_wav(content, str(path))


def encode_wav(clip: AudioClip) -> bytes:
    """The bytes of a WAV file that holds the clip."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(SAMPLE_BYTES)
        file.setframerate(clip.rate)
        file.writeframes(clip.pcm)
    return buffer.getvalue()


def write_wav(path: Path, clip: AudioClip) -> None:
    """Write the clip as a 16-bit mono WAV file."""
    try:
        path.write_bytes(encode_wav(clip))
    except OSError as error:
        raise AudioFileError(
            f"{path}: cannot be written ({error.strerror or error}). Choose another place."
        ) from error
