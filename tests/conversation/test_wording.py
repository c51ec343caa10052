"""What is said at the end: one action, the right reason, what to watch for, in short sentences."""

from __future__ import annotations

import pytest

from tests.talk import DIALOG, NO, UNSURE, YES, Findings, Talk, interview, known
from voice_triage.conversation.wording import Wording, enumerated, exported
from voice_triage.triage.levels import assess
from voice_triage.values import FindingId, Level

HEADS = {
    "urgent": "You should be seen by a doctor today.",
    "doctor": "Call your doctor in the next day or two.",
    "self_care": "This sounds like a muscle or joint problem that usually settles on its own.",
}
CASES = {
    "emergency": {"faint": YES},
    "urgent": {"rash": YES},
    "doctor": {"worsening": YES},
    "self_care": {},
}


def because(*findings):
    """The reason that names ``findings``."""
    clauses = [DIALOG.findings[FindingId(f)].clause for f in findings]
    return DIALOG.texts["because"].format(reason=" and ".join(clauses))


def unruled(*findings):
    signs = enumerated((DIALOG.findings[FindingId(f)].sign for f in findings), "or")
    return DIALOG.texts["open_sign"].format(signs=signs)


def reason_for(findings):
    wording = Wording(DIALOG, DIALOG.regions["other"])
    return wording.reason(assess(DIALOG, known(findings)).strongest)


@pytest.mark.parametrize("level", HEADS)
def test_outcome_begins_with_its_one_action(level):
    assert interview(CASES[level]).outcome.say[0] == HEADS[level]


@pytest.mark.parametrize(
    ("region", "number"),
    [
        ("US", "911"),
        ("CA", "911"),
        ("UK", "999"),
        ("EU", "112"),
        ("AU", "000"),
        ("NZ", "111"),
        ("other", "112"),
        ("en-US", "112 or 911"),
    ],
)
def test_emergency_number_is_that_of_the_region(region, number):
    opening = Talk(region=region)
    assert f"call {number} now" in opening.sentences[0]
    alarm = opening.say("!faint")
    assert alarm.outcome.say[0] == f"This could be an emergency. Call {number} now."
    for level in ("urgent", "doctor", "self_care"):
        assert number in interview(CASES[level], region=region).said


def test_advice_line_is_named_for_urgent_where_there_is_one():
    assert "call 111 for advice" in interview(CASES["urgent"], region="UK").said
    assert "for advice" not in interview(CASES["urgent"], region="US").said
    assert "for advice" not in interview(CASES["doctor"], region="UK").said


def test_emergency_names_the_call_twice_and_gives_no_home_care():
    talk = interview(CASES["emergency"])
    assert talk.said.count("112") >= 2
    for words in ("Do not drive yourself", "Unlock the door", "Sit upright if breathing is hard"):
        assert words in talk.said
    assert "ice" not in talk.said.split()
    assert "When in doubt" not in talk.said


@pytest.mark.parametrize("level", HEADS)
def test_calm_outcome_says_what_to_do_what_to_watch_for_and_how_to_hear_it_again(level):
    said = interview(CASES[level]).outcome.say
    told = DIALOG.outcomes[Level.from_id(level)]
    reason = {"urgent": "rash", "doctor": "worsening"}.get(level)
    assert said[1] == (because(reason) if reason else DIALOG.texts["because_none"])
    assert set(told.act) <= set(said)
    assert any("Call 112 if it becomes hard to breathe" in text for text in said)
    assert said[-1] == DIALOG.texts["repeat_hint"]
    assert said[-2] == DIALOG.texts["not_doctor"]


@pytest.mark.parametrize(("level", "expected"), [("urgent", 0), ("doctor", 1), ("self_care", 1)])
def test_when_in_doubt_is_said_in_every_outcome_below_urgent(level, expected):
    assert interview(CASES[level]).said.count("When in doubt, see your doctor.") == expected


ADVICE = DIALOG.advice[FindingId("cause")]


@pytest.mark.parametrize("cause", ADVICE)
def test_home_advice_fits_the_cause(cause):
    said = interview({"cause": (cause,)}).outcome.say
    assert ADVICE[cause] in said
    assert sum(advice in said for advice in ADVICE.values()) == 1


