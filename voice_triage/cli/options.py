"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from voice_triage.conversation.state import DEFAULT_RATE_WPM


def add_dialog(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dialog", type=Path, metavar="FILE", help="another dialog file")


def add_today(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the day on which it is said: dates “since Tuesday” (default: today)",
    )


def add_world(parser: argparse.ArgumentParser) -> None:
    """What a simulated session takes place in."""
    add_model(parser)
    add_dialog(parser)
    add_today(parser)
    add_region(parser)


def add_region(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--region", metavar="REGION", help="country for the emergency number: US, UK, EU, …"
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model", metavar="NAME|DIR", help="speech model by name or folder (default: bundled)"
    )


def add_channel(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--channel",
        choices=("text", "speech"),
        default="text",
        help="typed, or spoken by a synthetic voice through the real recogniser",
    )
    parser.add_argument(
        "--noise",
        type=Path,
        metavar="FOLDER",
        help="folder of WAV files to mix in with --snr (default: noise made here)",
    )
    parser.add_argument("--seed", type=int, default=0, help="for the choice of noise")


def add_rate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rate",
        dest="rate_wpm",
        type=int,
        default=DEFAULT_RATE_WPM,
        metavar="WPM",
        help=f"words a minute (default {DEFAULT_RATE_WPM})",
    )


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=what)
