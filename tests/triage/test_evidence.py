"""Evidence only grows by hearing more; only a confirmed correction weakens it, and only in part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.talk import DIALOG, NO, UNSURE, YES, known
from voice_triage.triage.evidence import Evidence, OpenSign, corrected, merged, record
from voice_triage.values import FindingId, QuestionId

REPLIES = st.sampled_from([NO, UNSURE, YES])
VALUES = st.one_of(
    REPLIES,
    st.floats(0, 10),
    st.lists(st.sampled_from(["neck", "ribs", "shoulder"]), min_size=1, unique=True).map(tuple),
)


@pytest.mark.parametrize(
    ("old", "new", "result"),
    [
        (None, NO, NO),
        (NO, YES, YES),
        (NO, UNSURE, UNSURE),
        (UNSURE, YES, YES),
        (YES, NO, YES),
        (YES, UNSURE, YES),
        (UNSURE, NO, UNSURE),
        (3.0, 8.0, 8.0),
        (8.0, 3.0, 8.0),
        (UNSURE, 3.0, 3.0),
        (3.0, UNSURE, 3.0),
        (("neck",), ("ribs",), ("neck", "ribs")),
        (("neck", "ribs"), ("neck",), ("neck", "ribs")),
        (("neck",), UNSURE, ("neck",)),
    ],
)
def test_stronger_value_stays(old, new, result):
    assert merged(old, new) == result


@given(VALUES, VALUES)
def test_hearing_the_same_again_changes_nothing(old, new):
    once = merged(old, new)
    assert merged(once, new) == once


@given(REPLIES, REPLIES)
def test_order_in_which_replies_come_does_not_matter(one, other):
    assert merged(one, other) is merged(other, one)


def test_better_now_never_lowers():
    better = record(DIALOG, known({"faint": YES, "severity": 8.0}), known({"severity": 2.0}).values)
    better = record(DIALOG, better, {FindingId("faint"): NO})
    assert better.get(FindingId("faint")) is YES
    assert better.get(FindingId("severity")) == 8.0


@pytest.mark.parametrize(("days", "long"), [(6.5, NO), (7.0, YES), (30.0, YES), (UNSURE, UNSURE)])
def test_over_one_week_is_derived_from_days(days, long):
    assert known({"duration_days": days}).get(FindingId("over_one_week")) is long


@pytest.mark.parametrize(
    ("sudden", "severity", "result"),
    [
        (YES, 7.0, YES),
        (YES, 6.0, NO),
        (NO, 9.0, NO),
        (UNSURE, 8.0, UNSURE),
        (YES, UNSURE, UNSURE),
        (YES, None, None),
        (None, 9.0, None),
        (NO, None, NO),
    ],
)
def test_sudden_severe_is_derived_from_onset_and_severity(sudden, severity, result):
    told = {"sudden_onset": sudden, "severity": severity}
    evidence = known({f: v for f, v in told.items() if v is not None})
    assert evidence.get(FindingId("sudden_severe")) is result


def test_derived_finding_never_weakens_when_more_is_heard():
    severe = known({"sudden_onset": YES, "severity": 8.0})
    assert record(DIALOG, severe, {FindingId("severity"): 2.0}).is_yes(FindingId("sudden_severe"))


def test_nothing_new_is_the_same_evidence():
    evidence = known({"fever": NO})
    assert record(DIALOG, evidence, {}) is evidence


def test_volunteered_findings_are_remembered_as_such():
    told = known({"fever": YES}, volunteered=True)
    asked = record(DIALOG, told, {FindingId("rash"): YES})
    assert asked.volunteered == {"fever"}


# Corrections


def test_correction_replaces_only_what_it_names():
    before = known({"faint": YES, "fever": YES, "severity": 8.0})
    after = corrected(DIALOG, before, {FindingId("faint"): NO})
    assert after.get(FindingId("faint")) is NO
    assert after.values == {**before.values, FindingId("faint"): NO}


def test_correction_of_a_number_brings_derived_findings_up_to_date():
    before = known({"sudden_onset": YES, "severity": 9.0, "duration_days": 10.0})
    after = corrected(DIALOG, before, {FindingId("severity"): 3.0})
    assert after.get(FindingId("sudden_severe")) is NO
    assert after.is_yes(FindingId("over_one_week"))


def test_correction_keeps_what_was_said_outright_though_it_could_be_derived():
    told = known({"over_one_week": YES}, volunteered=True)
    before = record(DIALOG, told, {FindingId("duration_days"): 9.0})
    after = corrected(DIALOG, before, {FindingId("duration_days"): 2.0})
    assert after.is_yes(FindingId("over_one_week"))


def test_correcting_one_of_several_open_signs_leaves_the_others_open():
    signs = tuple(FindingId(f) for f in ("breathless", "faint", "chest_pain"))
    sign = OpenSign(QuestionId("danger_signs"), signs)
    for kind in ("open_signs", "silent", "one_of"):
        changes: dict[str, Any] = {kind: (sign,)}
        before = replace(Evidence(dict.fromkeys(signs, UNSURE)), **changes)
        after = corrected(DIALOG, before, {FindingId("chest_pain"): NO})
        (left,) = getattr(after, kind)
        assert left.findings == ("breathless", "faint")
        gone = corrected(DIALOG, before, dict.fromkeys(signs, NO))
        assert getattr(gone, kind) == ()
