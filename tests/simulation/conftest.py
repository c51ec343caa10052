"""Worlds for simulated patients: typed, and spoken through the real recogniser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from voice_triage.app.wiring import Language
from voice_triage.hearing.model_store import locate
from voice_triage.hearing.vosk_model import VoskModel
from voice_triage.simulation.patient_file import load_patients
from voice_triage.simulation.world import Acoustics, World, patient_voice
from voice_triage.sound.noise import noises

VIGNETTES = Path(__file__).parents[1] / "corpus" / "vignettes"


@pytest.fixture(scope="session")
def world():
    language = Language.load()
    region = language.dialog.regions["UK"]
    return World(language, region)


@pytest.fixture(scope="session")
def spoken_world(world):
    """A function from (voice, decibels of speech over noise) to a world that is heard."""
    model = VoskModel(locate())
    open_voices = {}

    def make(voice, snr_db):
        if voice not in open_voices:
            manager = patient_voice(voice)
            open_voices[voice] = (manager, manager.__enter__())
        render = open_voices[voice][1]
        return replace(world, model=model, acoustics=Acoustics(render, noises(None), snr_db))

    yield make
    for manager, _ in open_voices.values():
        manager.__exit__(None, None, None)


def vignettes(*names):
    """Patients of the corpus files with these names."""
    language = Language.load()
    return load_patients([VIGNETTES / f"{name}.yaml" for name in names], language.dialog)
