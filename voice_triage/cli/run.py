"""``voice-triage run``: talk with a person."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from voice_triage.app.settings import SessionSettings
from voice_triage.app.supervise import supervised
from voice_triage.cli.demo import play_demo
from voice_triage.cli.exits import exit_code_of
from voice_triage.cli.options import add_dialog, add_json, add_model, add_rate, add_region
from voice_triage.errors import AudioDeviceError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--input", default="mic", metavar="mic|keyboard|FILE.wav", help="where answers come from"
    )
    parser.add_argument(
        "--output",
        default="speaker",
        metavar="speaker|silent|FILE.wav",
        help="where speech goes to",
    )
    add_dialog(parser)
    add_model(parser)
    add_rate(parser)
    add_region(parser)
    parser.add_argument(
        "--standby", action="store_true", help="wait for a call or a key, session after session"
    )
    parser.add_argument(
        "--wake",
        action="append",
        default=[],
        metavar="PHRASE",
        help="start a session at standby when this is said (again for more; default: the dialog's)",
    )
    parser.add_argument(
        "--require-mic", action="store_true", help="exit with code 3 if there is no microphone"
    )
    parser.add_argument(
        "--story", action="store_true", help="begin by asking what is wrong, in your own words"
    )
    parser.add_argument("--large-print", action="store_true", help="few words a line, bold")
    parser.add_argument("--microphone", metavar="NAME", help="part of the device's name")
    parser.add_argument("--speaker", metavar="NAME", help="part of the device's name")
    add_json(parser, "events as JSON lines on standard output, and nothing else there")


def main(options: argparse.Namespace) -> int:
    settings = SessionSettings.of(options)
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
