"""A listener that sleeps while nobody speaks, with a recogniser that counts what it is given."""

from __future__ import annotations

import random

import pytest

from voice_triage.hearing.drowsy import PRE_ROLL_S, SLEEPS_S, Drowsy
from voice_triage.hearing.gate import SpeechGate
from voice_triage.hearing.recognised import HeardWord
from voice_triage.sound.audio import AudioClip, from_samples

RATE = 16_000
CHUNK_S = 0.1


def noise(peak, seconds):
    chance = random.Random(1)
    samples = (chance.randint(-peak, peak) for _ in range(round(seconds * RATE)))
    return from_samples(samples, RATE)


class Counts:
    """Hears one word from its first sound to its last, and comes to an end when it is told to."""

    def __init__(self, guess="help", ends_after_s=99.0):
        self.guess, self.ends_after_s = guess, ends_after_s
        self.seconds = 0.0
        self.finished = False

    def feed(self, pcm):
        self.seconds += len(pcm) / 2 / RATE
        return self.seconds > self.ends_after_s

    def partial(self):
        return self.guess

    def words(self):
        return (HeardWord("help", 0.0, self.seconds),)

    def finish(self):
        self.finished = True
        return self.words()


class Room:
    """What a drowsy listener hears in a room, and the recognisers that it woke."""

    def __init__(self, *recognisers):
        self.woken = []
        self._asleep = list(recognisers)
        self.gate = SpeechGate()
        self.listener = Drowsy(self._wake, self.gate, RATE)

    def _wake(self):
        self.woken.append(self._asleep.pop(0))
        return self.woken[-1]

    def hear(self, clip: AudioClip):
        """True when an utterance came to an end."""
        ended = False
        for chunk in clip.split(CHUNK_S):
            self.gate.feed(chunk)
            ended = self.listener.feed(chunk.pcm) or ended
        return ended

    def quiet(self, seconds):
        return self.hear(noise(30, seconds))

    def talk(self, seconds):
        return self.hear(noise(3000, seconds))


def test_nothing_is_decoded_while_nobody_speaks():
    room = Room()
    room.quiet(20.0)
    assert room.woken == []
    assert room.listener.partial() == ""
    assert room.listener.words() == room.listener.finish() == ()


def test_steady_noise_is_nobody_speaking():
    room = Room(Counts(guess=""), Counts(guess=""))
    room.talk(5.0)
    before = len(room.woken)
    room.talk(20.0)
    assert len(room.woken) == before
    assert all(recogniser.finished for recogniser in room.woken)


def test_the_beginning_of_the_first_word_is_decoded_too():
    recogniser = Counts()
    room = Room(recogniser)
    room.quiet(5.0)
    room.talk(0.5)
    assert recogniser.seconds == pytest.approx(0.5 + PRE_ROLL_S, abs=CHUNK_S)


def test_words_have_their_times_in_the_turn_not_since_it_woke():
    room = Room(Counts())
    room.quiet(5.0)
    room.talk(0.5)
    (word,) = room.listener.finish()
    assert word.start_s == pytest.approx(5.0 - PRE_ROLL_S, abs=CHUNK_S)
    assert word.end_s == pytest.approx(5.5, abs=0.01)


def test_it_tells_when_an_utterance_ends():
    room = Room(Counts(ends_after_s=1.0))
    assert not room.quiet(5.0)
    assert room.talk(1.5)
    assert room.listener.words()[0].text == "help"


def test_it_falls_asleep_again_when_a_sound_had_no_words():
    first, second = Counts(guess=""), Counts()
    room = Room(first, second)
    room.quiet(5.0)
    room.talk(0.3)
    room.quiet(SLEEPS_S + 0.5)
    assert first.finished
    heard = first.seconds
    room.quiet(5.0)
    assert first.seconds == heard
    room.talk(0.3)
    assert room.woken == [first, second]


def test_it_stays_awake_as_long_as_there_are_words_to_wait_for():
    recogniser = Counts()
    room = Room(recogniser)
    room.quiet(5.0)
    room.talk(0.3)
    room.quiet(SLEEPS_S + 5.0)
    assert not recogniser.finished
