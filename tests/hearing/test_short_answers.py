"""The list of short answers that listens along, with recognisers that say what the test wants."""

from __future__ import annotations

import pytest

from voice_triage.hearing.recognised import HeardWord
from voice_triage.hearing.short_answers import MOST_WORDS, ShortAnswers

ANSWERS = {"yes", "no", "nope", "at", "all", "not"}
NUMBERS = ("one", "seven", "eight", "ten")


def words(text, at=0.0):
    return tuple(HeardWord(w, at + n * 0.3, at + n * 0.3 + 0.2) for n, w in enumerate(text.split()))


class Says:
    """A recogniser that comes to an end after the chunks named, and says something each time."""

    def __init__(self, *ends, rest="", guess=""):
        self._ends = dict(ends)
        self._rest, self._guess = rest, guess
        self.chunks = 0

    def feed(self, pcm):
        self.chunks += 1
        return self.chunks in self._ends

    def partial(self):
        return self._guess

    def words(self):
        return words(self._ends[self.chunks])

    def finish(self):
        rest, self._rest = self._rest, ""
        return words(rest)


def heard(free, listed, numbers=()):
    both = ShortAnswers(
        Says(rest=free), Says(rest=listed), unknown="[unk]", answers=ANSWERS, numbers=numbers
    )
    both.feed(b"")
    return " ".join(word.text for word in both.finish())


@pytest.mark.parametrize("free", ["nope", "no", "not at", "yes"])
def test_a_short_answer_of_which_the_list_hears_nothing_known_is_none(free):
    assert heard(free, "[unk]") == "[unk]"
    assert heard(free, "[unk] [unk]") == "[unk] [unk]"


@pytest.mark.parametrize(
    ("free", "listed"),
    [
        ("nope", "no"),  # the list also hears an answer: what kind of no does not matter
        ("no", "[unk] no"),  # … or one after a cough
        ("no", ""),  # the list has said nothing: it had no sound to judge
        ("chest pain", "[unk]"),  # not on the list: that the list does not know it is no wonder
        ("no legs", "[unk]"),
        ("not at all", "[unk]"),  # more words than a ghost has
        ("", "[unk]"),
        ("", "no"),  # the list alone never makes an answer
    ],
)
def test_otherwise_the_words_stand_as_they_were_heard_freely(free, listed):
    assert heard(free, listed) == free


@pytest.mark.parametrize("free", ["aid", "a ten", "sever then"])
def test_a_number_of_a_short_utterance_is_taken_from_the_list(free):
    assert heard(free, "eight", NUMBERS) == "eight"
    assert heard(free, "seven eight", NUMBERS) == "seven eight"


def test_the_list_does_not_make_a_number_of_longer_speech_nor_of_other_words():
    long = "it is about aid"
    assert len(long.split()) > MOST_WORDS
    assert heard(long, "eight", NUMBERS) == long
    assert heard("aid", "eight no", NUMBERS) == "aid"
    assert heard("aid", "[unk] eight", NUMBERS) == "aid"


def test_numbers_are_left_alone_where_none_is_asked_for():
    assert heard("aid", "eight") == "aid"


def test_the_free_reading_says_when_an_utterance_ends_and_what_is_guessed_meanwhile():
    free, listed = Says((3, "no"), guess="n"), Says((1, "no"), (2, "no"))
    both = ShortAnswers(free, listed, unknown="[unk]", answers=ANSWERS)
    assert [both.feed(b"") for _ in range(3)] == [False, False, True]
    assert both.partial() == "n"
    assert [word.text for word in both.words()] == ["no"]
    assert free.chunks == listed.chunks == 3


def test_what_the_list_heard_before_its_own_end_counts_as_well():
    free = Says((3, "nope"))
    listed = Says((1, "no"), rest="[unk]")
    both = ShortAnswers(free, listed, unknown="[unk]", answers=ANSWERS)
    for _ in range(3):
        both.feed(b"")
    assert [word.text for word in both.words()] == ["nope"]


def test_what_was_heard_of_one_utterance_does_not_decide_about_the_next():
    free = Says((1, "no"), (2, "nope"))
    listed = Says(rest="no")
    both = ShortAnswers(free, listed, unknown="[unk]", answers=ANSWERS)
    both.feed(b"")
    assert [word.text for word in both.words()] == ["no"]
    listed._rest = "[unk]"
    both.feed(b"")
    assert [word.text for word in both.words()] == ["[unk]"]
