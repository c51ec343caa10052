"""Questions come in the order of the contract, follow-ups where they are due, and nothing twice."""

from __future__ import annotations

import pytest

from tests.contract import UPPER_BACK_PAIN
from tests.talk import DIALOG, NO, UNSURE, YES, Talk, interview, known
from voice_triage.triage.next_question import due, next_question, settled, unsettled
from voice_triage.values import FindingId, Level, QuestionId

ORDER = [
    "danger_signs",
    "legs_bladder",
    "sudden_onset",
    "injury",
    "breath_pain",
    "blood_or_leg",
    "fever",
    "cancer_history",
    "weight_loss",
    "weak_bones",
    "numb_or_weak",
    "urine_symptoms",
    "rash",
    "duration_days",
    "worsening",
    "severity",
    "daily_life",
    "not_responding",
    "location",
    "quality",
    "cause",
]
FOLLOW_UPS = {
    "sudden_onset": ["tearing_pain", "aorta_risk"],
    "injury": ["injury_serious"],
    "breath_pain": ["clot_risk_recent", "clot_risk_history"],
    "blood_or_leg": ["blood_or_leg_which"],
    "fever": ["confusion"],
    "numb_or_weak": ["numb_or_weak_which"],
}


def question(name):
    return DIALOG.question_by_id[QuestionId(name)]


def test_person_with_nothing_serious_is_asked_the_questions_in_order():
    talk = interview()
    assert talk.asked == ORDER
    assert talk.level is Level.SELF_CARE


@pytest.mark.parametrize("gate", FOLLOW_UPS)
@pytest.mark.parametrize("words", ["yes", "unsure"])
def test_yes_or_doubt_brings_the_follow_up_questions_and_no_does_not(gate, words):
    talk = Talk().until(gate)
    talk.say(words, words) if words == "unsure" else talk.say(words)
    expected = FOLLOW_UPS[gate]
    if gate == "breath_pain":
        talk.say("no")
    if gate in ("numb_or_weak", "blood_or_leg"):
        expected = expected if words == "yes" else []
    for name in expected:
        assert talk.node == name
        if name != expected[-1]:
            talk.say("no")
    assert not set(expected) & set(interview().asked)


def test_everyone_is_asked_about_tearing_pain():
    assert "tore" in question("sudden_onset").ask
    talk = Talk().until("sudden_onset").say("no")
    assert talk.value("tearing_pain") is NO
    gradual = Talk().say("no -sudden_onset").until("tearing_pain")
    assert gradual.value("tearing_pain") is None


@pytest.mark.parametrize("gate", [{}, {"sudden_onset": YES}, {"breath_pain": YES}])
def test_everyone_is_asked_about_blood_and_the_leg_in_one_question(gate):
    talk = interview(gate)
    assert [q for q in talk.asked if q.startswith("blood_or_leg")] == ["blood_or_leg"]


def test_swollen_leg_brings_the_clot_questions():
    talk = Talk().until("blood_or_leg").say("yes", "+leg_swelling")
    assert talk.node == "clot_risk_recent"
    assert talk.say("no").node == "clot_risk_history"
    assert talk.say("no").level is Level.URGENT


def test_leg_that_was_volunteered_leaves_only_the_blood_to_ask():
    talk = Talk().until("injury").say("no +leg_swelling", "no")
    assert talk.node == "blood_or_leg"
    assert talk.sentences == ["Have you coughed up any blood?"]
    assert talk.say("no").node == "clot_risk_recent"


def test_no_to_half_of_a_finding_leaves_the_other_half_to_ask():
    recent, history = question("clot_risk_recent"), question("clot_risk_history")
    half = known({"breath_pain": YES, "clot_risk": NO})
    assert unsettled(history, half) == ("clot_risk",)
    assert unsettled(recent, known({"clot_risk": YES})) == ()
    assert settled(history, FindingId("clot_risk"), known({"clot_risk": NO}, volunteered=True))


@pytest.mark.parametrize("value", [YES, NO])
@pytest.mark.parametrize(
    "name", [q.id for q in DIALOG.questions if len(q.asks) == 1 and q.kind == "yes_no"]
)
def test_what_was_volunteered_is_not_asked_again(name, value):
    (finding,) = question(name).asks
    assert not due(question(name), known({finding: value}, volunteered=True), {})


def test_only_what_is_missing_of_a_group_keeps_its_question_due():
    legs = question("legs_bladder")
    assert unsettled(legs, known({"leg_weakness": NO})) == ("bladder_bowel",)
    assert due(legs, known({"leg_weakness": NO}), {})
    assert not due(legs, known({"leg_weakness": NO, "bladder_bowel": NO}), {})


def test_which_is_asked_only_after_a_yes_to_its_group():
    which = question("numb_or_weak_which")
    for reply, asked in ((YES, True), (NO, False), (UNSURE, False), (None, False)):
        assert due(which, known({}), {QuestionId("numb_or_weak"): reply}) is asked


def test_volunteered_follow_up_gate_brings_its_follow_ups_wherever_it_is_said():
    talk = Talk().until("severity").say("3 +breath_pain")
    assert talk.node == "clot_risk_recent"
    talk.say("no", "no")
    assert talk.node == "daily_life"
    assert talk.level is Level.URGENT


def test_question_that_is_done_is_not_due_whatever_its_answer():
    replies = {q.id: UNSURE for q in DIALOG.questions}
    assert next_question(DIALOG, known({}), replies) is None


def test_question_can_be_left_out():
    left_out = {QuestionId("danger_signs")}
    asked = next_question(DIALOG, known({}), {}, leave_out=left_out)
    assert asked is question("legs_bladder")


def test_dialog_asks_what_the_contract_demands():
    follow_ups = UPPER_BACK_PAIN.follow_ups
    assert {f for f in DIALOG.findings if DIALOG.findings[f].asked == "always"} == set(
        UPPER_BACK_PAIN.always
    )
    assert {f for f in DIALOG.findings if DIALOG.findings[f].asked == "follow_up"} == set(
        follow_ups
    )


def test_nobody_answers_more_than_28_questions():
    findings = dict.fromkeys(("sudden_onset", "injury", "breath_pain", "fever"), YES)
    assert len(interview(findings).asked) == 27
