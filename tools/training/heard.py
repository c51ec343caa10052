"""What the ear makes of the labelled replies: training material for the reader, beside the words.

Every reply is spoken once by a synthetic voice, in quiet or in noise (picked at random, but always
the same for the same reply), and decoded with any words, as a session does. The noise is made here
(from hiss to hum), so that the recordings in ../shared/data stay unseen.

    python -m tools.training.heard dialogs/replies/a.tsv …      writes dialogs/replies/heard/a.tsv

A file is left alone where it is newer than its replies. Takes about 4 minutes a file and core.
"""

from __future__ import annotations

import argparse
import csv
import random
import subprocess
import zlib
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from voice_triage.hearing.model_store import locate
from voice_triage.hearing.recognised import HeardWord, wording
from voice_triage.hearing.vosk_model import Pause, VoskModel
from voice_triage.sound.audio import AudioClip, decode_wav, mix, resample, silence
from voice_triage.sound.noise import room_noise

ACCENTS = (
    *("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd"),
    *("en-029", "en-us-nyc"),
)
VARIANTS = ("", "+f1", "+f2", "+f3", "+f4", "+f5", "+m1", "+m3", "+m4", "+m7")
RATES_WPM = (120, 195)
SNRS_DB = (None, None, 20, 15, 10, 7)
"""Speech over noise in decibels, each as likely; None is quiet."""
_LEAD_S, _TAIL_S = 0.3, 0.8
_CHUNK_S = 0.1
SMOOTHINGS = (0.0, 0.6, 0.9, 0.97)
"""From hiss to hum: the share of each sample that comes from the one before."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("replies", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    for path in options.replies:
        target = path.parent / "heard" / path.name
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        work = [(row["id"], row["reply"]) for row in rows]
        with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
            lines = list(pool.map(_hear, work, chunksize=20))
        target.parent.mkdir(exist_ok=True)
        header = "id\tvoice\tsnr\theard\n"
        target.write_text(header + "".join(lines), encoding="utf-8")
        print(f"{target}: {len(lines)} replies heard", flush=True)


def _hear(work: tuple[str, str]) -> str:
    reply_id, words = work
    chance = random.Random(zlib.crc32(reply_id.encode()))
    voice = chance.choice(ACCENTS) + chance.choice(VARIANTS)
    clip = _spoken(words, voice, chance.randint(*RATES_WPM))
    lead, tail = (silence(s, clip.rate) for s in (_LEAD_S, _TAIL_S))
    clip = AudioClip(lead.pcm + clip.pcm + tail.pcm, clip.rate)
    snr_db = chance.choice(SNRS_DB)
    if snr_db is not None:
        noise = _noise(chance.choice(SMOOTHINGS), clip.rate)
        clip = mix(clip, noise, snr_db, seed=chance.randrange(2**31))
    snr = "quiet" if snr_db is None else str(snr_db)
    return f"{reply_id}\t{voice}\t{snr}\t{_decoded(clip)}\n"


def _spoken(words: str, voice: str, rate_wpm: int) -> AudioClip:
    command = ["espeak-ng", "-v", voice, "-s", str(rate_wpm), "--stdout"]
    made = subprocess.run(command, input=words.encode(), capture_output=True, check=True).stdout
    # Written to a pipe, the header's lengths are unknown: put the true ones in.
    sizes = (len(made) - 8).to_bytes(4, "little"), (len(made) - 44).to_bytes(4, "little")
    return decode_wav(made[:4] + sizes[0] + made[8:40] + sizes[1] + made[44:], words)


@cache
def _noise(smoothing: float, rate: int) -> AudioClip:
    return resample(room_noise(0, smoothing), rate)


@cache
def _model() -> VoskModel:
    return VoskModel(locate())


def _decoded(clip: AudioClip) -> str:
    model = _model()
    listener = model.recogniser(clip.rate, (), Pause.STORY)
    words: list[HeardWord] = []
    for chunk in clip.split(_CHUNK_S):
        if listener.feed(chunk.pcm):
            words += listener.words()
    words += listener.finish()
    return wording(words, not_words={model.unknown_token})


if __name__ == "__main__":
    main()
