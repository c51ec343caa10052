"""The level table of the clinical contract, row by row, and how open answers count in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract import UPPER_BACK_PAIN
from tests.talk import DIALOG, NO, UNSURE, YES, assessed, known
from tests.triage.levels import DOCTOR, EMERGENCY, NO_LEVEL, URGENT, level_of
from voice_triage.triage.evidence import OpenSign, record
from voice_triage.triage.levels import assess
from voice_triage.values import FindingId, FindingKind, Level, QuestionId

CORD = "leg_weakness bladder_bowel numb_tingling weakness"
PAIRS = {
    "clot_in_lung": ("breath_pain", "breathless faint cough_blood leg_swelling clot_risk"),
    "clot_in_leg": ("leg_swelling", "clot_risk sudden_onset"),
    "artery_tear": ("aorta_risk", "sudden_onset sudden_severe chest_pain"),
    "stroke_or_artery": ("sudden_onset", "weakness"),
    "injured_cord": ("injury", CORD),
    "infected_cord": ("fever", CORD),
    "pressed_cord": ("cancer_history", CORD),
}
EMERGENCY_ROWS = [
    (rule, first, second) for rule, (first, others) in PAIRS.items() for second in others.split()
]
FRACTURE = [
    {"injury": YES},
    {"cause": ("lifting",)},
    {"cause": ("posture", "lifting")},
    {"sudden_onset": YES},
    {"severity": 7.0},
]
FAILING = ("worsening", "over_one_week", "daily_life", "not_responding")
FAILING_PAIRS = [(a, b) for at, a in enumerate(FAILING) for b in FAILING[at + 1 :]]


def rules_of(assessment):
    return {fired.rule for fired in assessment.fired}


# Lone findings


@pytest.mark.parametrize("finding", EMERGENCY)
def test_finding_alone_is_an_emergency(finding):
    assert assessed({finding: YES}).level is Level.EMERGENCY


@pytest.mark.parametrize("finding", URGENT)
def test_finding_alone_is_urgent(finding):
    assert assessed({finding: YES}).level is Level.URGENT


@pytest.mark.parametrize("finding", DOCTOR)
def test_finding_alone_needs_a_doctor(finding):
    assert assessed({finding: YES}).level is Level.DOCTOR


@pytest.mark.parametrize("finding", NO_LEVEL)
def test_finding_alone_means_nothing(finding):
    assert assessed({finding: YES}).level is Level.SELF_CARE


@pytest.mark.parametrize(
    ("number", "level"), [(6.0, "self_care"), (7.0, "doctor"), (10.0, "doctor")]
)
def test_severity_from_seven_needs_a_doctor(number, level):
    assert assessed({"severity": number}).level.id == level


@pytest.mark.parametrize(("days", "level"), [(6.5, "self_care"), (7.0, "doctor"), (90.0, "doctor")])
def test_pain_for_a_week_needs_a_doctor(days, level):
    assert assessed({"duration_days": days}).level.id == level


def test_sudden_and_severe_is_urgent():
    assert assessed({"sudden_onset": YES, "severity": 7.0}).level is Level.URGENT


@pytest.mark.parametrize("finding", DIALOG.findings)
def test_denied_finding_means_nothing(finding):
    if DIALOG.findings[finding].kind is FindingKind.YES_NO:
        assert assessed({finding: NO}).fired == ()


def test_where_how_and_why_it_hurts_have_no_level():
    for finding in ("location", "quality", "cause"):
        for option in DIALOG.findings[FindingId(finding)].options:
            assert assessed({finding: (option,)}).level is Level.SELF_CARE


# Combinations


@pytest.mark.parametrize(("rule", "first", "second"), EMERGENCY_ROWS)
@pytest.mark.parametrize("values", [(YES, YES), (YES, UNSURE), (UNSURE, YES), (UNSURE, UNSURE)])
def test_two_together_are_an_emergency_even_if_open(rule, first, second, values):
    together = assessed(dict(zip((first, second), values, strict=True)))
    assert together.level is Level.EMERGENCY
    assert rule in rules_of(together)


@pytest.mark.parametrize(("rule", "first", "second"), EMERGENCY_ROWS)
def test_one_of_two_alone_does_not_fire_the_combination(rule, first, second):
    for present, absent in ((first, second), (second, first)):
        assert rule not in rules_of(assessed({present: YES, absent: NO}))
        assert rule not in rules_of(assessed({present: YES}))


@pytest.mark.parametrize("other", FRACTURE, ids=str)
def test_weak_bones_with_a_cause_or_severe_pain_are_urgent(other):
    for bones in (YES, UNSURE):
        found = assessed({"weak_bones": bones, **other})
        assert found.level is Level.URGENT
        assert "fracture" in rules_of(found)
    assert "fracture" not in rules_of(assessed({"weak_bones": NO, **other}))


def test_open_cause_or_severity_counts_as_present_beside_weak_bones():
    assert assessed({"weak_bones": YES, "cause": UNSURE}).level is Level.URGENT
    assert assessed({"weak_bones": YES, "severity": UNSURE}).level is Level.URGENT
    assert assessed({"weak_bones": YES, "cause": ("posture",)}).level is Level.DOCTOR


@pytest.mark.parametrize("two", FAILING_PAIRS)
def test_two_signs_of_failing_at_home_with_severe_pain_are_urgent(two):
    severe = {"severity": 7.0}
    assert assessed({**dict.fromkeys(two, YES), **severe}).level is Level.URGENT
    assert assessed({**dict.fromkeys(two, UNSURE), **severe}).level is Level.URGENT
    assert assessed({**dict.fromkeys(two, YES), "severity": 6.0}).level is Level.DOCTOR
    assert assessed({two[0]: YES, **severe}).level is Level.DOCTOR


# Open answers


# Level and reason


def test_level_is_the_highest_of_the_rules_that_fire():
    found = assessed({"worsening": YES, "fever": YES, "numb_tingling": YES})
    assert found.level is Level.EMERGENCY
    assert [fired.level for fired in found.fired] == sorted(
        (fired.level for fired in found.fired), reverse=True
    )


def test_combination_is_the_reason_rather_than_one_of_its_signs():
    found = assessed({"breath_pain": YES, "faint": YES})
    assert found.strongest is not None
    assert found.strongest.rule == "clot_in_lung"
    assert found.strongest.findings == ("breath_pain", "faint")


def test_certain_reason_comes_before_an_open_one_and_names_only_what_is_certain():
    found = assessed({"injury": YES, "numb_tingling": YES, "weakness": UNSURE, "fever": UNSURE})
    assert found.strongest is not None
    assert found.strongest.rule == "injured_cord"
    assert found.strongest.findings == ("injury", "numb_tingling")


def test_open_reason_becomes_certain_when_the_sign_is_confirmed():
    opened = assessed({"fever": UNSURE})
    surer = record(DIALOG, known({"fever": UNSURE}), {FindingId("fever"): YES})
    found = assess(DIALOG, surer, opened, [FindingId("fever")])
    assert [fired.certain for fired in found.fired] == [True]


YES_NO = [f.id for f in DIALOG.findings.values() if f.kind is FindingKind.YES_NO and not f.derived]
ANY_FINDINGS = st.dictionaries(
    st.sampled_from(YES_NO), st.sampled_from([YES, NO, UNSURE]), max_size=6
)
ANY_NUMBERS = st.fixed_dictionaries(
    {},
    optional={
        "severity": st.sampled_from([0.0, 6.5, 7.0, UNSURE]),
        "duration_days": st.sampled_from([0.5, 6.5, 7.0, UNSURE]),
        "cause": st.sampled_from([("lifting",), ("none",), UNSURE]),
    },
)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(ANY_FINDINGS, ANY_NUMBERS)
def test_any_findings_have_the_level_that_the_contract_demands(findings, numbers):
    evidence = known({**findings, **numbers})
    opened = tuple(OpenSign(QuestionId(f), (f,)) for f, v in findings.items() if v is UNSURE)
    evidence = replace(evidence, open_signs=opened)
    assert level_of(evidence) is UPPER_BACK_PAIN.level(evidence)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(ANY_FINDINGS, ANY_NUMBERS, st.sampled_from(YES_NO), st.sampled_from([YES, UNSURE]))
def test_more_evidence_never_lowers_the_level_however_it_is_taken_in(findings, numbers, more, how):
    before = known({**findings, **numbers})
    after = record(DIALOG, before, {more: how})
    first = assess(DIALOG, before)
    assert level_of(after) >= first.level
    assert assess(DIALOG, after, first, [more]).level is level_of(after)
