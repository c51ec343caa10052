"""What is installed from a wheel works alone: dialogs and the bundled model are inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """A wheel of this tree, built without a network, unpacked as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    place = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def run_from(place, *arguments, lines=""):
    env = {**os.environ, "PYTHONPATH": str(place)}
    return subprocess.run(
        [sys.executable, "-P", "-m", "voice_triage", *arguments],
        cwd=place,
        env=env,
        input=lines,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_dialogs_and_model_are_inside(unpacked):
    inside = unpacked / "voice_triage"
    for name in (
        "dialogs/upper_back_pain.en.yaml",
        "dialogs/en.yaml",
        "dialogs/demo.en.yaml",
        "models/vosk-triage-en/am/final.mdl",
        "models/reader-en/weights.txt",
        "models/reader-en/word-classes.txt",
        "models/registry.toml",
        "speaking/emergency/call.wav",
    ):
        assert (inside / name).is_file(), name
    assert not (inside / "dialogs" / "replies").exists()  # only training reads them


def test_a_session_runs_from_the_installed_package(unpacked):
    arguments = ("run", "--input", "keyboard", "--output", "silent", "--region", "US")
    done = run_from(unpacked, *arguments, lines="i can't breathe\nokay\n")
    assert done.returncode == 0, done.stderr
    assert "Call 911 now." in done.stdout


@pytest.mark.native
def test_the_bundled_model_is_found_in_the_installed_package(unpacked):
    done = run_from(unpacked, "models", "path")
    assert done.stdout.strip() == str(unpacked / "voice_triage" / "models" / "vosk-triage-en")
    assert run_from(unpacked, "models", "verify").returncode == 0
