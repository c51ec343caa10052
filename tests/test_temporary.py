"""What a killed process left behind is removed by the next one."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from voice_triage import temporary


def test_folders_of_the_dead_are_removed_and_those_of_the_living_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(temporary, "_MEMORY", tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    dead = tmp_path / f"voice-triage-{process.pid}-abc"
    dead.mkdir()
    (dead / "speech.wav").write_bytes(b"This could be an emergency.")
    foreign = tmp_path / "voice-triage-notes"
    foreign.mkdir()
    with temporary.temporary_folder(in_memory=True) as mine:
        temporary.remove_leftovers()
        assert not dead.exists()
        assert Path(mine).exists()
        assert foreign.exists()


def test_where_there_is_no_memory_folder_the_usual_place_serves(tmp_path, monkeypatch):
    monkeypatch.setattr(temporary, "_MEMORY", tmp_path / "none")
    with temporary.temporary_folder(in_memory=True) as folder:
        assert Path(folder).is_dir()
