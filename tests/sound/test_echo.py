"""What we said ourselves comes back late, and is no answer; what a person says is one."""

from __future__ import annotations

import random

import pytest

from voice_triage.ports import Source
from voice_triage.sound.audio import FULL_SCALE, AudioClip, from_samples, join, silence
from voice_triage.sound.earcons import Earcon, tone
from voice_triage.sound.echo import WINDOW_S, EchoGuard, ToneDetector
from voice_triage.sound.source import CHUNK_S

RATE = 16000


def babble(seconds, amplitude=0.2, seed=0):
    """Like speech for our purpose: loud, and never a pure tone."""
    noise = random.Random(seed)
    peak = amplitude * FULL_SCALE
    return from_samples(
        (round(noise.uniform(-peak, peak)) for _ in range(int(seconds * RATE))), RATE
    )


def louder(clip, gain):
    return from_samples((round(s * gain) for s in clip.samples), clip.rate)


CUE = tone(Earcon.LISTENING, RATE)


class Room:
    """A microphone that hears one clip a turn."""

    kind, reliable = Source.MIC, True

    def __init__(self, *turns):
        self._turns = list(turns)

    def turn(self):
        yield from self._turns.pop(0).split(CHUNK_S)

    def close(self): ...


def heard(guard, *, cued=True):
    if cued:
        guard.expect()
    clips = list(guard.turn())
    return join(clips, RATE) if clips else silence(0, RATE)


def echo(delay_s, gain=0.5):
    """The end of a prompt as it comes back: speech, and then the tone."""
    return louder(join([babble(delay_s), CUE], RATE), gain)


@pytest.mark.parametrize("delay_s", [0.3, 0.7, 1.5, 3.0])
@pytest.mark.parametrize("gain", [0.5, 0.1])
def test_what_comes_before_our_own_tone_is_dropped_and_the_answer_after_it_is_kept(delay_s, gain):
    answer = babble(1.0, seed=1)
    sound = join([echo(delay_s, gain), silence(0.5, RATE), answer, silence(1.0, RATE)], RATE)
    left = heard(EchoGuard(Room(sound)))
    assert answer.pcm in left.pcm
    assert left.seconds <= 2.5 + CHUNK_S


def test_without_echo_nothing_is_lost_and_only_the_first_turn_is_held_back():
    answer = join([babble(1.0, seed=2), silence(4.0, RATE)], RATE)
    guard = EchoGuard(Room(answer, answer))
    assert heard(guard).pcm == answer.pcm
    guard.expect()
    chunks = guard.turn()
    assert next(chunks).seconds == pytest.approx(CHUNK_S)
    chunks.close()


def test_where_the_delay_is_known_that_much_is_held_back_and_no_more():
    later = join([babble(0.5, seed=3), silence(3.5, RATE)], RATE)  # this time without an echo
    guard = EchoGuard(Room(join([echo(0.7), silence(3.0, RATE)], RATE), later))
    heard(guard)
    assert heard(guard).pcm == later.pcm


def test_an_echo_that_becomes_longer_is_noticed():
    quiet = silence(3.0, RATE)
    rooms = [join([echo(d), quiet], RATE) for d in (0.3, 2.0, 2.0)]
    guard = EchoGuard(Room(*rooms))
    heard(guard)
    heard(guard)
    assert heard(guard).seconds <= quiet.seconds + CHUNK_S


def test_a_turn_without_a_tone_before_it_passes_untouched():
    sound = join([echo(0.7), silence(1.0, RATE)], RATE)
    assert heard(EchoGuard(Room(sound)), cued=False).pcm == sound.pcm


def test_a_person_who_ends_within_the_first_seconds_is_heard():
    answer = babble(1.0, seed=4)
    assert heard(EchoGuard(Room(answer))).pcm == answer.pcm
    assert answer.seconds < WINDOW_S


@pytest.mark.parametrize("rate", [16000, 44100, 48000])
def test_the_tone_is_known_at_any_rate_and_noise_and_other_tones_are_not_it(rate):
    assert ToneDetector().feed(tone(Earcon.LISTENING, rate))
    assert not ToneDetector().feed(tone(Earcon.EMERGENCY, rate))
    assert not ToneDetector().feed(AudioClip(babble(2.0).pcm, rate))
    assert not ToneDetector().feed(silence(1.0, rate))
