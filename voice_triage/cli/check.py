"""``voice-triage check``: all mistakes in dialog files at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from voice_triage.app.screen.printable import printable
from voice_triage.cli.options import add_model
from voice_triage.errors import EXIT_OK, EXIT_USAGE
from voice_triage.review.problems import check_dialogs


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "dialogs", nargs="*", type=Path, metavar="DIALOG", help="dialog files (default: shipped)"
    )
    add_model(parser)


def main(options: argparse.Namespace) -> int:
    problems = check_dialogs(options.dialogs, options.model)
    for problem in problems:
        print(printable(str(problem)))
    if problems:
        print(f"{len(problems)} problems")
        return EXIT_USAGE
    print("no problems")
    return EXIT_OK
