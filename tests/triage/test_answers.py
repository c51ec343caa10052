"""What an utterance settles about the question that was asked."""

from __future__ import annotations

import pytest

from tests.talk import DIALOG, NO, UNSURE, YES, known
from voice_triage.fakes import ScriptedInterpreter
from voice_triage.triage.answers import Result, left_open, resolve, unheard
from voice_triage.values import QuestionId


def question(name):
    return DIALOG.question_by_id[QuestionId(name)]


def settle(name, words, *, again=False, **findings):
    asked = question(name)
    heard = ScriptedInterpreter().interpret(words, asked)
    return resolve(DIALOG, asked, heard, known(findings), again=again)


def test_yes_and_no_settle_a_single_finding():
    yes, no = settle("fever", "yes"), settle("fever", "no")
    assert (yes.result, yes.findings, yes.reply) == (Result.SETTLED, {"fever": YES}, YES)
    assert (no.result, no.findings, no.reply) == (Result.SETTLED, {"fever": NO}, NO)


def test_doubt_and_noise_settle_nothing():
    assert settle("fever", "unsure").result is Result.HEDGED
    assert settle("fever", "hello").result is Result.MISSED
    assert settle("fever", "hello").findings == {}


def test_no_to_a_group_denies_every_sign():
    assert settle("danger_signs", "no").findings == dict.fromkeys(
        ("breathless", "faint", "chest_pain"), NO
    )


def test_no_to_sudden_onset_denies_the_tearing_too_and_yes_says_nothing_about_it():
    assert settle("sudden_onset", "no").findings == {"sudden_onset": NO, "tearing_pain": NO}
    assert settle("sudden_onset", "yes").findings == {"sudden_onset": YES}
    torn = settle("sudden_onset", "no +tearing_pain")
    assert torn.findings == {"sudden_onset": NO, "tearing_pain": YES}


def test_bare_yes_to_emergency_signs_need_not_ask_which():
    resolved = settle("danger_signs", "yes")
    assert resolved.result is Result.ONE_OF
    assert set(resolved.findings.values()) == {UNSURE}
    assert settle("legs_bladder", "yes").result is Result.ONE_OF


def test_bare_yes_to_signs_of_different_levels_leaves_open_which():
    resolved = settle("numb_or_weak", "yes")
    assert (resolved.result, resolved.findings, resolved.reply) == (Result.SETTLED, {}, YES)


@pytest.mark.parametrize("beside", ["injury", "fever", "cancer_history"])
def test_bare_yes_is_an_emergency_at_once_where_each_sign_makes_one(beside):
    assert settle("numb_or_weak", "yes", **{beside: YES}).result is Result.ONE_OF
    assert settle("numb_or_weak", "yes", **{beside: UNSURE}).result is Result.ONE_OF


def test_bare_yes_after_sudden_onset_still_asks_which():
    assert settle("numb_or_weak", "yes", sudden_onset=YES).result is Result.SETTLED


def test_yes_to_a_group_means_the_only_sign_that_is_left():
    assert settle("legs_bladder", "yes", leg_weakness=NO).findings == {"bladder_bowel": YES}


def test_named_sign_is_the_one_that_counts():
    resolved = settle("danger_signs", "+chest_pain")
    assert (resolved.result, resolved.findings) == (Result.SETTLED, {"chest_pain": YES})
    assert settle("danger_signs", "no +faint").findings["faint"] is YES


def test_which_answer_that_names_one_sign_did_not_choose_the_other():
    chosen = {"numb_tingling": YES, "weakness": NO}
    assert settle("numb_or_weak_which", "+numb_tingling").findings == chosen
    both = dict.fromkeys(chosen, YES)
    assert settle("numb_or_weak_which", "+numb_tingling +weakness").findings == both


def test_bare_yes_to_which_is_no_answer():
    assert settle("numb_or_weak_which", "yes").result is Result.MISSED


def test_no_to_one_of_the_signs_offered_leaves_the_other_to_be_asked():
    resolved = settle("numb_or_weak_which", "no -weakness")
    assert (resolved.result, resolved.findings) == (Result.MISSED, {"weakness": NO})


def test_denying_each_sign_by_name_is_a_no_and_denying_some_is_not_enough():
    some = settle("danger_signs", "-chest_pain")
    assert (some.result, some.findings) == (Result.MISSED, {"chest_pain": NO})
    assert settle("danger_signs", "-chest_pain -faint -breathless").result is Result.SETTLED
    assert settle("danger_signs", "-chest_pain", breathless=NO, faint=NO).result is Result.SETTLED


@pytest.mark.parametrize("words", ["no ?faint", "?faint", "unsure", "no ?tearing_pain"])
def test_no_with_a_doubt_about_one_sign_is_not_a_no(words):
    name = "sudden_onset" if "tearing" in words else "danger_signs"
    resolved = settle(name, words)
    assert resolved.result is Result.HEDGED
    assert resolved.findings == {}


def test_number_days_and_choice_settle_their_questions():
    assert settle("severity", "7").findings == {"severity": 7.0}
    assert settle("duration_days", "0.5").findings == {"duration_days": 0.5}
    assert settle("cause", "=heavy_bag").findings == {"cause": ("heavy bag",)}
    assert settle("location", "=low_back =ribs").findings == {"location": ("low back", "ribs")}


@pytest.mark.parametrize("name", ["severity", "duration_days", "cause"])
def test_yes_and_no_answer_no_question_for_a_value(name):
    assert settle(name, "yes").result is Result.MISSED
    assert settle(name, "no").result is Result.MISSED
    assert settle(name, "unsure").result is Result.HEDGED


def test_question_left_open_opens_what_it_was_still_needed_for():
    sign, findings = left_open(question("legs_bladder"), known({"leg_weakness": NO}))
    assert sign.findings == ("bladder_bowel",)
    assert findings == {"bladder_bowel": UNSURE}


def test_question_asked_anew_and_left_open_opens_an_earlier_no_but_not_a_yes():
    evidence = known({"leg_weakness": NO, "bladder_bowel": YES})
    _, findings = left_open(question("legs_bladder"), evidence, again=True)
    assert findings == {"leg_weakness": UNSURE}


def test_silence_names_the_danger_signs_of_its_question():
    sign, findings = unheard(DIALOG, question("sudden_onset"), known({}))
    assert sign.findings == ("tearing_pain",)
    assert findings == {"sudden_onset": UNSURE, "tearing_pain": UNSURE}
    sign, _ = unheard(DIALOG, question("danger_signs"), known({"faint": NO}))
    assert sign.findings == ("breathless", "chest_pain")


def test_a_denial_in_the_same_breath_as_a_yes_settles_nothing():
    assert settle("fever", "unsure -fever").result is Result.HEDGED
    assert settle("fever", "unsure -fever").findings == {}
    assert settle("fever", "yes -fever").findings == {"fever": YES}
