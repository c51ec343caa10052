"""Several readings of one sound: doubt about danger is asked about, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.talk import DIALOG, UNSURE, YES
from voice_triage.core.readings import with_asks, with_doubts
from voice_triage.core.values import Answer, FindingId, Reply, Understanding
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


def test_a_danger_sign_in_doubt_that_was_not_asked_about_is_asked_back():
    heard = with_asks(read("no", "+faint +leg_swelling"), None, DIALOG.lone_level)
    assert heard.asks == ("faint",)


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
