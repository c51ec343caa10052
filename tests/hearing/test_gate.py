"""Telling speech from background sound by its level."""

from __future__ import annotations

import math
import random

import pytest

from voice_triage.hearing.gate import SpeechGate, too_fast
from voice_triage.sound.audio import from_samples, silence

RATE = 16000


def noise(seconds, peak, seed=1):
    chance = random.Random(seed)
    return from_samples((chance.randint(-peak, peak) for _ in range(int(seconds * RATE))), RATE)


def gate_after(*clips):
    gate = SpeechGate()
    gate.begin_turn()
    for clip in clips:
        for chunk in clip.split(0.1):
            gate.feed(chunk)
    return gate


def test_digital_silence_is_no_speech():
    assert not gate_after(silence(3, RATE)).passes()


@pytest.mark.parametrize("peak", [5, 50, 500, 5000, 30000])
def test_steady_noise_is_no_speech_however_loud(peak):
    assert not gate_after(noise(5, peak)).passes()


def test_a_click_is_too_short_for_a_word():
    assert not gate_after(noise(2, 20), noise(0.03, 20000), noise(2, 20)).passes()


def test_a_word_in_a_quiet_room_passes():
    gate = gate_after(noise(1, 20), noise(0.3, 3000), noise(1, 20))
    assert gate.passes()
    assert gate.speech_seconds() == pytest.approx(0.3, abs=0.05)


def test_only_the_stretch_of_the_word_counts():
    gate = gate_after(noise(1, 20), noise(0.3, 3000), noise(2, 20))
    assert gate.passes(1.0, 1.3)
    assert not gate.passes(2.5, 2.9)  # a ghost in the silence after a real word


def test_speech_from_the_very_first_sample_passes():
    gate = gate_after(noise(0.3, 3000), noise(0.7, 20))
    assert gate.passes()


def test_a_clip_without_any_pause_passes_once_the_room_is_known():
    gate = gate_after(noise(2, 20))
    gate.begin_turn()
    gate.feed(noise(0.4, 3000))
    assert gate.passes()


def test_the_background_follows_the_room():
    gate = gate_after(noise(3, 20))
    gate.begin_turn()
    for chunk in noise(10, 3000).split(0.1):
        gate.feed(chunk)
    gate.begin_turn()
    for chunk in noise(1, 3000, seed=2).split(0.1):
        gate.feed(chunk)
    assert not gate.passes()


def test_time_counts_from_the_beginning_of_the_turn():
    gate = gate_after(noise(2, 20))
    assert gate.seconds == pytest.approx(2.0)
    gate.begin_turn()
    assert gate.seconds == 0


def test_a_constant_voltage_of_the_microphone_does_not_matter():
    def offset(clip):
        return from_samples((s + 6000 for s in clip.samples), RATE)

    assert gate_after(*map(offset, (noise(1, 20), noise(0.3, 300), noise(1, 20)))).passes()
    assert not gate_after(offset(noise(3, 20))).passes()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("i can't breathe", 0.18),  # a sneeze
        ("no", 0.03),
        ("yes", 0.0),
        ("yes", -0.1),
        ("none of those at all", 0.5),
    ],
)
def test_words_faster_than_anybody_speaks_are_ghosts(text, seconds):
    assert too_fast(text, seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("no", 0.12),
        ("yes", 0.2),
        ("i can't breathe", 0.6),
        ("none of those at all", 0.8),  # in a hurry
        ("", 0.0),
    ],
)
def test_quick_speech_is_no_ghost(text, seconds):
    assert not too_fast(text, seconds)


def test_what_was_not_understood_has_no_words_that_could_be_too_fast():
    assert not too_fast("[unk]", 0.06)
    assert not too_fast("[unk] no [unk]", 0.12)


# How long nobody spoke before


def listened(gate, seconds):
    gate.feed(silence(seconds, RATE))


def test_quiet_is_counted_from_the_last_word():
    gate = SpeechGate()
    listened(gate, 10.0)
    assert gate.spoken(1.0, 2.0) == math.inf
    assert gate.spoken(4.5, 5.0) == pytest.approx(2.5)
    assert gate.spoken(5.0, 6.0) == 0.0


def test_quiet_is_counted_over_turns():
    gate = SpeechGate()
    gate.begin_turn()
    listened(gate, 5.0)
    gate.spoken(1.0, 3.0)
    gate.begin_turn()
    listened(gate, 60.0)
    gate.begin_turn()
    listened(gate, 2.0)
    assert gate.spoken(1.0, 2.0) == pytest.approx(2.0 + 60.0 + 1.0)
