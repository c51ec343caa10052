"""Hours of sound of a room in which others talk: for `standby`. Made up, but for medical talk."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import cycle
from pathlib import Path

from voice_triage.content.sentences import sentences
from voice_triage.sound.audio import AudioClip, from_samples, join, mix, read_wav, resample, silence
from voice_triage.speaking.renderer import SpeechRenderer

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("LICENSE", "README.md", "CONTRIBUTING.md", "docs/transcripts.md", "CHANGELOG.md")
READERS, SPEAKERS, CONSULTATION = (
    ("en-gb", "en-us"),
    ("en-gb-x-rp", "en-us+f3", "en-gb+m3"),
    ("en-gb-scotland", "en-us+f3"),
)
BATCH = 12
RADIO_SNR_DB = 12.0
"""Of the speaker on the radio over the music."""
MUSIC_S, MUSIC_RATE_HZ = 20.0, 16_000
TUNES = ((220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6), (164.8, 196.0, 246.9))
NEWS = (
    "The {who} said on {day} that the {what} would be finished before the end of the year.",
    "Traffic on the {what} is moving again after a lorry shed its load early on {day}.",
    "A spokesman for the {who} told reporters that nobody had been hurt in the fire.",
    "In sport, the {who} won by two goals to one in front of a full house on {day}.",
    "The {who} has asked for help with the {what}, which was damaged in the storm.",
    "Doctors at the {who} say that waiting times have fallen since {day}.",
    "Rain will reach the north by {day} evening, with some sunshine in the south.",
    "Shares in the {who} fell back after the news about the {what} on {day}.",
)
WHO = ("council", "hospital trust", "railway company", "home side", "minister", "water board")
WHAT = ("bridge", "new station", "coast road", "town hall", "emergency plan", "old harbour")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def spoken(texts: Iterable[str], voices: Iterable[str], pause_s: float) -> Iterator[AudioClip]:
    """``texts`` in turn by ``voices``, a few sentences a clip, at the rate of the first."""
    makers = [_voice(voice) for voice in voices]
    batch: list[AudioClip] = []
    for text, voice in zip(texts, cycle(makers), strict=False):
        clip = voice(text)
        batch += [clip, silence(pause_s, clip.rate)]
        if len(batch) >= 2 * BATCH:
            yield join(batch, clip.rate)
            batch = []


@cache
def _voice(name: str) -> Callable[[str], AudioClip]:
    return SpeechRenderer(name).render


def music() -> Iterator[AudioClip]:
    """Broken chords, each tune in its own key, again and again."""
    yield from cycle([_tune(2 ** (key / 12)) for key in (0, 3, 5)])


def _tune(key: float) -> AudioClip:
    samples = []
    for n in range(round(MUSIC_S * MUSIC_RATE_HZ)):
        t = n / MUSIC_RATE_HZ
        chord, beat = TUNES[int(t / 2) % len(TUNES)], t % 0.5
        lead = chord[int(t / 0.5) % 3] * 2
        notes = sum(math.sin(2 * math.pi * f * key * t) for f in chord)
        tone = math.sin(2 * math.pi * lead * key * t) + 0.4 * math.sin(4 * math.pi * lead * key * t)
        samples.append(round(1500 * notes + 5000 * math.exp(-5 * beat) * tone))
    return from_samples(samples, MUSIC_RATE_HZ)


def radio(part: str) -> Iterator[AudioClip]:
    tune = resample(_tune(1.0), 22_050)
    news = [
        line.format(who=who, what=what, day=day)
        for who in WHO
        for what in WHAT
        for line, day in zip(NEWS, cycle(DAYS), strict=False)
    ]
    for clip in spoken(cycle(half(news, part)), SPEAKERS, 0.4):
        yield mix(clip, tune, RADIO_SNR_DB)


def half(texts: Sequence[str], part: str) -> Sequence[str]:
    """``first`` or ``second`` half, or ``both``."""
    middle = len(texts) // 2
    return {"first": texts[:middle], "second": texts[middle:], "both": texts}[part]


def read_aloud(part: str) -> Iterator[AudioClip]:
    texts = [s for name in TEXTS for s in sentences((ROOT / name).read_text(encoding="utf-8"))]
    return spoken(cycle(half([t for t in texts if any(map(str.isalpha, t))], part)), READERS, 0.3)


def medical(file: Path, part: str) -> Iterator[AudioClip]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row["utterance"] for row in csv.DictReader(lines, delimiter="\t")]
    return spoken(half(rows, part), CONSULTATION, 1.0)


def people(folder: Path) -> Iterator[AudioClip]:
    for file in sorted(folder.glob("*.wav")):
        clip = read_wav(file)
        yield join([clip, silence(1.0, clip.rate)], clip.rate)


def cut(clips: Iterable[AudioClip], minutes: float) -> Iterator[AudioClip]:
    left = 60 * minutes
    for clip in clips:
        if left <= 0:
            return
        left -= clip.seconds
        yield clip
