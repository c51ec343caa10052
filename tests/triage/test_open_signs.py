"""Answers that stay open are never taken for a no."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.talk import DIALOG, UNSURE, YES, assessed, known
from tests.triage.levels import DOCTOR, EMERGENCY, NO_LEVEL, URGENT, level_of
from voice_triage.triage.evidence import Evidence, OpenSign
from voice_triage.triage.levels import assess
from voice_triage.values import FindingId, Level, QuestionId


def open_together(*names, question="danger_signs", **beside):
    """Evidence in which the signs ``names`` were left open by one answer."""
    signs = tuple(map(FindingId, names))
    evidence = known({**dict.fromkeys(names, UNSURE), **beside})
    return replace(evidence, open_signs=(OpenSign(QuestionId(question), signs),))


@pytest.mark.parametrize("finding", EMERGENCY)
def test_emergency_sign_left_open_is_urgent(finding):
    found = assess(DIALOG, open_together(finding))
    assert found.level is Level.URGENT
    assert found.strongest is not None
    assert found.strongest.findings == (finding,)
    assert not found.strongest.certain


@pytest.mark.parametrize("other", [*EMERGENCY, *URGENT])
@pytest.mark.parametrize("value", [YES, UNSURE])
def test_emergency_sign_left_open_beside_anything_serious_is_an_emergency(other, value):
    sign = "faint" if other != "faint" else "chest_pain"
    assert level_of(open_together(sign, **{other: value})) is Level.EMERGENCY


@pytest.mark.parametrize("other", [*DOCTOR, *NO_LEVEL])
def test_emergency_sign_left_open_beside_something_slight_stays_urgent(other):
    assert level_of(open_together("faint", **{other: YES})) is Level.URGENT


def test_signs_left_open_by_one_answer_are_one_open_sign():
    assert level_of(open_together("breathless", "faint", "chest_pain")) is Level.URGENT


def test_signs_left_open_by_two_answers_are_an_emergency():
    evidence = open_together("breathless", "faint", "chest_pain", leg_weakness=UNSURE)
    legs = OpenSign(QuestionId("legs_bladder"), (FindingId("leg_weakness"),))
    assert level_of(replace(evidence, open_signs=(*evidence.open_signs, legs))) is Level.EMERGENCY


@pytest.mark.parametrize("finding", URGENT)
def test_urgent_sign_left_open_counts_as_present(finding):
    assert assessed({finding: UNSURE}).level is Level.URGENT


@pytest.mark.parametrize("finding", [*DOCTOR, *NO_LEVEL, "severity", "duration_days"])
def test_slight_sign_left_open_counts_as_absent_by_itself(finding):
    assert assessed({finding: UNSURE}).level is Level.SELF_CARE


def test_silence_about_a_danger_sign_and_a_call_for_help_are_emergencies():
    sign = OpenSign(QuestionId("danger_signs"), (FindingId("faint"),))
    assert level_of(replace(Evidence(), silent=(sign,))) is Level.EMERGENCY
    assert level_of(replace(Evidence(), one_of=(sign,))) is Level.EMERGENCY
    assert level_of(replace(Evidence(), called_for_help=True)) is Level.EMERGENCY
