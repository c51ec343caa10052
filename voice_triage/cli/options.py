"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from voice_triage.app.settings.kinds import Texts, YesNo
from voice_triage.app.settings.session import Setting


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


def add_settings(parser: argparse.ArgumentParser, settings: Iterable[Setting]) -> None:
    """A flag for each, and ``--settings``. What is not given is missing in the namespace, so that
    variables and the file count; values stay text, so that all sources are checked alike."""
    for setting in settings:
        switch: dict[str, Any] = {"metavar": setting.kind.shown}
        if isinstance(setting.kind, YesNo):
            kept = argparse.BooleanOptionalAction  # off again what the file has on
            switch = {"action": kept if setting.kept else "store_true"}
        if isinstance(setting.kind, Texts):
            switch["action"] = "append"
        default = "" if setting.default in (None, False, ()) else f" (default: {setting.default})"
        parser.add_argument(
            setting.flag,
            dest=setting.field,
            default=argparse.SUPPRESS,
            help=setting.help + default,
            **switch,
        )
    parser.add_argument(
        "--settings", metavar="FILE", help="another settings file (see: voice-triage settings)"
    )


def add_json(parser: argparse.ArgumentParser, what: str, dest: str = "json") -> None:
    parser.add_argument("--json", dest=dest, action="store_true", help=what)
