"""How often does talk in the room wake the standby, and how often does a person who calls?

    python -m tools.figures.standby [--data DIR] [--part first|second|both] [--minutes N] [--show]

Plays read texts, radio talk over music, medical talk, music, noises and recorded people to the real
ear and the standby, session after session, without devices or waiting; then start phrases, spoken
by several voices in quiet and in each noise at 10 dB; then a quiet room, for the work it takes.
Nobody answers the question but the talk that goes on. Half of the texts were looked at while the
numbers of `app.standby` were chosen (``--part first``), the others not. Medical talk and noises
come from DIR (default: ../shared/data); what is not there is left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from tools.figures import television
from voice_triage.app.standby import Ask, Begin, Calls, Standby, start_phrases
from voice_triage.app.wiring import Language
from voice_triage.errors import SynthesisError
from voice_triage.hearing.model_store import locate
from voice_triage.hearing.vosk_ear import VoskEar
from voice_triage.hearing.vosk_model import VoskModel
from voice_triage.ports import Heard, Hearing, ListenRequest, Source
from voice_triage.simulation.world import patient_voice
from voice_triage.sound.audio import AudioClip, from_samples, join, mix, resample, silence
from voice_triage.sound.noise import noises, room_noise
from voice_triage.sound.source import CHUNK_S, Chunks

ROOT = Path(__file__).resolve().parents[2]
VOICES = ("en-gb", "en-us", "en-gb-scotland", "en-gb-x-rp", "en-us+f3", "en-gb+m3", "piper:joe")
CALL_SNR_DB = 10.0
"""Of a person who calls in noise."""
DANGER = ("i can't breathe", "i have chest pain", "call an ambulance")
MINUTES = 42.0
LEAD_S, TAIL_S = 2.0, 2.0
QUIET_S, QUIET_RATE_HZ = 300.0, 48_000
"""The quiet room: so long, at the rate of most microphones."""


class Stream:
    """A sound source that makes its clips as it goes, and counts the seconds."""

    kind, reliable = Source.WAV, True

    def __init__(self, clips: Iterable[AudioClip]) -> None:
        self._chunks = (chunk for clip in clips for chunk in clip.split(CHUNK_S))
        self.seconds = 0.0

    def turn(self) -> Chunks:
        while chunk := next(self._chunks, None):
            self.seconds += chunk.seconds
            yield chunk

    def close(self) -> None: ...


@dataclass
class Count:
    """What one kind of sound did."""

    kind: str
    talk: bool
    hours: float = 0.0
    sessions: int = 0
    questions: int = 0
    cpu_s: float = 0.0
    """Work of making the sound included."""

    def add(self, other: Count) -> None:
        self.hours += other.hours
        self.sessions += other.sessions
        self.questions += other.questions
        self.cpu_s += other.cpu_s

    def __str__(self) -> str:
        share = self.cpu_s / (3600 * self.hours) if self.hours else 0.0
        counts = f"{self.sessions:9} {self.questions:10}"
        return f"{self.kind:18} {self.hours:6.2f} {counts} {share:10.1%}"


class Room:
    """A device at standby in a room full of sound."""

    def __init__(self, *, show: bool = False) -> None:
        self.language = Language.load()
        self.phrases = start_phrases(self.language.dialog)
        self._calls = Calls(self.phrases, self.language.words, self.language.interpreter)
        self._model = VoskModel(locate(None))
        self._show = show

    def listen(self, kind: str, clips: Iterable[AudioClip], *, talk: bool) -> Count:
        """Wait through all of ``clips``; a session that begins is over at once."""
        count, stream = Count(kind, talk), Stream(clips)

        def ask() -> None:
            count.questions += 1

        ear = _Shown(self._ear(stream)) if self._show else self._ear(stream)
        standby = self._standby(ask, stream)
        began = time.process_time()
        while standby.wait(ear) is not None:
            count.sessions += 1
            if isinstance(ear, _Shown):
                print(f"  {kind}, {stream.seconds:.0f} s: {ear.lately}", flush=True)
        count.cpu_s, count.hours = time.process_time() - began, stream.seconds / 3600
        return count

    def call(self, clip: AudioClip) -> Begin | Ask | None:
        """What the first call in ``clip`` leads to."""
        asked: list[Ask] = []
        stream = Stream([clip])
        begun = self._standby(lambda: asked.append(Ask()), stream).wait(self._ear(stream))
        return begun or (asked[0] if asked else None)

    def _ear(self, source: Stream) -> VoskEar:
        return VoskEar(source, self._model, is_danger=self.language.interpreter.is_danger)

    def _standby(self, ask: Callable[[], None], stream: Stream) -> Standby:
        answers = self.language.words.short_answers
        return Standby(self._calls, self.phrases, answers, ask=ask, clock=lambda: stream.seconds)


class _Shown:
    """An ear whose latest words can be told."""

    def __init__(self, ear: VoskEar) -> None:
        self._ear = ear
        self.lately: list[str] = []

    def listen(self, request: ListenRequest) -> Hearing:
        hearing = self._ear.listen(request)
        if isinstance(hearing, Heard):
            said = f"{hearing.text} ({hearing.quiet_before_s:.1f} s)"
            self.lately = [*self.lately[-1:], said]
        return hearing

    def close(self) -> None:
        self._ear.close()


def talk(room: Room, data: Path, part: str, minutes: float) -> Iterator[Count]:
    """The rows of the table; ``minutes`` of each kind of talk, a third of it of music and noise."""
    patients = data / "primock57" / "patients.tsv"
    kinds = [
        ("read texts", television.read_aloud(part)),
        ("radio over music", television.radio(part)),
    ]
    if patients.is_file():
        kinds.append(("medical talk", television.medical(patients, part)))
    if (data / "speech").is_dir():
        kinds.append(("recorded people", television.people(data / "speech")))
    for kind, clips in kinds:
        yield room.listen(kind, television.cut(clips, minutes), talk=True)
    yield room.listen("music", television.cut(television.music(), minutes / 3), talk=False)
    for noise in _noises(data):
        clips = television.cut(repeat(noise), minutes / 21)
        yield room.listen("noises", clips, talk=False)


def _noises(data: Path) -> tuple[AudioClip, ...]:
    folder = data / "noise"
    return noises(folder) if folder.is_dir() else (room_noise(0),)


def detection(room: Room, data: Path, texts: tuple[str, ...]) -> Iterator[str]:
    """How many calls begin a session, and how many ask for one, by voice, in quiet and noise."""
    conditions: tuple[AudioClip | None, ...] = (None, *_noises(data))
    for name, some in (("quiet", conditions[:1]), (f"{CALL_SNR_DB:g} dB", conditions[1:])):
        total: Counter[str] = Counter()
        for voice in VOICES:
            counts: Counter[str] = Counter()
            try:
                with patient_voice(voice) as render:
                    for text in texts:
                        clip = render(text)
                        lead, tail = (silence(s, clip.rate) for s in (LEAD_S, TAIL_S))
                        clip = join([lead, clip, tail], clip.rate)
                        for seed, noise in enumerate(some):
                            heard = (
                                clip if noise is None else mix(clip, noise, CALL_SNR_DB, seed=seed)
                            )
                            counts[type(room.call(heard)).__name__] += 1
            except SynthesisError:
                continue
            yield f"  {name:6} {voice:15} {_share(counts)}"
            total += counts
        yield f"  {name:6} {'all':15} {_share(total)}"


def _share(counts: Counter[str]) -> str:
    begun, asked, all_ = counts["Begin"], counts["Ask"], counts.total()
    return f"{begun} of {all_} begin a session ({begun / all_:.0%}), {asked} more are asked about"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    arguments.add_argument("--part", choices=("first", "second", "both"), default="both")
    arguments.add_argument("--minutes", type=float, default=MINUTES, help="of each kind of talk")
    arguments.add_argument("--show", action="store_true", help="print the words that woke it")
    options = arguments.parse_args()
    room = Room(show=options.show)
    print(f"{'sound':18}  hours  sessions  questions  CPU share")
    counts = []
    for count in talk(room, options.data, options.part, options.minutes):
        counts.append(count)
        print(count, flush=True)
    for name, some in (
        ("all talk", [c for c in counts if c.talk]),
        ("music and noise", [c for c in counts if not c.talk]),
    ):
        whole = Count(name, True)
        for count in some:
            whole.add(count)
        print(whole)
        hours = whole.hours or 1.0
        rates = whole.sessions / hours, whole.questions / hours
        print(f"  an hour: {rates[0]:.2f} sessions, {rates[1]:.1f} questions")
    for what, texts in (("start phrases", room.phrases), ("danger words alone", DANGER)):
        print(what)
        for line in detection(room, options.data, texts):
            print(line, flush=True)
    hiss = resample(room_noise(1), QUIET_RATE_HZ)
    hiss = from_samples((s // 100 for s in hiss.samples), QUIET_RATE_HZ)
    print(room.listen("a quiet room", television.cut(repeat(hiss), QUIET_S / 60), talk=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
