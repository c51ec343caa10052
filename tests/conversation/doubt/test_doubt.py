"""Doubt, grouped signs, noise and words that answer nothing: never “no” to a danger sign."""

from __future__ import annotations

import pytest

from tests.places import (
    GRAVE,
    NUMBERS,
    SERIOUS,
    SLIGHT,
    URGENT,
    at,
    ids,
    question,
    text,
)
from tests.talk import DIALOG, NO, UNSURE, YES, Talk
from voice_triage.values import FindingKind, Level

# Doubt


@pytest.mark.parametrize("name", ids(SERIOUS))
def test_doubt_about_a_serious_sign_is_asked_once_more_in_the_plainest_words(name):
    talk = at(name).say("unsure")
    assert talk.node == name
    assert talk.sentences == [question(name).again[1]]
    talk.say("unsure")
    assert talk.node != name
    assert talk.level >= Level.URGENT


@pytest.mark.parametrize("name", ["aorta_risk", "clot_risk_recent", "clot_risk_history"])
def test_doubt_about_what_completes_an_emergency_is_asked_once_more_before_it_counts(name):
    talk = at(name).say("unsure")
    assert talk.sentences == [question(name).again[1]]
    assert talk.level < Level.EMERGENCY
    assert talk.say("unsure").node == "emergency"


@pytest.mark.parametrize("name", ids(NUMBERS))
def test_number_that_somebody_is_unsure_of_is_asked_for_once_more(name):
    talk = at(name).say("unsure")
    assert talk.sentences == [question(name).again[1]]
    assert talk.say("unsure").node != name
    assert talk.value(name) is UNSURE


@pytest.mark.parametrize("name", ids(q for q in SLIGHT if q.kind is FindingKind.YES_NO))
def test_doubt_about_a_slight_thing_is_asked_once_more_and_then_left_open(name):
    talk = at(name).say("unsure")
    assert talk.sentences == [question(name).again[1]]
    assert talk.say("unsure").node != name
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


@pytest.mark.parametrize("name", ["injury_serious", "confusion"])
def test_danger_sign_left_open_beside_an_urgent_one_is_an_emergency(name):
    assert at(name).say("unsure", "unsure").node == "emergency"


def test_two_danger_questions_left_open_are_an_emergency():
    talk = Talk().say("unsure", "unsure")
    assert talk.level is Level.URGENT
    assert talk.say("unsure", "unsure").node == "emergency"


def test_urgent_finding_after_a_danger_sign_left_open_is_an_emergency():
    talk = Talk().say("unsure", "unsure").until("rash").say("yes")
    assert talk.node == "emergency"


def test_blood_or_leg_left_open_beside_pain_on_breathing_is_an_emergency():
    talk = Talk().until("blood_or_leg", {"breath_pain": YES}).say("unsure", "unsure")
    assert talk.node == "emergency"


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


def test_doubt_about_what_was_not_asked_is_left_to_its_own_question():
    talk = Talk().until("legs_bladder").say("no ?fever ?faint")
    assert talk.node == "sudden_onset"
    assert talk.value("fever") is None
