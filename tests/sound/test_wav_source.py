"""Recorded sound as a microphone."""

from __future__ import annotations

from contextlib import closing

from voice_triage.sound.audio import AudioClip
from voice_triage.sound.wav_source import RepliesSource, WavSource

CLIP = AudioClip(bytes(n % 251 for n in range(2 * 16000)), 16000)


def take(source, count):
    with closing(source.turn()) as chunks:
        return b"".join(c.pcm for _, c in zip(range(count), chunks, strict=False))


def test_a_recording_goes_on_in_the_next_turn_where_the_last_one_stopped():
    source = WavSource(CLIP)
    parts = [take(source, 3), take(source, 4), take(source, 99), take(source, 1)]
    assert b"".join(parts) == CLIP.pcm
    assert [len(p) for p in parts] == [3 * 3200, 4 * 3200, 3 * 3200, 0]


def test_a_simulated_patient_gives_one_reply_a_turn_then_silence_then_leaves():
    replies = iter([CLIP, None])
    source = RepliesSource(lambda: next(replies))
    heard = take(source, 20)
    assert heard == CLIP.pcm + bytes(len(CLIP.pcm))
    assert take(source, 5) == b""
