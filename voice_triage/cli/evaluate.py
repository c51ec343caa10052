"""``voice-triage evaluate``: safety figures over many patients."""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from voice_triage.app.screen.plain import NoScreen
from voice_triage.app.wiring import Language
from voice_triage.cli.options import add_channel, add_json, add_world
from voice_triage.simulation.figures import report, table
from voice_triage.simulation.patient_file import Patient, load_patients
from voice_triage.simulation.sessions import Simulated, simulate
from voice_triage.simulation.world import simulated_world
from voice_triage.values import Level


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("vignettes", nargs="+", type=Path, metavar="VIGNETTES.yaml")
    add_channel(parser)
    parser.add_argument(
        "--snr",
        type=float,
        metavar="DB",
        action="append",
        help="speech over noise in decibels; repeat for one column each (without: quiet)",
    )
    parser.add_argument(
        "--quiet", action="store_true", help="with --snr: a column without noise as well"
    )
    parser.add_argument(
        "--voice", metavar="NAME", action="append", help="repeat for several voices"
    )
    parser.add_argument("--skip-tag", action="append", default=[], help="leave out these patients")
    parser.add_argument(
        "--level", action="append", choices=[lv.id for lv in Level], help="only these patients"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--misses", action="store_true", help="list what ended otherwise")
    add_world(parser)
    add_json(parser, "figures as one JSON object per column")


def main(options: argparse.Namespace) -> int:
    language = Language.load(options.dialog, options.today)
    count = len(_patients(language, options))  # a broken file is reported before any session
    levels: list[float | None] = list(options.snr or [])
    if options.quiet or not levels:
        levels.insert(0, None)
    reports = []
    for snr_db in levels:
        results = _results(options, snr_db, count)
        name = "quiet" if snr_db is None else f"{snr_db:g} dB"
        if options.channel == "text":
            name = "text"
        reports.append((name, report(results)))
        for result in results if options.misses else ():
            if not result.passed:
                reached = result.level.id if result.level is not None else "nothing"
                wanted = f"expected {result.patient.expect.id}"
                print(f"{name}: {result.patient.id}: {reached}, {wanted}", file=sys.stderr)
    if options.json:
        for name, figures in reports:
            print(json.dumps({"channel": options.channel, "condition": name, **asdict(figures)}))
    else:
        print(table(reports))
    return 0


def _patients(language: Language, options: argparse.Namespace) -> list[Patient]:
    unwanted, wanted = set(options.skip_tag), set(options.level or [lv.id for lv in Level])
    return [
        patient
        for patient in load_patients(options.vignettes, language.dialog)
        if not unwanted & set(patient.tags) and patient.expect.id in wanted
    ]


def _results(options: argparse.Namespace, snr_db: float | None, patients: int) -> list[Simulated]:
    """All patients in all voices; by several processes where more jobs are allowed."""
    voices: list[str | None] = options.voice or [None]
    size = max(1, min(patients, _MOST_AT_ONCE))
    shares = [
        _Share(options, snr_db, voice, start, start + size)
        for voice in voices
        for start in range(0, patients, size)
    ]
    if options.jobs == 1:
        return [result for share in shares for result in _work(share)]
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        return [result for done in pool.map(_work, shares) for result in done]


_MOST_AT_ONCE = 25
"""Sessions between two loadings of the language: enough to make the loading not matter."""


@dataclass(frozen=True, slots=True)
class _Share:
    """A part of the work that one process can do."""

    options: argparse.Namespace
    snr_db: float | None
    voice: str | None
    start: int
    end: int


def _work(share: _Share) -> list[Simulated]:
    language = _language(share.options.dialog, share.options.today)
    patients = _patients(language, share.options)[share.start : share.end]
    with simulated_world(language, share.options, snr_db=share.snr_db, voice=share.voice) as world:
        results = [simulate(world, patient, NoScreen()) for patient in patients]
    return [replace(result, events=()) for result in results]


@cache
def _language(dialog: Path | None, today: date | None) -> Language:
    return Language.load(dialog, today)
