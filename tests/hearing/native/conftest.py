"""The bundled model, loaded once, and recordings of real people where they lie beside the tree."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from voice_triage.hearing.model_store import locate
from voice_triage.sound.audio import read_wav
from voice_triage.speaking.renderer import SpeechRenderer

BESIDE_THE_TREE = Path(__file__).resolve().parents[4] / "shared" / "data"
DATA = Path(os.environ.get("VOICE_TRIAGE_SHARED") or BESIDE_THE_TREE)


@pytest.fixture(scope="session")
def model():
    pytest.importorskip("vosk")
    from voice_triage.hearing.vosk_model import VoskModel

    return VoskModel(locate())


@pytest.fixture(scope="session")
def say():
    """Words to sound by espeak-ng: proves plumbing and vocabulary, not accuracy on people."""
    renderer = SpeechRenderer("en-us")
    yield renderer.render
    renderer.close()


@pytest.fixture(scope="session")
def noises():
    folder = DATA / "noise"
    if not folder.is_dir():
        pytest.skip(f"no recordings of noise in {folder}")
    return {path.stem: read_wav(path) for path in sorted(folder.glob("*.wav"))}


@pytest.fixture(scope="session")
def recordings():
    """(word, clip) of short words said by real people."""
    manifest = DATA / "speech" / "manifest.tsv"
    if not manifest.is_file():
        pytest.skip(f"no recordings of people: {manifest} is missing")
    with manifest.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(r["transcript"], read_wav(manifest.parent / r["file"])) for r in rows]
