"""``voice-triage run``: talk with a person."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from dataclasses import replace

from voice_triage.app.exits import exit_code_of
from voice_triage.app.guard.last_words import say_last_words
from voice_triage.app.guard.lifeline import Lifeline
from voice_triage.app.guard.lock import OneAtATime
from voice_triage.app.guard.supervisor import EXIT_CRASHED, supervised
from voice_triage.app.live import say_once, talk
from voice_triage.app.settings import SessionSettings, choose_region, session_settings
from voice_triage.app.settings.session import SETTINGS
from voice_triage.cli.demo import play_demo
from voice_triage.cli.options import add_settings
from voice_triage.content.library import load_dialog
from voice_triage.errors import (
    EXIT_INTERNAL,
    AlreadyRunningError,
    AudioDeviceError,
    VoiceTriageError,
)
from voice_triage.speaking.alarm import Recorded
from voice_triage.values import Level

EVERYWHERE = "112"
"""Works on every mobile network; said when not even the dialog with the numbers can be read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_settings(parser, SETTINGS)


def main(options: argparse.Namespace) -> int:
    settings = session_settings(options)
    if settings.input != "mic":
        return _session(settings, Lifeline())
    try:
        _lock = OneAtATime()  # until this process ends
    except AlreadyRunningError:
        say_once(settings, "already_running")
        raise
    # Only a live microphone is worth a second try: a file would crash in the same place again.
    return supervised(
        lambda line: _by_microphone(settings, line), lambda known: _end(settings, known)
    )


def _by_microphone(settings: SessionSettings, line: Lifeline) -> int:
    code = exit_code_of(lambda: _session(settings, line))
    return EXIT_CRASHED if code == EXIT_INTERNAL else code


def _end(settings: SessionSettings, known: str) -> None:
    """The last words of a session that crashes again and again."""
    number = EVERYWHERE
    with suppress(VoiceTriageError):
        dialog = load_dialog(settings.dialog)
        origin = settings.origin("region")
        number = choose_region(dialog, settings.region, origin=origin).emergency_number
    emergency = f'"node": "{Level.EMERGENCY.id}"' in known
    say_last_words(number, Recorded.ALARM if emergency else Recorded.STOPPED)


def _session(settings: SessionSettings, line: Lifeline) -> int:
    if settings.input == "mic":
        line.beat()
        try:
            microphone_here(settings)
        except AudioDeviceError as reason:
            if not sys.stdin or not sys.stdin.isatty():
                if not settings.standby or settings.require_mic:
                    return _without_microphone(settings, reason)
                # A device on a shelf waits until somebody plugs it in.
            elif settings.require_mic:
                raise
            else:
                print(f"voice-triage: {reason}", file=sys.stderr)
                print("voice-triage: going on by keyboard; type your answers.", file=sys.stderr)
                settings = replace(settings, input="keyboard")
    talk(settings, line)
    return 0


def _without_microphone(settings: SessionSettings, reason: AudioDeviceError) -> int:
    """Nobody can answer: say so aloud; where there is no sound either, show what it is like."""
    if not settings.require_mic and not loudspeaker_here(settings):
        what = "no sound on this machine: this is a made-up patient, shown in writing, not heard."
        print(f"voice-triage: {reason}", file=sys.stderr)
        print(f"voice-triage: {what}", file=sys.stderr)
        play_demo(replace(settings, output="silent"))
        print(f"voice-triage: {what}", file=sys.stderr)
        return 0
    say_once(settings, "no_microphone")
    raise reason


def microphone_here(settings: SessionSettings) -> None:
    """Raise AudioDeviceError unless there is a usable microphone."""
    from voice_triage.sound.microphone import Microphone

    _ = Microphone(settings.microphone).device


def loudspeaker_here(settings: SessionSettings) -> bool:
    from voice_triage.sound.player import Loudspeaker

    try:
        return bool(Loudspeaker(settings.speaker).device)
    except AudioDeviceError:
        return False
