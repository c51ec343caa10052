"""``voice-triage settings``: every setting, and where its value comes from."""

from __future__ import annotations

import argparse
import json
import os

from voice_triage.app.screen.printable import printable
from voice_triage.app.settings import choose_region, session_settings
from voice_triage.app.settings.session import SETTINGS
from voice_triage.app.settings.sources import Chosen, choices, settings_file
from voice_triage.cli.options import add_json, add_settings
from voice_triage.content.library import load_dialog
from voice_triage.errors import EXIT_OK


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_settings(parser, (setting for setting in SETTINGS if setting.kept))
    add_json(parser, "one JSON object per setting", dest="as_json")


def main(options: argparse.Namespace) -> int:
    """Exit code 2 where a session would refuse the settings."""
    settings = session_settings(options)
    choose_region(load_dialog(settings.dialog), settings.region, origin=settings.origin("region"))
    chosen = [choice for choice in choices(options) if choice.setting.kept]
    if options.as_json:
        for choice in chosen:
            print(json.dumps(_event(choice), ensure_ascii=False))
        return EXIT_OK
    file = settings_file(options)
    there = "" if os.path.exists(file) else " (not there)"
    print(printable(f"file: {file}{there}"))
    widest = max(len(choice.setting.name) for choice in chosen)
    for choice in chosen:
        line = f"{choice.setting.name:{widest}}  {_shown(choice.value)}  [{choice.origin}]"
        print(printable(line))
        print(f"{'':{widest}}  {choice.setting.help}; {choice.setting.kind.allowed}")
    return EXIT_OK


def _event(choice: Chosen) -> dict[str, object]:
    value = choice.value
    plain = value if value is None or isinstance(value, bool | int) else str(value)
    return {
        "setting": choice.setting.name,
        "value": plain,
        "origin": choice.origin,
        "variable": choice.setting.variable,
        "allowed": choice.setting.kind.allowed,
    }


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "-" if value is None else str(value)
