"""Several readings of one sound: doubt about danger is asked about, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.talk import DIALOG, UNSURE, YES, Talk
from voice_triage.core.effects import HeardWords
from voice_triage.core.readings import with_doubts
from voice_triage.core.values import Answer, FindingId, Level, Reply, Understanding
from voice_triage.fakes import ScriptedInterpreter


def read(text, *others):
    scripted = ScriptedInterpreter()
    understood = [scripted.interpret(other, None) for other in others]
    return with_doubts(scripted.interpret(text, None), understood, DIALOG.lone_level)


@pytest.mark.parametrize("other", ["+leg_swelling", "?leg_swelling", "no +leg_swelling"])
def test_a_danger_sign_that_only_another_reading_has_is_in_doubt(other):
    heard = read("no", other)
    assert heard.findings == {"leg_swelling": UNSURE}


def test_a_sign_that_is_no_danger_needs_no_second_opinion():
    assert read("yes", "+worsening").findings == {}


def test_what_the_better_reading_states_stands():
    assert read("yes +faint", "?faint").findings == {"faint": YES}


def test_a_denial_that_another_reading_contradicts_is_in_doubt():
    assert read("-chest_pain", "+chest_pain").findings == {"chest_pain": UNSURE}


def test_a_no_counts_if_all_readings_have_it():
    assert read("no", "no").answer is Answer.NO
    assert read("no", "").answer is Answer.UNSURE
    assert read("yes", "").answer is Answer.YES


def test_words_that_may_hold_a_danger_sign_are_no_command():
    assert read("/stop", "+chest_pain").command is None
    assert read("/stop", "no").command == "stop"


def test_a_doubtful_sign_is_asked_about_before_the_next_question():
    talk = Talk().until("breath_pain").do(HeardWords("no", ("no +leg_swelling",)))
    assert talk.node == "clarify"
    assert "leg" in talk.said
    assert talk.level is Level.SELF_CARE
    assert talk.say("yes").level is Level.URGENT


def test_a_sign_of_the_question_itself_is_asked_again():
    talk = Talk().do(HeardWords("no", ("+faint",)))
    assert talk.node == "danger_signs"
    assert talk.value("faint") is None
    assert talk.say("no").node == "legs_bladder"


def test_a_sign_whose_question_is_still_to_come_waits_for_it():
    talk = Talk().until("legs_bladder").do(HeardWords("no", ("no +fever",)))
    assert talk.node == "sudden_onset"
    assert talk.until("fever").value("fever") is None


TOKENS = st.sampled_from(
    [
        "yes",
        "no",
        "unsure",
        "+faint",
        "-faint",
        "?faint",
        "+fever",
        "-fever",
        "!chest_pain",
        "/stop",
    ]
)
TEXTS = st.lists(TOKENS, max_size=4).map(" ".join)
_STRENGTH = [None, Reply.NO, Reply.UNSURE, Reply.YES]


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_other_readings_never_make_a_sign_weaker_or_a_no_stronger(text, others):
    alone, together = read(text), read(text, *others)
    for finding in (FindingId("faint"), FindingId("fever"), FindingId("chest_pain")):
        weaker, stronger = alone.findings.get(finding), together.findings.get(finding)
        assert _STRENGTH.index(stronger) >= _STRENGTH.index(weaker)
    assert together.danger == alone.danger
    assert together.answer in (alone.answer, Answer.UNSURE)
    assert together.answer is alone.answer or alone.answer is Answer.NO


def test_one_reading_alone_is_left_as_it_is():
    heard = Understanding("no", Answer.NO)
    assert with_doubts(heard, (), DIALOG.lone_level) is heard
