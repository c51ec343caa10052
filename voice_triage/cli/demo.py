"""``voice-triage demo``: a simulated patient answers by synthesised speech."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from voice_triage.app.settings import SessionSettings, session_settings
from voice_triage.app.settings.session import SETTINGS
from voice_triage.cli.options import add_settings
from voice_triage.errors import UsageError
from voice_triage.places import data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--patient", metavar="ID", help="which patient (default: the first)")
    parser.add_argument("--voice", metavar="NAME", default="en-gb", help="the patient's voice")
    add_settings(parser, (setting for setting in SETTINGS if setting.in_demo))


def main(options: argparse.Namespace) -> int:
    return play_demo(session_settings(options), options.patient, options.voice)


def play_demo(
    settings: SessionSettings, patient_id: str | None = None, voice: str = "en-gb"
) -> int:
    """A whole session with a shipped patient: both sides are shown, and heard if possible."""
    from voice_triage.app.journal import JsonLines
    from voice_triage.app.screen.plain import NoScreen, PlainScreen
    from voice_triage.app.settings import choose_region
    from voice_triage.app.wiring import Language, open_player, open_voice
    from voice_triage.hearing.model_store import locate
    from voice_triage.hearing.vosk_model import VoskModel
    from voice_triage.simulation.patient_file import load_patients
    from voice_triage.simulation.sessions import simulate
    from voice_triage.simulation.world import Acoustics, World, patient_voice

    language = Language.load(settings.dialog)
    region = choose_region(language.dialog, settings.region, origin=settings.origin("region"))
    patients = load_patients([data_folder("dialogs") / "demo.en.yaml"], language.dialog)
    chosen = [p for p in patients if patient_id in (None, p.id)]
    if not chosen:
        known = ", ".join(p.id for p in patients)
        raise UsageError(f"--patient {patient_id}: unknown; use one of {known}")
    screen = NoScreen() if settings.json else PlainScreen(sys.stdout)
    journal = JsonLines(sys.stdout, patient=chosen[0].id) if settings.json else None
    model = VoskModel(locate(settings.model))
    player = open_player(settings)
    with closing(player), patient_voice(voice) as render:
        play = None if settings.output == "silent" else lambda clip: player.play([clip])
        world = World(language, region, model, Acoustics(render, play=play))
        with open_voice(player, settings, language.dialog, region, chosen[0].title) as speaking:
            simulate(world, chosen[0], screen, journal=journal, voice=speaking)
    return 0
