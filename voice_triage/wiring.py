"""Puts the parts together for the commands: language, ear, voice and the world of a simulation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from voice_triage.core.dialog import Dialog, Region
from voice_triage.errors import AudioDeviceError, UsageError
from voice_triage.library import load_dialog, load_weights, load_words
from voice_triage.ports import Voice
from voice_triage.settings import SessionSettings, choose_region
from voice_triage.simulate import Acoustics, SilentVoice, World
from voice_triage.understanding.interpreter import Interpreter
from voice_triage.understanding.words import Words

if TYPE_CHECKING:  # speech parts are imported where they are made: typing needs none of them
    from voice_triage.speech.audio import AudioClip
    from voice_triage.speech.player import Player


@dataclass(frozen=True, slots=True)
class Language:
    """A dialog with the words that belong to it."""

    dialog: Dialog
    words: Words
    interpreter: Interpreter

    @classmethod
    def load(cls, dialog_file: Path | None = None, today: date | None = None) -> Language:
        """``today`` (by default the machine's) dates “since Tuesday”.

        Raises DialogError with all problems of a file, ModelError where there is no reader.
        """
        dialog = load_dialog(dialog_file)
        words = load_words(dialog.language)
        weights = load_weights(dialog.language)
        return cls(dialog, words, Interpreter(dialog, words, weights, today or date.today()))

    def world(self, region: Region) -> World:
        """The world of typed simulations."""
        return World(self.dialog, self.words, self.interpreter, region)


@contextmanager
def simulated_world(
    language: Language, options: argparse.Namespace, *, snr_db: float | None, voice: str | None
) -> Iterator[World]:
    """The world for simulate and evaluate; speech parts are made only for the speech channel."""
    region = choose_region(language.dialog, options.region)
    world = language.world(region)
    if options.channel == "text":
        if snr_db is not None or voice is not None:
            raise UsageError("--snr and --voice need --channel speech")
        yield world
        return
    from voice_triage.model_store import locate
    from voice_triage.speech.noise import noises
    from voice_triage.speech.vosk_model import VoskModel

    background = noises(options.noise)
    model = VoskModel(locate(options.model))
    with patient_voice(voice) as render:
        acoustics = Acoustics(render, background, snr_db, seed=options.seed)
        yield replace(world, model=model, acoustics=acoustics)


@contextmanager
def patient_voice(name: str | None) -> Iterator[Callable[[str], AudioClip]]:
    """Words to sound in the voice ``name``; what was rendered once is kept."""
    from voice_triage.speech.renderer import SpeechRenderer

    if name is not None and name.startswith("piper:"):
        from voice_triage.speech.neural import neural_voice

        yield neural_voice(name.removeprefix("piper:"))  # says it anew each time, as people do
        return
    renderer = SpeechRenderer(name)
    try:
        yield cache(renderer.render)
    finally:
        renderer.close()


def open_player(settings: SessionSettings) -> Player:
    """Where speech goes to; silent, with a notice, where there is no loudspeaker."""
    from voice_triage.speech.player import Loudspeaker, SilentPlayer, WavRecorder

    if settings.output == "silent":
        return SilentPlayer()
    if settings.output != "speaker":
        return WavRecorder(Path(settings.output))
    try:
        return Loudspeaker(settings.speaker)
    except AudioDeviceError as error:
        print(f"voice-triage: {error}", file=sys.stderr)
        print("voice-triage: going on without sound; please read the screen.", file=sys.stderr)
        return SilentPlayer()


def _voice_name(region: Region) -> str:
    """A voice whose accent people of the region are used to."""
    return "en-us" if region.id in ("US", "CA", "en-US") else "en-gb"


@contextmanager
def open_voice(
    player: Player, settings: SessionSettings, region: Region, first_words: str
) -> Iterator[Voice]:
    """A voice on ``player``. Raises SynthesisError now, not in mid-session, if there is none.

    ``first_words`` are made ready at once, which is also the proof that synthesis works.
    """
    from voice_triage.speech.player import SilentPlayer
    from voice_triage.speech.renderer import SpeechRenderer
    from voice_triage.speech.voice import SpeakingVoice

    if isinstance(player, SilentPlayer):
        yield SilentVoice()
        return
    renderer = SpeechRenderer(_voice_name(region))
    try:
        voice = SpeakingVoice(renderer, player, rate=settings.rate_wpm)
        voice.make_ready(first_words)
        yield voice
        voice.close()
    finally:
        renderer.close()
