"""Table of how many recorded words of real people are understood, and how many wrong ones accepted.

    python -m tools.figures.clips [--data DIR] [--model NAME|DIR] [--snr DB]... [--no-veto]

Reads DIR/speech (manifest.tsv) and DIR/noise (default: ../shared/data). Each clip goes through the
ear of the program, as a question for a number (digits) or for yes or no (command words) listens.
Only the whole word counts. With ``--no-veto`` the list that listens along makes numbers only, and
takes no short answer away.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from voice_triage.content.library import load_words
from voice_triage.hearing.model_store import locate
from voice_triage.hearing.vosk_ear import VoskEar
from voice_triage.hearing.vosk_model import VoskModel
from voice_triage.ports import Heard, Hearing, ListenRequest
from voice_triage.sound.audio import AudioClip, join, mix, read_wav, silence
from voice_triage.sound.wav_source import WavSource

ROOT = Path(__file__).resolve().parents[2]

DIGITS = "zero one two three four five six seven eight nine"
COMMANDS = "yes no stop go on off up down left right"
TAIL_S = 1.0
"""NoInput after each clip: the person waits for the reply."""


@dataclass(frozen=True)
class Clip:
    word: str
    sound: AudioClip


class Bench:
    """Plays sounds to the ear and counts; keeps count of the time spent."""

    def __init__(self, model: VoskModel, noises: dict[str, AudioClip], *, veto: bool) -> None:
        self.model, self.noises = model, noises
        words = load_words("en")
        self._answers, self._numbers = words.short_answers if veto else (), words.number_words()
        self.sound_s = self.work_s = 0.0

    def hear(self, sound: AudioClip, *, numbers: bool) -> Hearing:
        request = ListenRequest(
            short_answers=self._answers, numbers=self._numbers if numbers else ()
        )
        whole = join([sound, silence(TAIL_S, sound.rate)], sound.rate)
        began = time.perf_counter()
        ear = VoskEar(WavSource(whole), self.model, is_danger=lambda text: False)
        hearing = ear.listen(request)
        self.work_s += time.perf_counter() - began
        self.sound_s += whole.seconds
        return hearing

    def heard(self, clips: Iterable[Clip], snr: float | None, *, numbers: bool) -> list[str]:
        """Per clip: what was heard, empty for nothing."""
        heard, sounds = [], list(self.noises.values())
        for number, clip in enumerate(clips):
            sound = clip.sound
            if snr is not None:
                sound = mix(sound, sounds[number % len(sounds)], snr, seed=number)
            hearing = self.hear(sound, numbers=numbers)
            heard.append(hearing.text if isinstance(hearing, Heard) else "")
        return heard


def table(bench: Bench, clips: list[Clip], snrs: list[float], say: Callable[[str], None]) -> None:
    digits = [c for c in clips if c.word in DIGITS.split()]
    commands = [c for c in clips if c.word in COMMANDS.split()]
    say(f"{'condition':<12}{'digits':>12}{'commands':>12}{'yes, no':>12}{'other as no':>14}")
    say(f"{'':<12}{'right wrong':>12}{'right wrong':>12}{'right':>12}")
    for snr in (None, *snrs):
        row = f"{'quiet' if snr is None else f'{snr:g} dB':<12}"
        for kind, numbers in ((digits, True), (commands, False)):
            heard = bench.heard(kind, snr, numbers=numbers)
            right = sum(h == c.word for h, c in zip(heard, kind, strict=True))
            wrong = sum(h not in ("", c.word) for h, c in zip(heard, kind, strict=True))
            row += f"{right:>4}/{len(kind)} {wrong:>4}"
        answers = [(c.word, h) for c, h in zip(commands, heard, strict=True)]
        right = sum(word == h for word, h in answers if word in ("yes", "no"))
        row += f"{right:>9}/{sum(word in ('yes', 'no') for word, _ in answers)}"
        row += f"{sum(h in ('no', 'nope') and word != 'no' for word, h in answers):>14}"
        say(row)


def alone(bench: Bench, say: Callable[[str], None]) -> int:
    """Noise and silence with nobody speaking: how often something was heard."""
    ghosts = 0
    for name, sound in {"silence": silence(5.0, 16000), **bench.noises}.items():
        for numbers in (False, True):
            hearing = bench.hear(sound, numbers=numbers)
            if isinstance(hearing, Heard):
                ghosts += 1
                say(f"{name}: {hearing.text!r}")
    return ghosts


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--model")
    parser.add_argument("--snr", type=float, action="append")
    parser.add_argument("--no-veto", action="store_true")
    args = parser.parse_args()
    speech = args.data / "speech"
    with (speech / "manifest.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    clips = [Clip(r["transcript"], read_wav(speech / r["file"])) for r in rows]
    noises = {p.stem: read_wav(p) for p in sorted((args.data / "noise").glob("*.wav"))}
    bench = Bench(VoskModel(locate(args.model)), noises, veto=not args.no_veto)
    table(bench, clips, args.snr or [20.0, 10.0, 5.0], print)
    print(f"heard in silence and {len(noises)} noises alone: {alone(bench, print)}")
    print(f"real-time factor: {bench.work_s / bench.sound_s:.3f}")


if __name__ == "__main__":
    main()
