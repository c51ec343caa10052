"""``voice-triage graph``: draw a dialog for review."""

from __future__ import annotations

import argparse

from voice_triage.cli.options import add_dialog
from voice_triage.content.library import load_dialog
from voice_triage.review.drawing import mermaid, svg


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_dialog(parser)
    parser.add_argument("--format", choices=("mermaid", "svg"), default="mermaid")


def main(options: argparse.Namespace) -> int:
    dialog = load_dialog(options.dialog)
    print(mermaid(dialog) if options.format == "mermaid" else svg(dialog))
    return 0
