"""A recording is never made over a file that is none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from voice_triage.errors import AudioFileError
from voice_triage.sound.audio import read_wav, silence, write_wav
from voice_triage.sound.player import WavRecorder
from voice_triage.sound.recording import recordable


@pytest.mark.parametrize("name", ["speakers", "README.md", "talk", "wav", ".wav"])
def test_a_name_that_is_no_wav_is_refused_and_nothing_made(tmp_path, name):
    with pytest.raises(AudioFileError, match=r"does not end in \.wav"):
        WavRecorder(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"my notes", b"RIFF\0\0\0\0AVI and more", b"R"])
def test_a_file_that_is_no_wav_is_left_as_it_was(tmp_path, content):
    file = tmp_path / "talk.wav"
    file.write_bytes(content)
    with pytest.raises(AudioFileError, match="is no WAV file; it was left as it is"):
        WavRecorder(file)
    assert file.read_bytes() == content


def test_what_is_no_regular_file_is_refused(tmp_path):
    (tmp_path / "folder.wav").mkdir()
    with pytest.raises(AudioFileError, match="no regular file"):
        recordable(tmp_path / "folder.wav")


def test_new_empty_and_earlier_recordings_are_written(tmp_path):
    new, empty, earlier = (tmp_path / f"{name}.WAV" for name in ("new", "empty", "earlier"))
    empty.touch()
    write_wav(earlier, silence(1, 8000))
    for file in (new, empty, earlier):
        WavRecorder(file).close()
        assert read_wav(file).seconds == 0


FULL_DISK = """
import resource, sys
from pathlib import Path
from voice_triage.errors import AudioFileError
from voice_triage.sound.audio import silence
from voice_triage.sound.player import WavRecorder

resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
recorder = WavRecorder(Path(sys.argv[1]))
try:
    recorder.play([silence(1, 22050)])
except AudioFileError as error:
    print(error)
recorder.close()
"""
"""Files may have 10 kB: to a program the same as a disk with that much room."""


def test_a_full_disk_is_told_and_closing_is_no_error(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / "talk.wav")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "talk.wav: cannot be written any further" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")
