"""Table of how many recorded words of real people are understood, and how many wrong ones accepted.

    .venv/bin/python -m tools.clips [--data DIR] [--model NAME|DIR] [--snr DB]... [--plain]

Reads DIR/speech (manifest.tsv) and DIR/noise (default: ../shared/data). Each clip goes through the
ear of the program with the ten words of its kind as the grammar; digits are also played into the
grammar of the ten command words, where nothing is the right answer. Only a whole phrase counts.
``--plain`` leaves out the decoys, to show what they do.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from voice_triage.model_store import locate
from voice_triage.ports import Heard, Hearing, ListenRequest
from voice_triage.speech.audio import AudioClip, join, mix, read_wav, silence
from voice_triage.speech.decoys import DECOYS
from voice_triage.speech.vosk_ear import VoskEar
from voice_triage.speech.vosk_model import VoskModel
from voice_triage.speech.wav_source import WavSource

ROOT = Path(__file__).resolve().parent.parent

DIGITS = "zero one two three four five six seven eight nine"
COMMANDS = "yes no stop go on off up down left right"
YES_NO = "yes|no|yeah|yes i do|no i don't|i don't know|not sure|repeat|go back|stop|help me"
DANGER = (
    "i can't breathe|chest pain|i fainted|heart attack|call an ambulance|emergency|stroke|"
    "i'm going to faint|coughing blood|i can't move my legs"
)
TAIL_S = 1.0
"""Silence after each clip: the person waits for the reply."""


@dataclass(frozen=True)
class Clip:
    word: str
    sound: AudioClip


def words(text: str, separator: str = " ") -> tuple[str, ...]:
    return tuple(text.split(separator))


class Bench:
    """Plays sounds to the ear and counts; keeps count of the time spent."""

    def __init__(self, model: VoskModel, noises: dict[str, AudioClip], plain: bool) -> None:
        self.model, self.noises = model, noises
        self.decoys = () if plain else DECOYS
        self.sound_s = self.work_s = 0.0

    def hear(self, sound: AudioClip, phrases: tuple[str, ...], danger: str = "") -> Hearing:
        request = ListenRequest(None, phrases, words(danger, "|") if danger else ())
        whole = join([sound, silence(TAIL_S, sound.rate)], sound.rate)
        began = time.perf_counter()
        hearing = VoskEar(WavSource(whole), self.model, decoys=self.decoys).listen(request)
        self.work_s += time.perf_counter() - began
        self.sound_s += whole.seconds
        return hearing

    def accepted(self, clips: Iterable[Clip], grammar: str, snr: float | None) -> list[str | None]:
        """Per clip: the word of the grammar that was accepted, or None."""
        phrases, heard = words(grammar), []
        sounds = list(self.noises.values())
        for number, clip in enumerate(clips):
            sound = clip.sound
            if snr is not None:
                sound = mix(sound, sounds[number % len(sounds)], snr, seed=number)
            hearing = self.hear(sound, phrases)
            text = hearing.text if isinstance(hearing, Heard) else None
            heard.append(text if text in phrases else None)
        return heard


def table(bench: Bench, clips: list[Clip], snrs: list[float], say: Callable[[str], None]) -> None:
    digits = [c for c in clips if c.word in words(DIGITS)]
    commands = [c for c in clips if c.word in words(COMMANDS)]
    say(f"{'condition':<12}{'digits':>12}{'commands':>12}{'digits as':>13}{'commands as':>13}")
    say(f"{'':<12}{'right wrong':>12}{'right wrong':>12}{'commands':>13}{'digits':>13}")
    for snr in (None, *snrs):
        row = f"{'quiet' if snr is None else f'{snr:g} dB':<12}"
        for kind, grammar in ((digits, DIGITS), (commands, COMMANDS)):
            heard = bench.accepted(kind, grammar, snr)
            right = sum(h == c.word for h, c in zip(heard, kind, strict=True))
            wrong = sum(h not in (None, c.word) for h, c in zip(heard, kind, strict=True))
            row += f"{right:>4}/{len(kind)} {wrong:>4}"
        for kind, grammar in ((digits, COMMANDS), (commands, DIGITS)):
            false = sum(h is not None for h in bench.accepted(kind, grammar, snr))
            row += f"{false:>10}/{len(kind)}"
        say(row)


def alone(bench: Bench, say: Callable[[str], None]) -> int:
    """Noise and silence with nobody speaking: how often something was answered."""
    answers = 0
    for name, sound in {"silence": silence(5.0, 16000), **bench.noises}.items():
        for grammar, danger in ((YES_NO, DANGER), (DIGITS.replace(" ", "|"), ""), (DANGER, DANGER)):
            hearing = bench.hear(sound, words(grammar, "|"), danger)
            if isinstance(hearing, Heard):
                answers += 1
                say(f"{name}: {hearing.text!r}")
    return answers


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--model")
    parser.add_argument("--snr", type=float, action="append")
    parser.add_argument("--plain", action="store_true")
    args = parser.parse_args()
    speech = args.data / "speech"
    with (speech / "manifest.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    clips = [Clip(r["transcript"], read_wav(speech / r["file"])) for r in rows]
    noises = {p.stem: read_wav(p) for p in sorted((args.data / "noise").glob("*.wav"))}
    bench = Bench(VoskModel(locate(args.model)), noises, args.plain)
    table(bench, clips, args.snr or [20.0, 10.0, 5.0], print)
    print(f"answers to silence and {len(noises)} noises alone: {alone(bench, print)}")
    print(f"real-time factor: {bench.work_s / bench.sound_s:.3f}")


if __name__ == "__main__":
    main()