def test_advice_for_every_cause_named_and_none_where_urgent():
    said = interview({"cause": ("posture", "sport")}).outcome.say
    assert {ADVICE["posture"], ADVICE["sport"]} <= set(said)
    said = interview({"cause": ("posture",), "rash": YES}).outcome.say
    assert not set(ADVICE.values()) & set(said)


def test_low_back_alone_is_told_that_this_is_for_the_upper_back():
    note = DIALOG.remarks[FindingId("location")]["low back"]
    assert note in Talk().until("location").say("=low_back").sentences
    assert note not in Talk().until("location").say("=low_back =upper_back").sentences
    assert note in Talk().say("no location=low_back").sentences


def test_low_back_keeps_the_safety_questions():
    talk = Talk().say("no location=low_back")
    assert talk.node == "legs_bladder"
    assert "location" not in talk.to_the_end().asked


# Reasons


def test_reason_names_the_findings_that_made_the_level():
    assert reason_for({"breath_pain": YES, "faint": YES})[0] == because("breath_pain", "faint")
    assert reason_for({"worsening": YES, "rash": YES})[0] == because("rash")
    assert reason_for({"injury": YES, "weakness": YES})[0] == because("injury", "weakness")
    assert reason_for({})[0] == DIALOG.texts["because_none"]


def test_reason_for_an_open_sign_says_that_it_is_not_ruled_out():
    sign = DIALOG.findings[FindingId("fever")].sign
    assert reason_for({"fever": UNSURE})[0] == DIALOG.texts["because_open"].format(signs=sign)


def test_reason_reads_as_a_sentence_for_a_cause_too():
    assert DIALOG.findings[FindingId("cause")].clause == "lifting something set it off"
    said = reason_for({"weak_bones": YES, "cause": ("lifting",)})[0]
    assert said == because("weak_bones", "cause")


def test_reason_for_a_bare_yes_names_the_group_and_for_a_call_the_call():
    group = Wording(DIALOG, DIALOG.regions["other"]).signs(DIALOG.questions[0].asks)
    said = Talk().say("yes").sentences
    assert DIALOG.texts["because_one_of"].format(signs=group) in said
    assert DIALOG.texts["because_call"] in Talk().say("!!").sentences


def test_open_sign_is_named_with_the_number_to_call_if_it_is_there():
    talk = Talk().say("unsure", "unsure")
    call = DIALOG.texts["open_sign_call"].format(emergency_number="112")
    named = unruled("breathless", "faint", "chest_pain")
    assert {named, call} <= set(talk.sentences)
    end = talk.to_the_end()
    assert end.node == "urgent"
    assert {named, call} <= set(end.outcome.say)


def test_at_most_three_signs_are_named():
    wording = Wording(DIALOG, DIALOG.regions["other"])
    signs = [DIALOG.findings[FindingId(f)].sign for f in ("fever", "rash", "injury")]
    assert wording.signs(map(FindingId, ("fever", "rash", "injury", "faint"))) == (
        f"{signs[0]}, {signs[1]} or {signs[2]}"
    )


def test_lists_read_aloud():
    assert [enumerated(list("abc")[:n], "or") for n in range(4)] == ["", "a", "a or b", "a, b or c"]


def test_values_are_read_back_in_words():
    wording = Wording(DIALOG, DIALOG.regions["other"])
    assert wording.value(8.0, FindingId("severity")) == "8 out of 10"
    assert wording.value(0.5, FindingId("duration_days")) == "0.5 days"
    assert wording.value(("neck", "ribs"), FindingId("location")) == "neck and ribs"


def test_findings_are_exported_plainly():
    values: Findings = {
        "faint": NO,
        "severity": 7.0,
        "duration_days": 0.5,
        "cause": ("sport",),
        "quality": ("dull", "stiff"),
        "rash": UNSURE,
    }
    pairs = [(FindingId(f), v) for f, v in values.items()]
    assert exported(pairs) == {
        "faint": "no",
        "severity": 7,
        "duration_days": 0.5,
        "cause": "sport",
        "quality": ["dull", "stiff"],
        "rash": "unsure",
    }


# Length
