"""A danger sign that may have been said is asked back by name, once, and never just let go."""

from __future__ import annotations

import pytest

from tests.places import question, text
from tests.talk import DIALOG, NO, UNSURE, YES, Talk, interview
from voice_triage.conversation.effects import Asked, Concluded
from voice_triage.values import FindingId, Level


def heard(*findings):
    clauses = [DIALOG.findings[FindingId(f)].clause for f in findings]
    return text("heard", reason=" or ".join(clauses))


def asked(talk):
    return talk.listens.question.asks


@pytest.mark.parametrize("story", [True, False])
def test_it_is_asked_back_by_name(story):
    talk = Talk(story=story).say("*tearing_pain" if story else "no *tearing_pain")
    assert talk.node == "clarify"
    assert talk.sentences == [heard("tearing_pain")]
    assert asked(talk) == ("tearing_pain",)
    assert talk.level is Level.SELF_CARE


def test_two_signs_share_one_question_the_graver_first():
    talk = Talk().until("fever").say("no *cancer_history *faint")
    assert talk.sentences == [heard("faint", "cancer_history")]


@pytest.mark.parametrize("words", ["yes", "+faint", "unsure", "hello", "/go_back", "?faint"])
def test_yes_and_anything_unclear_is_the_emergency(words):
    talk = Talk().until("fever").say("no *faint", words)
    assert talk.node == "emergency"
    assert DIALOG.findings[FindingId("faint")].sign in talk.said or "you fainted" in talk.said


@pytest.mark.parametrize("nothing", ["silence", "noise"])
def test_silence_and_noise_are_the_emergency(nothing):
    talk = Talk().until("fever").say("no *faint")
    getattr(talk, nothing)()
    assert talk.node == "emergency"
    assert text("because_silent", signs="fainting") in talk.sentences or nothing == "noise"


@pytest.mark.parametrize("words", ["no", "-faint", "/wrong", "no -faint"])
def test_clear_no_is_a_no_and_the_session_goes_on(words):
    talk = Talk().until("fever").say("no *faint", words)
    assert (talk.value("faint"), talk.node) == (NO, "cancer_history")
    assert talk.level is Level.SELF_CARE


def test_question_that_was_not_answered_is_asked_in_the_next_wording_afterwards():
    talk = Talk().until("fever").say("*stroke_signs", "no")
    assert talk.node == "fever"
    assert talk.sentences == [question("fever").again[0]]


def test_what_was_heard_again_and_again_is_asked_back_twice_and_then_left_open():
    talk = Talk().until("breath_pain").say("*faint", "no", "*faint", "no")
    assert (talk.node, talk.level) == ("breath_pain", Level.SELF_CARE)
    talk.say("*faint")
    assert talk.node != "clarify"
    assert talk.value("faint") is UNSURE
    assert talk.level >= Level.URGENT
    assert talk.asked.count("clarify") == 2


def test_person_who_never_says_anything_else_comes_to_an_end():
    talk = Talk()
    for _ in range(60):
        if talk.node == "emergency":
            break
        talk.say("no" if talk.node == "clarify" else "*faint")
    assert talk.node == "emergency"


def test_urgent_sign_that_is_not_denied_counts_as_present():
    talk = Talk().until("fever").say("no *leg_swelling", "hello")
    assert talk.level is Level.URGENT
    assert talk.value("leg_swelling") in (NO, UNSURE)


def test_grave_sign_beside_a_denied_one_is_not_let_go():
    talk = Talk().until("fever").say("no *faint *breathless", "-faint")
    assert talk.node == "emergency"
    assert talk.value("faint") is NO


def test_another_sign_that_may_be_in_the_answer_is_asked_back_next():
    talk = Talk().until("fever").say("no *faint", "no *chest_pain")
    assert talk.sentences == [heard("chest_pain")]
    assert talk.say("no").node == "cancer_history"


def test_danger_said_in_the_answer_acts_at_once():
    assert Talk().until("fever").say("no *faint", "no !chest_pain").node == "emergency"


def test_what_counts_already_is_not_asked_back():
    talk = Talk().until("cancer_history", {"fever": YES}).say("no *fever")
    assert talk.node == "weight_loss"


def test_words_that_may_hold_a_danger_sign_are_no_command():
    talk = Talk().until("fever").say("/stop *faint")
    assert talk.node == "clarify"


def test_it_works_after_a_calm_outcome_and_no_leads_back_to_it():
    talk = interview().say("*faint")
    assert talk.node == "clarify"
    talk.say("no")
    assert talk.node == "self_care"
    assert talk.sentences == [text("repeat_hint")]
    assert sum(isinstance(e, Concluded) for e in talk.everything) == 1
    assert talk.say("*faint", "yes").node == "emergency"


def test_nothing_is_asked_back_during_an_emergency():
    talk = Talk().say("!faint", "*chest_pain")
    assert talk.node == "emergency"


def test_that_is_wrong_afterwards_asks_about_the_sign():
    talk = Talk().until("fever").say("no *faint", "hello")
    assert talk.say("/wrong").node == "clarify"
    assert talk.say("no", "yes").level is Level.SELF_CARE


def test_repeat_says_the_short_question_once_more_and_does_not_count():
    talk = Talk().until("fever").say("no *faint")
    prompts = talk.state.prompts
    assert talk.say("/repeat").sentences == [heard("faint")]
    assert talk.state.prompts == prompts
    assert isinstance(next(e for e in talk.effects if isinstance(e, Asked)), Asked)
