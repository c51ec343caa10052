"""Sound files and levels."""

from __future__ import annotations

import math
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_triage.errors import AudioFileError
from voice_triage.sound.audio import (
    SILENCE_DBFS,
    AudioClip,
    dbfs,
    from_samples,
    join,
    mix,
    read_wav,
    resample,
    silence,
    speech_dbfs,
    write_wav,
)


def hum(seconds=1.0, rate=16000, peak=8000, frequency=200):
    turns = 2 * math.pi * frequency / rate
    return from_samples(
        (round(peak * math.sin(turns * n)) for n in range(int(seconds * rate))), rate
    )


def write(path, *, channels=1, width=2, rate=16000, frames=b"\0" * 3200):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(frames)
    return path


@given(st.lists(st.integers(-32768, 32767)), st.sampled_from([8000, 16000, 22050, 44100, 48000]))
def test_a_clip_survives_its_wav_file(tmp_path_factory, samples, rate):
    path = tmp_path_factory.mktemp("wav") / "clip.wav"
    clip = from_samples(samples, rate)
    write_wav(path, clip)
    assert read_wav(path) == clip
    assert list(clip.samples) == samples


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"channels": 2}, "has 2 channels"),
        ({"width": 1}, "has 8-bit samples"),
        ({"width": 3}, "has 24-bit samples"),
        ({"rate": 7999}, "sampled at 7999 Hz"),
    ],
)
def test_a_wav_file_of_the_wrong_kind_is_refused_with_advice(tmp_path, options, reason):
    path = write(tmp_path / "odd.wav", **options)
    with pytest.raises(AudioFileError, match=rf"odd\.wav: {reason}.*(sox|Record)"):
        read_wav(path)


def test_telephone_recordings_can_be_read(tmp_path):
    assert read_wav(write(tmp_path / "phone.wav", rate=8000)).rate == 8000


def test_a_floating_point_file_is_refused(tmp_path):
    path = tmp_path / "float.wav"
    form = struct.pack("<HHIIHH", 3, 1, 16000, 64000, 4, 32)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", 0)
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    with pytest.raises(AudioFileError, match="not a 16-bit PCM WAV file"):
        read_wav(path)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"hello, this is text", b"RIFF\0\0\0\0WAVE"])
def test_what_is_no_wav_file_is_refused(tmp_path, content):
    path = tmp_path / "text.wav"
    path.write_bytes(content)
    with pytest.raises(AudioFileError, match="not a 16-bit PCM WAV file"):
        read_wav(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.wav", tmp_path):
        with pytest.raises(AudioFileError, match="cannot be read"):
            read_wav(path)


@given(st.integers(1, 5000), st.floats(0.001, 1.0))
def test_splitting_loses_nothing(length, seconds):
    clip = AudioClip(bytes(n % 256 for n in range(2 * length)), 11025)
    assert b"".join(part.pcm for part in clip.split(seconds)) == clip.pcm


def test_levels():
    assert dbfs(silence(1, 16000).samples) == SILENCE_DBFS
    assert dbfs(AudioClip(b"", 16000).samples) == SILENCE_DBFS
    assert dbfs(hum(peak=32767).samples) == pytest.approx(-3.01, abs=0.01)
    with_pauses = join([silence(2, 16000), hum(), silence(3, 16000)], 16000)
    assert speech_dbfs(with_pauses) == pytest.approx(speech_dbfs(hum()), abs=0.1)


@pytest.mark.parametrize("snr", [20, 10, 5, 0])
def test_noise_is_mixed_at_the_ratio_asked_for(snr):
    speech = join([silence(1, 16000), hum(), silence(1, 16000)], 16000)
    mixed = mix(speech, hum(frequency=997, seconds=0.7), snr, seed=3)
    noise_alone = from_samples(list(mixed.samples)[:8000], 16000)
    assert speech_dbfs(speech) - dbfs(noise_alone.samples) == pytest.approx(snr, abs=0.3)


def test_mixing_is_repeatable_and_the_seed_moves_the_noise():
    noise = from_samples([n * 7919 % 4001 - 2000 for n in range(5000)], 16000)
    assert mix(hum(), noise, 10, seed=1) == mix(hum(), noise, 10, seed=1)
    assert mix(hum(), noise, 10, seed=1) != mix(hum(), noise, 10, seed=2)


def test_loud_mixtures_are_clipped_not_wrapped_around():
    assert max(mix(hum(peak=32000), hum(frequency=50), -20).samples) == 32767


def test_mixing_with_silence_changes_nothing():
    assert mix(hum(), silence(1, 16000), 10) == hum()
    assert mix(AudioClip(b"", 16000), hum(), 10).pcm == b""


@pytest.mark.parametrize("rate", [8000, 22050, 48000])
def test_resampling_keeps_length_and_level(rate):
    other = resample(hum(), rate)
    assert other.seconds == pytest.approx(1.0, abs=0.001)
    assert dbfs(other.samples) == pytest.approx(dbfs(hum().samples), abs=0.2)
