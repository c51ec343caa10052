"""The world in which simulated patients live: the language, and how they sound."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache

from voice_triage.app.settings import choose_region
from voice_triage.app.wiring import Language
from voice_triage.content.dialog import Region
from voice_triage.errors import UsageError
from voice_triage.hearing.vosk_model import VoskModel
from voice_triage.sound.audio import AudioClip


@dataclass(frozen=True, slots=True)
class Acoustics:
    """How a speaking patient sounds."""

    render: Callable[[str], AudioClip]
    """Words to sound, in the patient's voice."""
    noises: tuple[AudioClip, ...] = ()
    snr_db: float | None = None
    """Speech level over noise level in decibels; None is quiet."""
    seed: int = 0
    play: Callable[[AudioClip], None] | None = None
    """Lets the patient be heard as well (the demo)."""


@dataclass(frozen=True, slots=True)
class World:
    """What every simulated session shares."""

    language: Language
    region: Region
    model: VoskModel | None = None
    acoustics: Acoustics | None = None


@contextmanager
def simulated_world(
    language: Language, options: argparse.Namespace, *, snr_db: float | None, voice: str | None
) -> Iterator[World]:
    """The world for simulate and evaluate; speech parts are made only for the speech channel."""
    region = choose_region(language.dialog, options.region)
    world = World(language, region)
    if options.channel == "text":
        if snr_db is not None or voice is not None:
            raise UsageError("--snr and --voice need --channel speech")
        yield world
        return
    from voice_triage.hearing.model_store import locate
    from voice_triage.hearing.vosk_model import VoskModel
    from voice_triage.sound.noise import noises

    background = noises(options.noise)
    model = VoskModel(locate(options.model, language.dialog.language))
    with patient_voice(voice) as render:
        acoustics = Acoustics(render, background, snr_db, seed=options.seed)
        yield replace(world, model=model, acoustics=acoustics)


@contextmanager
def patient_voice(name: str | None) -> Iterator[Callable[[str], AudioClip]]:
    """Words to sound in the voice ``name``; what was rendered once is kept."""
    from voice_triage.speaking.renderer import SpeechRenderer

    if name is not None and name.startswith("piper:"):
        from voice_triage.speaking.neural import neural_voice

        yield neural_voice(name.removeprefix("piper:"))  # says it anew each time, as people do
        return
    renderer = SpeechRenderer(name)
    try:
        yield cache(renderer.render)
    finally:
        renderer.close()
