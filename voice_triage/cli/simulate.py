"""``voice-triage simulate``: sessions with patients from files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from voice_triage.app.journal import JsonLines
from voice_triage.app.screen.plain import NoScreen, PlainScreen
from voice_triage.app.wiring import Language
from voice_triage.cli.options import add_channel, add_json, add_world
from voice_triage.simulation.patient_file import load_patients
from voice_triage.simulation.sessions import simulate
from voice_triage.simulation.world import simulated_world


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("patients", nargs="+", type=Path, metavar="PATIENT.yaml")
    add_channel(parser)
    parser.add_argument("--snr", type=float, metavar="DB", help="speech over noise, in decibels")
    parser.add_argument("--voice", metavar="NAME", help="the patient's voice, e.g. en-gb")
    parser.add_argument("--story", action="store_true", help="begin with the open question")
    add_world(parser)
    add_json(parser, "events as JSON lines, each with the patient's id")


def main(options: argparse.Namespace) -> int:
    """Exit code 0 whether or not the levels are as expected: the figures are evaluate's."""
    language = Language.load(options.dialog, options.today)
    patients = load_patients(options.patients, language.dialog)
    screen = NoScreen() if options.json else PlainScreen(sys.stdout)
    with simulated_world(language, options, snr_db=options.snr, voice=options.voice) as world:
        results = []
        for patient in patients:
            journal = JsonLines(sys.stdout, patient=patient.id) if options.json else None
            if not options.json:
                print(f"== {patient.id}: {patient.title}")
            result = simulate(world, patient, screen, journal=journal, story=options.story)
            results.append(result)
            if not options.json:
                reached = result.level.id if result.level is not None else "no outcome"
                verdict = "as expected" if result.passed else f"EXPECTED {patient.expect.id}"
                print(f"== {patient.id}: {reached}, {verdict}, {result.questions} questions\n")
    passed = sum(r.passed for r in results)
    print(f"{passed} of {len(results)} as expected", file=sys.stderr)
    return 0
