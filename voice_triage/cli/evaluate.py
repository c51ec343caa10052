"""``voice-triage evaluate``: safety figures over many patients."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from voice_triage.cli.options import add_channel, add_dialog, add_json, add_model, add_region
from voice_triage.evaluate import report, table
from voice_triage.screen.plain import NoScreen
from voice_triage.simulate import simulate
from voice_triage.vignettes import load_patients
from voice_triage.wiring import Language, simulated_world


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
    parser.add_argument("--misses", action="store_true", help="list what ended otherwise")
    add_model(parser)
    add_dialog(parser)
    add_region(parser)
    add_json(parser, "figures as one JSON object per column")


def main(options: argparse.Namespace) -> int:
    language = Language.load(options.dialog)
    patients = [
        patient
        for patient in load_patients(options.vignettes, language.dialog)
        if not set(options.skip_tag) & set(patient.tags)
    ]
    levels: list[float | None] = list(options.snr or [])
    if options.quiet or not levels:
        levels.insert(0, None)
    reports = []
    for snr_db in levels:
        results = []
        for voice in options.voice or [None]:
            with simulated_world(language, options, snr_db=snr_db, voice=voice) as world:
                results += [simulate(world, patient, NoScreen()) for patient in patients]
        name = "quiet" if snr_db is None else f"{snr_db:g} dB"
        if options.channel == "text":
            name = "text"
        reports.append((name, report(results)))
        for result in results if options.misses else ():
            if not result.passed:
                reached = result.level.id if result.level is not None else "nothing"
                line = (
                    f"{name}: {result.patient.id}: {reached}, expected {result.patient.expect.id}"
                )
                print(line, file=sys.stderr)
    if options.json:
        for name, figures in reports:
            print(json.dumps({"channel": options.channel, "condition": name, **asdict(figures)}))
    else:
        print(table(reports))
    return 0
