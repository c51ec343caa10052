"""Danger words and other things said without being asked."""

from __future__ import annotations

from tests.talk import NO, YES, Talk, interview
from voice_triage.conversation.effects import Answered, Concluded
from voice_triage.values import FindingId, Level, QuestionId

# Danger words and remarks


def test_danger_word_that_answers_the_question_is_its_answer():
    talk = Talk().say("!faint")
    assert Answered(QuestionId("danger_signs"), {FindingId("faint"): YES}) in talk.effects
    talk = Talk().until("rash").say("!faint")
    assert Answered(None, {FindingId("faint"): YES}) in talk.effects


def test_denied_danger_raises_nothing_and_what_stands_beside_it_is_kept():
    talk = Talk().say("-chest_pain !faint")
    assert talk.node == "emergency"
    assert (talk.value("chest_pain"), talk.value("faint")) == (NO, YES)
    assert Talk().until("fever").say("no -chest_pain").level is Level.SELF_CARE


def test_more_danger_during_an_emergency_is_heard_and_the_prompt_said_again():
    talk = Talk().say("!faint", "!chest_pain")
    assert talk.value("chest_pain") is YES
    assert "Call 112 now." in talk.said


def test_danger_after_a_calm_outcome_is_an_emergency():
    talk = interview().say("!breathless")
    assert talk.node == "emergency"
    assert [e.level for e in talk.everything if isinstance(e, Concluded)] == [
        Level.SELF_CARE,
        Level.EMERGENCY,
    ]


def test_what_is_volunteered_with_an_answer_counts_and_is_not_asked_again():
    talk = Talk().say("no +rash")
    assert talk.level is Level.URGENT
    assert "rash" not in talk.to_the_end().asked


def test_denial_volunteered_saves_the_question_but_takes_nothing_back():
    talk = Talk().say("no -rash")
    assert "rash" not in talk.to_the_end().asked
    talk = interview({"rash": YES}).say("-rash")
    assert talk.value("rash") is YES


def test_better_now_never_lowers():
    talk = Talk().until("worsening", {"rash": YES}).say("no -rash severity=1")
    assert talk.level is Level.URGENT
    assert talk.value("rash") is YES


def test_remark_after_an_outcome_raises_it():
    talk = interview().say("+rash")
    assert talk.node == "urgent"


def test_remark_after_an_outcome_brings_up_its_follow_up_questions():
    talk = interview().say("+fever")
    assert talk.node == "confusion"
    assert talk.say("no").node == "urgent"


def test_remark_that_says_nothing_new_is_a_goodbye():
    assert interview().say("hello").finished
