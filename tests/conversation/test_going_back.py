"""Going back: asked again, raised at once, lowered only when confirmed."""

from __future__ import annotations

import pytest

from tests.places import text
from tests.talk import DIALOG, NO, UNSURE, YES, Talk, interview
from voice_triage.values import Level

# Going back


def test_go_back_asks_the_previous_question_and_then_the_one_before():
    talk = Talk().until("breath_pain").say("/go_back")
    assert talk.sentences[0] == text("went_back")
    assert talk.node == "injury"
    assert talk.say("/go_back").node == "sudden_onset"
    assert talk.say("/go_back").node == "legs_bladder"


def test_after_going_back_the_interview_goes_on_where_it_was():
    talk = Talk().until("breath_pain").say("/go_back", "/go_back", "no")
    assert talk.node == "breath_pain"


def test_go_back_again_and_again_from_the_same_question_goes_to_the_one_before_it():
    talk = Talk().until("breath_pain")
    for _ in range(3):
        assert talk.say("/go_back").node == "injury"
        assert talk.say("no").node == "breath_pain"


def test_go_back_at_the_first_question_says_so_and_asks_it_again():
    talk = Talk().say("/go_back")
    assert talk.sentences == [text("nothing_to_go_back"), DIALOG.questions[0].ask]


@pytest.mark.parametrize("command", ["/go_back", "/wrong"])
def test_go_back_at_the_story_says_its_prompt_again(command):
    talk = Talk(story=True).say(command)
    assert talk.sentences == [text("nothing_to_go_back"), text("story")]


def test_no_turned_into_yes_on_going_back_counts_at_once():
    talk = Talk().until("cancer_history").say("/go_back", "yes")
    assert talk.level is Level.URGENT
    assert talk.node == "confusion"


def test_yes_turned_into_no_on_going_back_must_be_confirmed():
    talk = Talk().until("weight_loss", {"cancer_history": YES}).say("/go_back", "no")
    assert talk.node == "confirm"
    assert talk.level is Level.URGENT
    assert talk.say("yes").level is Level.SELF_CARE
    assert talk.node == "weight_loss"


def test_same_answer_on_going_back_changes_nothing():
    talk = Talk().until("weight_loss", {"cancer_history": YES})
    before = talk.evidence
    talk.say("/go_back", "yes")
    assert talk.evidence.values == before.values
    assert talk.node == "weight_loss"


def test_lower_number_on_going_back_is_read_back():
    talk = Talk().until("severity").say("8")
    assert talk.level is Level.DOCTOR
    talk.say("/go_back", "3")
    assert talk.sentences == [text("confirm_value", value="3 out of 10")]
    talk.say("yes")
    assert (talk.value("severity"), talk.level) == (3.0, Level.SELF_CARE)


def test_higher_number_on_going_back_counts_at_once():
    talk = Talk().until("severity").say("3", "/go_back", "8")
    assert (talk.value("severity"), talk.node) == (8.0, "daily_life")


def test_number_in_place_of_an_open_answer_is_read_back_and_lowers_when_confirmed():
    talk = Talk().until("severity", {"weak_bones": YES}).say("unsure", "unsure")
    assert talk.level is Level.URGENT
    talk.say("/wrong", "3")
    assert (talk.node, talk.level) == ("confirm", Level.URGENT)
    assert talk.say("yes").level is Level.DOCTOR


def test_other_choice_on_going_back_is_read_back():
    talk = Talk().until("cause", {"weak_bones": YES}).say("=lifting")
    assert talk.node == "urgent"
    talk.say("/go_back", "=posture")
    assert talk.sentences == [text("confirm_value", value="posture")]
    talk.say("yes")
    assert (talk.value("cause"), talk.node) == (("posture",), "doctor")


def test_doubt_on_going_back_to_a_danger_sign_opens_it():
    talk = Talk().until("legs_bladder").say("/go_back", "unsure", "unsure")
    assert talk.value("faint") is UNSURE
    assert talk.level is Level.URGENT


def test_doubt_on_going_back_never_weakens_a_yes():
    talk = Talk().until("weight_loss", {"cancer_history": YES}).say("/go_back", "unsure", "unsure")
    assert talk.value("cancer_history") is YES
    assert talk.node == "weight_loss"


def test_mixed_answer_on_going_back_raises_at_once_and_asks_to_confirm_the_rest():
    talk = Talk().until("numb_or_weak").say("yes", "+numb_tingling", "/go_back", "+weakness")
    assert talk.level is Level.URGENT
    assert talk.node == "confirm"
    assert talk.say("no").value("numb_tingling") is YES
    assert talk.value("weakness") is YES


def test_going_back_from_an_emergency_reaches_earlier_questions_step_by_step():
    talk = Talk().until("numb_or_weak", {"fever": YES}).say("yes", "/wrong")
    assert talk.node == "numb_or_weak"
    for earlier in ("weak_bones", "weight_loss", "cancer_history", "confusion", "fever"):
        assert talk.say("/go_back").node == earlier
    talk.say("no", "yes")
    assert talk.value("fever") is NO
    assert talk.node == "emergency", "the bare yes to numbness or weakness stands"


def test_go_back_after_a_calm_outcome_asks_the_last_question():
    talk = interview().say("/go_back")
    assert talk.node == "cause"
    assert talk.say("=posture").node == "self_care"


def test_that_is_wrong_after_a_calm_outcome_asks_the_last_answer():
    talk = interview().say("/wrong")
    assert talk.node == "cause"


def test_correcting_half_of_a_finding_does_not_ask_the_half_again():
    talk = Talk().until("clot_risk_recent", {"breath_pain": YES})
    talk.say("yes")
    assert talk.node == "emergency"
    talk.say("/wrong", "no", "yes")
    assert talk.node == "clot_risk_history"
