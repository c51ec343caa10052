"""The session loop: speaks, then listens, and never at the same time."""

from __future__ import annotations

import pytest

from voice_triage.app.session import Session
from voice_triage.app.wiring import Language
from voice_triage.conversation.conversation import Conversation
from voice_triage.fakes import Diary, ScriptedEar
from voice_triage.ports import Heard, KeyPress, NoInput, NoMatch, Source
from voice_triage.values import Level


@pytest.fixture(scope="module")
def language():
    return Language.load()


@pytest.fixture
def hold(language):
    """Hold a session in which the ear hears these; the diary, the ear and the outcome."""

    def session(*hearings, first=None):
        ear, diary = ScriptedEar(*hearings), Diary()
        talk = Conversation(language.dialog, language.interpreter, language.dialog.regions["US"])
        loop = Session(talk, language.words, ear, diary, diary, diary, cue=True)
        return diary, ear, loop.run(first)

    return session


def test_it_speaks_then_cues_and_only_then_listens(hold):
    diary, _, _ = hold("no", "my chest hurts", "okay")
    kinds = [kind for kind, _ in diary.notes if kind in ("say", "alarm", "cue")]
    assert kinds == ["say", "cue", "say", "cue", "alarm", "cue", "say"]


def test_everything_said_is_shown_before_it_is_said(hold):
    diary, _, _ = hold("my chest hurts", "okay")
    shown = ""
    for kind, text in diary.notes:
        if kind == "show assistant":
            shown += text + " "
        elif kind in ("say", "alarm"):
            assert text in shown


def test_the_outcome_is_returned(hold):
    assert hold("I can't breathe", "okay")[2] is Level.EMERGENCY


def test_a_key_acknowledges_an_emergency(hold):
    diary, _, level = hold("I can't breathe", KeyPress())
    assert level is Level.EMERGENCY
    assert len(diary.of("alarm")) == 1


def test_an_emergency_is_repeated_until_somebody_answers(hold):
    diary, _, _ = hold("I can't breathe", NoInput(6.0), NoInput(6.0), "okay")
    assert len(diary.of("alarm")) == 3


def test_unintelligible_speech_is_shown_as_such_and_asked_again(hold):
    diary, ear, _ = hold(NoMatch(0.5, Source.MIC), "my chest hurts", "okay")
    assert diary.of("show person")[0] == "(not understood)"
    assert ear.requests[0].question == ear.requests[1].question == "danger_signs"


def test_the_ear_is_told_what_is_asked_and_which_short_answers_to_listen_for(hold):
    _, ear, _ = hold("stop")
    request = ear.requests[0]
    assert {"yes", "no"} <= set(request.short_answers)
    assert request.numbers == ()
    assert request.findings == ("breathless", "faint", "chest_pain")


def test_speech_becomes_slower_from_the_next_word_on(hold):
    diary, _, _ = hold("slower", "stop")
    assert diary.of("rate") == ["130"]


def test_standby_woken_by_danger_words_goes_straight_to_the_emergency(hold):
    diary, _, level = hold("okay", first=Heard("I can't breathe"))
    assert level is Level.EMERGENCY
    assert diary.of("alarm")[0].startswith("This could be an emergency")
    assert diary.of("say")[0].startswith("Call")


def test_when_the_input_ends_every_session_still_ends_with_an_outcome(hold):
    assert hold()[2] is Level.EMERGENCY
    assert hold("no", "no", "no")[2] is not None
