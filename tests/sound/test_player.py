"""Where speech goes to: recordings of a session."""

from __future__ import annotations

import wave

import pytest

from voice_triage.errors import AudioFileError
from voice_triage.sound.audio import (
    read_wav,
    silence,
)
from voice_triage.sound.earcons import Earcon, tone
from voice_triage.sound.player import LEAD_IN_S, WavRecorder


def test_a_recording_of_the_session_is_a_valid_file_after_every_clip(tmp_path):
    path = tmp_path / "session.wav"
    recorder = WavRecorder(path)
    assert read_wav(path).seconds == 0
    recorder.play([tone(Earcon.LISTENING, 22050)])
    first = read_wav(path).seconds  # as after a Ctrl-C: nobody closed it
    assert first == pytest.approx(LEAD_IN_S + 0.12, abs=0.01)
    recorder.play([tone(Earcon.EMERGENCY, 16000), silence(1, 22050)])
    with wave.open(str(path)) as file:
        assert file.getframerate() == 22050
        alarm = tone(Earcon.EMERGENCY, 16000).seconds
        assert file.getnframes() / 22050 == pytest.approx(first + LEAD_IN_S + alarm + 1, abs=0.01)
    recorder.close()


def test_a_recording_in_a_place_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(AudioFileError, match="cannot be written"):
        WavRecorder(tmp_path / "none" / "session.wav")
