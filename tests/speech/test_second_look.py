"""When an utterance is decoded once more with any words, and which reading counts."""

from __future__ import annotations

import pytest

from voice_triage.speech.second_look import Sense, better, worth_another_look


@pytest.mark.parametrize(
    ("text", "sense", "seconds", "again"),
    [
        ("no", Sense.DENIAL, 0.4, False),
        ("yes i do", Sense.SOME, 0.7, False),
        ("go back", Sense.SOME, 0.6, False),
        ("", Sense.NONE, 0.5, True),
        ("no [unk]", Sense.DENIAL, 0.9, True),
        ("i'm cough hang up blood", Sense.NONE, 1.4, True),
        ("no no fall no crash", Sense.DENIAL, 1.3, True),
        ("no actually so", Sense.DENIAL, 3.5, True),
        ("i have chest pain", Sense.DANGER, 2.0, False),
    ],
)
def test_only_what_was_not_explained_or_was_long_is_looked_at_again(text, sense, seconds, again):
    assert worth_another_look(text, sense, seconds) is again


def test_the_reading_that_makes_more_sense_counts():
    assert better("in weeks", Sense.NONE, "a few weeks", Sense.SOME) == "a few weeks"
    assert better("about a week", Sense.SOME, "about week", Sense.NONE) == "about a week"


def test_danger_in_either_reading_is_not_lost():
    assert better("no", Sense.DENIAL, "my chest hurts", Sense.DANGER) == "my chest hurts"


def test_a_bare_no_gives_way_to_a_reading_that_says_more():
    assert better("no", Sense.DENIAL, "no yes my legs", Sense.SOME) == "no yes my legs"


def test_a_no_that_only_the_free_reading_has_is_not_believed():
    assert better("not", Sense.NONE, "nope", Sense.DENIAL) == "not"


def test_with_equal_sense_the_grammar_of_the_question_is_trusted():
    assert better("no", Sense.DENIAL, "nope", Sense.DENIAL) == "no"
    assert better("no", Sense.DENIAL, "", Sense.NONE) == "no"
