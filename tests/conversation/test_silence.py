"""NoInput on a danger question, and after an outcome."""

from __future__ import annotations

import pytest

from tests.places import GRAVE, LONE, SLIGHT, URGENT, at, ids, question, text
from tests.talk import DIALOG, UNSURE, Talk, interview
from voice_triage.conversation.effects import Listen
from voice_triage.values import Level

# NoInput


@pytest.mark.parametrize("name", ids(GRAVE))
def test_two_silences_on_a_danger_question_are_an_emergency_that_names_the_sign(name):
    talk = at(name).silence()
    assert talk.node == name
    assert talk.sentences == [question(name).again[0]]
    talk.silence()
    assert talk.node == "emergency"
    assert "Call 112 now." in talk.said
    about = (*question(name).asks, *question(name).no_also)
    for finding in about:
        if LONE.get(finding) is Level.EMERGENCY:
            assert DIALOG.findings[finding].sign in talk.said
    assert isinstance(talk.effects[-1], Listen), "it keeps listening"


@pytest.mark.parametrize("name", ids([*URGENT, *SLIGHT]))
def test_silence_on_any_other_question_leaves_it_open(name):
    talk = at(name).silence(3 if question(name) in URGENT else 2)
    assert talk.node != name
    assert all(talk.value(f) is UNSURE for f in question(name).asks)


def test_noise_between_two_silences_does_not_undo_the_first():
    assert Talk().silence().noise().silence().node == "emergency"


def test_silence_after_a_calm_outcome_ends_the_session():
    talk = interview().silence()
    assert talk.finished
    assert talk.sentences == [text("goodbye")]


def test_noise_after_a_calm_outcome_is_answered_once_and_then_ends_the_session():
    talk = interview().noise()
    assert talk.sentences == [text("repeat_hint")]
    assert not talk.finished
    assert talk.noise().finished
