"""The list of start phrases that listens along, with recognisers that say what the test wants."""

from __future__ import annotations

import pytest

from tests.hearing.test_short_answers import Says
from voice_triage.hearing.start_phrases import StartPhrases

PHRASES = ("help me", "back pain check", "i need a doctor")


def both(free, listed):
    return StartPhrases(free, lambda: listed, unknown="[unk]", phrases=PHRASES)


def heard(free, listed):
    listener = both(Says(rest=free), Says(rest=listed))
    listener.feed(b"")
    return " ".join(word.text for word in listener.finish())


@pytest.mark.parametrize(
    ("free", "listed"),
    [
        ("back of pain check", "back pain check"),
        ("[unk] back pain chest", "[unk] back pain check [unk]"),
        ("i did a doctor", "i need a doctor"),
        ("hold me", "help me"),
        ("and help me", "[unk] help me"),  # a clock ticked
    ],
)
def test_a_phrase_that_both_hear_more_or_less_is_taken_from_the_list(free, listed):
    assert heard(free, listed) == listed.replace("[unk]", "").strip()


@pytest.mark.parametrize(
    ("free", "listed"),
    [
        ("help me please", "help me [unk]"),  # heard freely, with what else was said
        ("the car has a pain in the back", "[unk] back pain check"),  # too long to be one
        ("let him in", "help me"),  # nothing of it was heard freely
        ("i need a doctor", "[unk] a doctor"),  # not a whole phrase
        ("my back hurts", "[unk]"),
        ("good morning", ""),
        ("", "help me"),
    ],
)
def test_otherwise_the_words_stand_as_they_were_heard_freely(free, listed):
    assert heard(free, listed) == free


def test_the_free_reading_says_when_an_utterance_ends_and_what_is_guessed_meanwhile():
    listener = both(Says((2, "i need doctor"), guess="i"), Says((1, "i need"), rest="a doctor"))
    assert [listener.feed(b"") for _ in range(2)] == [False, True]
    assert listener.partial() == "i"
    assert [word.text for word in listener.words()] == ["i", "need", "a", "doctor"]


@pytest.mark.parametrize("free", ["the weather is nice", "help me please", ""])
def test_list_is_not_asked_about_talk(free):
    listed = Says(rest="help me")
    listener = both(Says(rest=free), listed)
    listener.feed(b"")
    listener.finish()
    assert listed.chunks == 0


def test_list_hears_all_of_an_utterance_and_only_that():
    class Counts(Says):
        sound = b""

        def feed(self, pcm):
            self.sound += pcm
            return super().feed(pcm)

    listed = Counts(rest="help me")
    listener = both(Says((2, "hold me"), (3, "hold me")), listed)
    listener.feed(b"a")
    listener.feed(b"b")
    listener.words()
    assert listed.sound == b"ab"
    listener.feed(b"c")
    listener.words()
    assert listed.sound == b"abc"
