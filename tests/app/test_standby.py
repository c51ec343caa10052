"""Standby: what begins a session, what only asks for one, and what is left alone."""

from __future__ import annotations

import math

import pytest

from voice_triage.app.standby import (
    DANGER_QUIET_S,
    NOT_AGAIN_S,
    START_QUIET_S,
    Ask,
    Begin,
    Calls,
    Standby,
    start_phrases,
)
from voice_triage.app.wiring import Language
from voice_triage.fakes import ScriptedEar
from voice_triage.ports import Heard, KeyPress, NoInput, NoMatch, Source

LONG = 60.0
NEWS = "well doctor the thing is i can't breathe and it has been like that since this morning"


@pytest.fixture(scope="module")
def language():
    return Language.load()


@pytest.fixture(scope="module")
def calls(language):
    return Calls(start_phrases(language.dialog), language.words, language.interpreter)


def heard(text, quiet_s=LONG):
    return Heard(text, 1.0, Source.MIC, by_ear=True, quiet_before_s=quiet_s)


# What begins a session


@pytest.mark.parametrize(
    "text",
    [
        "help me",
        "back pain check",
        "i need a doctor",
        "[unk] help me",
        "help me please",
        "help me help me",
        "please help me",
        "can you help me",
        "hey back pain check please",
        "i need a doctor right now",
    ],
)
def test_start_phrase_after_quiet_begins_a_session(calls, text):
    assert calls.heard(heard(text)) == Begin()
    assert calls.heard(heard(text, START_QUIET_S)) == Begin()


@pytest.mark.parametrize("text", ["i can't breathe", "i have chest pain", "call an ambulance"])
def test_danger_words_alone_after_quiet_begin_a_session_with_them(calls, text):
    assert calls.heard(heard(text)) == Begin(text)
    assert calls.heard(heard(text, DANGER_QUIET_S)) == Begin(text)


def test_start_phrase_with_danger_words_begins_a_session_with_them(calls):
    text = "help me i can't breathe"
    assert calls.heard(heard(text, START_QUIET_S)) == Begin(text)


@pytest.mark.parametrize("text", ["help", "HELP!", "help me", "start over"])
def test_typed_calls_begin_a_session(calls, text):
    assert calls.heard(Heard(text)) == Begin()


def test_typed_danger_words_begin_a_session_however_many_they_are(calls):
    text = "i was in the garden with my brother this morning and now i can't breathe"
    assert calls.heard(Heard(text)) == Begin(text)


# What only asks


@pytest.mark.parametrize(
    ("text", "quiet_s"),
    [
        (NEWS, LONG),  # in other talk
        ("i can't breathe", 0.8),  # in the flow of it
        ("i can't breathe [unk]", LONG),  # with something else
        ("help me i can't breathe", 0.5),
    ],
)
def test_danger_words_in_the_flow_of_talk_only_ask(calls, text, quiet_s):
    assert calls.heard(heard(text, quiet_s)) == Ask(text)


def test_help_alone_is_too_short_to_be_sure_of(calls):
    assert calls.heard(heard("help")) == Ask()


# What is left alone


@pytest.mark.parametrize(
    ("text", "quiet_s"),
    [
        ("help me", 0.8),  # in the flow of talk, where it is a command of nobody
        ("i need a doctor", 0.8),
        ("help me to find the remote control", LONG),
        ("they said i need a doctor", LONG),
        ("back pain is very common", LONG),
        ("and now the weather for the weekend", LONG),
        ("start over", LONG),
        ("hello", LONG),
        ("yes", LONG),
        ("[unk]", LONG),
        ("", LONG),
    ],
)
def test_other_talk_is_left_alone(calls, text, quiet_s):
    said = calls.heard(heard(text, quiet_s))
    assert said is None or said == Ask(), said
    assert said is None or text == "help me"


# The answer to “Did somebody call for help?”


@pytest.mark.parametrize(
    "text", ["yes", "yes please", "help", "help me", "i can't breathe", "i need a doctor"]
)
def test_calling_again_is_a_yes(calls, text):
    assert calls.means_yes(heard(text, 0.0))


@pytest.mark.parametrize("text", ["no", "no thank you", "what", "maybe", NEWS, "[unk]", ""])
def test_other_answers_are_none(calls, text):
    assert not calls.means_yes(heard(text, 0.0))


# Waiting


class Waits:
    """Standby with an ear that hears these; how often it asked, and what came of it."""

    def __init__(self, language, *hearings):
        phrases = start_phrases(language.dialog)
        calls = Calls(phrases, language.words, language.interpreter)
        self.now_s, self.asked = 0.0, 0
        self.ear = ScriptedEar(*hearings)
        self.standby = Standby(
            calls, phrases, language.words.short_answers, ask=self._ask, clock=lambda: self.now_s
        )

    def _ask(self):
        self.asked += 1

    @property
    def call(self):
        return self.standby.wait(self.ear)


def test_it_waits_through_silence_noise_and_talk_until_a_start_phrase(language):
    waits = Waits(language, NoInput(60.0), NoMatch(1.0), heard("nice weather"), heard("help me"))
    assert waits.call == Begin()
    assert waits.asked == 0
    assert waits.ear.requests[0].start_phrases == start_phrases(language.dialog)


def test_a_key_begins_a_session(language):
    assert Waits(language, NoInput(60.0), KeyPress()).call == Begin()


def test_end_of_the_input_begins_none(language):
    assert Waits(language, heard("nice weather")).call is None


@pytest.mark.parametrize("reply", [heard("yes", 0.0), heard("i can't breathe", 0.0), KeyPress()])
def test_yes_to_the_question_begins_a_session_with_the_danger_words(language, reply):
    waits = Waits(language, heard(NEWS), reply)
    assert waits.call == Begin(NEWS)
    assert waits.asked == 1
    assert waits.ear.requests[1].start_phrases == ()


@pytest.mark.parametrize(
    "reply", [heard("no", 0.0), NoInput(7.0), NoMatch(1.0), heard("more of the news", 0.0)]
)
def test_no_answer_to_the_question_and_it_is_not_asked_again_for_minutes(language, reply):
    waits = Waits(language, heard(NEWS), reply, heard(NEWS), heard("yes"), heard(NEWS))
    assert waits.call is None
    assert waits.asked == 1


def test_it_is_asked_again_some_minutes_later(language):
    waits = Waits(language, heard(NEWS), NoInput(7.0))
    assert waits.call is None
    waits.now_s = NOT_AGAIN_S
    waits.ear = ScriptedEar(heard(NEWS), heard("yes"))
    assert waits.call == Begin(NEWS)


def test_start_phrases_and_danger_alone_work_while_it_does_not_ask(language):
    waits = Waits(language, heard(NEWS), NoInput(7.0), heard("i can't breathe"))
    assert waits.call == Begin("i can't breathe")
    assert waits.asked == 1


# Which phrases


def test_phrases_are_those_of_the_dialog_unless_others_are_chosen(language):
    assert start_phrases(language.dialog) == ("help me", "back pain check", "i need a doctor")
    assert start_phrases(language.dialog, ["Hello  Doctor", "Wake up"]) == (
        "hello doctor",
        "wake up",
    )


def test_only_chosen_phrases_begin_a_session(language):
    calls = Calls(["wake up"], language.words, language.interpreter)
    assert calls.heard(heard("wake up")) == Begin()
    assert calls.heard(heard("back pain check")) is None
    assert calls.heard(heard("help me")) == Ask(), "but a call for help is not let go unasked"
    assert math.isinf(Heard("typed").quiet_before_s)
