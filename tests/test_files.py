"""Whatever file is named, a message says what is wrong with it, soon and without eating memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from voice_triage.content.library import load_dialog
from voice_triage.errors import AudioFileError, UsageError
from voice_triage.files import MOST_TEXT_BYTES, read_bytes, read_text
from voice_triage.sound.audio import read_wav

READERS = [read_text, load_dialog, read_wav]


@pytest.mark.parametrize("read", READERS)
def test_a_device_is_refused(read):
    with pytest.raises(UsageError, match="/dev/zero: cannot be read, it is a device or pipe"):
        read(Path("/dev/zero"))


@pytest.mark.parametrize("read", READERS)
def test_a_pipe_is_refused_and_not_waited_for(read, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match="it is a device or pipe"):
        read(pipe)


@pytest.mark.parametrize("read", READERS)
def test_a_folder_is_refused(read, tmp_path):
    with pytest.raises(UsageError, match="it is a folder"):
        read(tmp_path)


@pytest.mark.parametrize("read", READERS)
def test_a_name_that_no_file_can_have_is_refused(read):
    with pytest.raises(UsageError, match="cannot be read"):
        read(Path("a\0b"))


def test_a_file_is_read_up_to_its_limit(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"x" * 10)
    assert read_bytes(file, 10) == b"x" * 10
    with pytest.raises(UsageError, match="it is too large"):
        read_bytes(file, 9)


def test_a_dialog_beyond_the_limit_says_which_file_and_which_limit(tmp_path):
    file = tmp_path / "large.yaml"
    file.write_text("# " + "x" * MOST_TEXT_BYTES)
    with pytest.raises(
        UsageError, match=r"large.yaml: cannot be read, it is too large; at most 1 MB"
    ):
        load_dialog(file)


def test_a_recording_beyond_the_limit_says_so(tmp_path):
    file = tmp_path / "long.wav"
    with file.open("wb") as sparse:
        sparse.truncate(200_000_000)
    with pytest.raises(
        AudioFileError, match=r"long.wav: cannot be read, it is too large; at most 120 MB"
    ):
        read_wav(file)
