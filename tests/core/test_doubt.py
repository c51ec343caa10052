"""Doubt, grouped signs, noise and words that answer nothing: never “no” to a danger sign."""

from __future__ import annotations

import pytest

from tests.core.places import GRAVE, SERIOUS, SLIGHT, URGENT, at, ids, question, sign, text
from tests.core.talk import DIALOG, NO, UNSURE, YES, Talk
from voice_triage.core.values import Level

# Doubt


@pytest.mark.parametrize("name", ids(SERIOUS))
def test_doubt_about_a_serious_sign_is_asked_once_more_in_the_plainest_words(name):
    talk = at(name).say("unsure")
    assert talk.node == name
    assert talk.sentences == [question(name).again[1]]
    talk.say("unsure")
    assert talk.node != name
    assert talk.level >= Level.URGENT


@pytest.mark.parametrize("name", ids(SLIGHT))
def test_doubt_about_a_slight_thing_is_taken_as_it_is(name):
    talk = at(name).say("unsure")
    assert talk.node != name
    (finding,) = question(name).asks
    assert talk.value(finding) is UNSURE


def test_doubt_about_sudden_onset_asks_about_the_tearing_itself():
    talk = at("sudden_onset").say("unsure", "unsure")
    assert talk.node == "tearing_pain"
    assert talk.value("tearing_pain") is None


@pytest.mark.parametrize("name", ["danger_signs", "legs_bladder", "tearing_pain"])
def test_danger_sign_left_open_is_named_with_the_number_to_call(name):
    talk = at(name).say("unsure", "unsure")
    signs = [DIALOG.findings[f].sign for f in question(name).asks]
    assert text("open_sign_call") in talk.sentences
    assert any(all(sign in sentence for sign in signs) for sentence in talk.sentences)
    assert talk.level is Level.URGENT


@pytest.mark.parametrize("name", ["injury_serious", "cough_blood", "confusion"])
def test_danger_sign_left_open_beside_an_urgent_one_is_an_emergency(name):
    assert at(name).say("unsure", "unsure").node == "emergency"


def test_two_danger_questions_left_open_are_an_emergency():
    talk = Talk().say("unsure", "unsure")
    assert talk.level is Level.URGENT
    assert talk.say("unsure", "unsure").node == "emergency"


def test_urgent_finding_after_a_danger_sign_left_open_is_an_emergency():
    talk = Talk().say("unsure", "unsure").until("rash").say("yes")
    assert talk.node == "emergency"


def test_open_clot_risk_with_pain_on_breathing_is_an_emergency():
    assert at("clot_risk_recent").say("unsure").node == "emergency"


# Grouped signs


def test_bare_yes_to_danger_signs_is_an_emergency_at_once():
    for name in ("danger_signs", "legs_bladder"):
        talk = at(name).say("yes")
        assert talk.node == "emergency"
        assert talk.rules[0] == f"one_of:{name}"


def test_yes_to_signs_that_differ_in_level_asks_which():
    talk = at("numb_or_weak").say("yes")
    assert talk.node == "numb_or_weak_which"
    assert talk.say("+numb_tingling").level is Level.DOCTOR
    assert talk.value("weakness") is NO
    assert at("numb_or_weak_which").say("+weakness").level is Level.URGENT


@pytest.mark.parametrize("finding", ["injury", "fever", "cancer_history"])
def test_yes_to_numb_or_weak_after_an_injury_fever_or_cancer_is_an_emergency_at_once(finding):
    talk = Talk().until("numb_or_weak", {finding: YES}).say("yes")
    assert talk.node == "emergency"
    assert "numb_or_weak_which" not in talk.asked


def test_which_that_stays_open_counts_as_the_more_urgent():
    talk = at("numb_or_weak_which").say("unsure", "unsure")
    assert talk.level is Level.URGENT
    talk = Talk().until("numb_or_weak", {"sudden_onset": YES}).say("yes", "unsure", "unsure")
    assert talk.node == "emergency"


# Noise and words that are no answer


@pytest.mark.parametrize("name", ids([*GRAVE, *URGENT]))
@pytest.mark.parametrize("how", ["noise", "words"])
def test_serious_question_that_is_not_answered_is_put_twice_more_and_then_left_open(name, how):
    talk = at(name)
    for wording in question(name).again:
        talk.noise() if how == "noise" else talk.say("hello")
        assert talk.sentences == [wording]
    talk.noise() if how == "noise" else talk.say("hello")
    assert talk.node != name
    assert all(talk.value(f) is UNSURE for f in question(name).asks)


@pytest.mark.parametrize("name", ids(SLIGHT))
def test_slight_question_that_is_not_answered_is_put_once_more_and_then_left_open(name):
    talk = at(name).noise()
    assert talk.sentences == [question(name).again[0]]
    assert talk.noise().node != name


def test_denying_part_of_a_group_is_kept_and_the_rest_is_asked_again():
    talk = Talk().say("-chest_pain -faint")
    assert talk.node == "danger_signs"
    assert talk.say("-breathless").node == "legs_bladder"


# A danger sign mentioned in doubt


@pytest.mark.parametrize("story", [True, False])
def test_danger_sign_in_doubt_is_asked_about(story):
    talk = Talk(story=story).say("?tearing_pain" if story else "no ?tearing_pain")
    assert talk.node == "clarify"
    assert talk.sentences == [text("clarify", signs=sign("tearing_pain"))]
    assert talk.level is Level.SELF_CARE


def test_danger_sign_in_doubt_is_asked_about_even_if_the_question_was_not_answered():
    talk = Talk().until("fever").say("?chest_pain")
    assert talk.node == "clarify"
    assert talk.say("no").node == "fever"


def test_danger_sign_in_doubt_and_then_confirmed_is_an_emergency():
    assert Talk().until("fever").say("no ?faint", "yes").node == "emergency"


def test_danger_sign_in_doubt_and_then_denied_lowers_nothing_and_needs_no_confirmation():
    talk = Talk().until("fever").say("no ?faint", "no")
    assert talk.node == "cancer_history"
    assert talk.level is Level.SELF_CARE


@pytest.mark.parametrize("words", ["unsure", "hello", "/go_back"])
def test_danger_sign_that_stays_in_doubt_is_open_and_named(words):
    talk = Talk().until("fever").say("no ?faint", words)
    assert talk.sentences == [text("clarify_again", signs=sign("faint"))]
    talk.say(words)
    assert talk.value("faint") is UNSURE
    assert talk.level is Level.URGENT
    assert text("open_sign", signs=sign("faint")) in talk.sentences
    assert talk.node == "cancer_history"


def test_that_is_wrong_about_a_danger_sign_in_doubt_is_a_no():
    talk = Talk().until("fever").say("no ?faint", "/wrong")
    assert talk.value("faint") is NO
    assert talk.node == "cancer_history"


def test_two_silences_about_a_danger_sign_in_doubt_are_an_emergency():
    talk = Talk().until("fever").say("no ?faint").silence(2)
    assert talk.node == "emergency"


def test_second_doubt_while_one_is_asked_about_stays_open():
    talk = Talk().until("fever").say("no ?faint", "no ?chest_pain")
    assert talk.value("chest_pain") is UNSURE
    assert talk.level is Level.URGENT
