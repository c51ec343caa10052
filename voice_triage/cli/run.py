"""``voice-triage run``: talk with a person."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from voice_triage.app.settings import SessionSettings, session_settings
from voice_triage.app.settings.session import SETTINGS
from voice_triage.app.supervise import supervised
from voice_triage.cli.demo import play_demo
from voice_triage.cli.exits import exit_code_of
from voice_triage.cli.options import add_settings
from voice_triage.errors import AudioDeviceError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_settings(parser, SETTINGS)


def main(options: argparse.Namespace) -> int:
    settings = session_settings(options)
    if settings.input != "mic":
        return _session(settings)
    # Only a live microphone is worth a second try: a file would crash in the same place again.
    return supervised(lambda restarted: exit_code_of(lambda: _session(settings, restarted)))


def _session(settings: SessionSettings, restarted: bool = False) -> int:
    from voice_triage.app.live import talk

    if settings.input == "mic":
        try:
            microphone_here(settings)
        except AudioDeviceError as reason:
            if settings.require_mic:
                raise
            print(f"voice-triage: {reason}", file=sys.stderr)
            if not sys.stdin.isatty():
                print("voice-triage: no terminal to type on; playing the demo.", file=sys.stderr)
                return play_demo(settings)
            print("voice-triage: going on by keyboard; type your answers.", file=sys.stderr)
            settings = replace(settings, input="keyboard")
    talk(settings, restarted=restarted)
    return 0


def microphone_here(settings: SessionSettings) -> None:
    """Raise AudioDeviceError unless there is a usable microphone."""
    from voice_triage.sound.microphone import Microphone

    Microphone(settings.microphone)
