"""Much of an answer was not understood: the person is asked to say it once more."""

from __future__ import annotations

import pytest

from tests.core.asking import interpreter
from tests.core.talk import DIALOG, Talk
from voice_triage.core.effects import Unintelligible
from voice_triage.core.values import QuestionId

SAY_AGAIN = DIALOG.texts["say_again"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("danger_signs", "..."),
        ("danger_signs", "no ?faint ..."),
        ("breath_pain", "unsure ..."),
        ("breath_pain", "..."),
        ("worsening", "unsure ..."),
    ],
)
def test_unclear_words_are_asked_for_once_more(name, said):
    talk = Talk().until(name).say(said)
    assert (talk.node, talk.sentences) == (name, [SAY_AGAIN])
    assert talk.listens.say_again
    assert not talk.say("...").listens.say_again


def test_long_speech_without_words_is_asked_for_once_more_and_a_short_sound_is_not():
    assert Talk().do(Unintelligible(2.4)).sentences == [SAY_AGAIN]
    danger_signs = DIALOG.questions[0]
    assert Talk().do(Unintelligible(0.5)).sentences == [danger_signs.again[0]]


def test_a_red_flag_is_still_put_in_its_plainest_words_after_that():
    talk = Talk().until("breath_pain").say("...", "unsure")
    plainest = DIALOG.question_by_id[QuestionId("breath_pain")].again[-1]
    assert talk.sentences == [plainest]


def test_an_answer_among_unclear_words_is_enough():
    assert Talk().say("no ...").node == "legs_bladder"
    assert Talk().until("severity").say("5 ...").node == "daily_life"


def test_words_that_are_no_number_bring_the_question_in_other_words():
    severity = DIALOG.question_by_id[QuestionId("severity")]
    assert Talk().until("severity").say("hello").sentences == [severity.again[0]]


@pytest.mark.parametrize(
    ("asked", "words", "unclear"),
    [
        ("danger_signs", "no uh one side of my head has yeah", True),
        ("danger_signs", "[unk] of the [unk] two", True),
        ("danger_signs", "no none of those", False),
        ("danger_signs", "no [unk]", False),
        ("duration_days", "about two weeks I think give or take", False),
        ("duration_days", "I can't weeks", True),
        ("duration_days", "I can't say", False),
    ],
)
def test_unclear_is_what_may_hold_more_than_was_understood(asked, words, unclear):
    question = DIALOG.question_by_id[QuestionId(asked)]
    assert interpreter().interpret(words, question).unclear is unclear
