"""Commands work in every question, cost nothing, and never let an emergency go unsaid."""

from __future__ import annotations

import pytest

from tests.talk import DIALOG, YES, Talk, interview
from voice_triage.conversation.effects import SetRate, Stopped
from voice_triage.conversation.state import (
    DEFAULT_RATE_WPM,
    FASTEST_RATE_WPM,
    RATE_STEP_WPM,
    SLOWEST_RATE_WPM,
)
from voice_triage.values import Level

FIRST = DIALOG.questions[0]


def text(key, **holes):
    return DIALOG.texts[key].format(emergency_number="112", **holes)


# Repeat, help, a moment


def test_repeat_says_the_question_again_in_the_same_words():
    talk = Talk().noise().say("/repeat")
    assert talk.sentences == [FIRST.again[0]]


def test_repeat_after_an_outcome_says_all_of_it_again():
    talk = interview({"rash": YES})
    said = list(talk.outcome.say)
    assert talk.say("/repeat").sentences == said
    assert talk.say("/repeat").sentences == said


def test_help_says_first_how_to_reach_emergency_help_then_why_this_is_asked():
    talk = Talk().say("/help")
    assert talk.sentences[0] == text("help_first")
    assert "112" in talk.sentences[0]
    assert FIRST.help in talk.sentences
    assert talk.sentences[-1] == FIRST.ask


@pytest.mark.parametrize("findings", [{}, {"rash": YES}, {"faint": YES}], ids=str)
def test_help_says_the_emergency_number_first_after_an_outcome_too(findings):
    talk = interview(findings)
    node, said = talk.node, talk.outcome.say
    talk.say("/help")
    assert talk.sentences[0] == text("help_first")
    assert talk.sentences[-len(said) :] == list(said)
    assert talk.node == node


def test_help_at_the_story_says_the_prompt_again():
    talk = Talk(story=True).say("/help")
    assert talk.sentences[0] == text("help_first")
    assert talk.sentences[-1] == text("story")
    assert talk.listens.open_mode


def test_moment_waits_longer_once():
    talk = Talk()
    usual = talk.listens.no_input_seconds
    assert talk.say("/moment").listens.no_input_seconds == usual + 8
    assert talk.sentences == [text("moment")]
    assert talk.silence().listens.no_input_seconds == usual


@pytest.mark.parametrize("command", ["repeat", "help", "moment", "slower", "faster"])
def test_commands_do_not_count_as_failures_to_answer(command):
    patient = Talk().say(*[f"/{command}"] * 5)
    assert patient.node == "danger_signs"
    assert patient.noise().sentences == [FIRST.again[0]]
    assert patient.say(f"/{command}").noise().sentences == [FIRST.again[1]]
    assert patient.say("no").level is Level.SELF_CARE


# Rate of speech


def test_speech_gets_slower_and_faster_and_the_question_is_said_again():
    talk = Talk().say("/slower")
    assert talk.effects[0] == SetRate(DEFAULT_RATE_WPM - RATE_STEP_WPM)
    assert talk.sentences == [text("slower"), FIRST.ask]
    assert talk.say("/faster").effects[0] == SetRate(DEFAULT_RATE_WPM)


@pytest.mark.parametrize(
    ("command", "limit"), [("slower", SLOWEST_RATE_WPM), ("faster", FASTEST_RATE_WPM)]
)
def test_rate_of_speech_stays_within_110_and_300_words_a_minute(command, limit):
    talk = Talk().say(*[f"/{command}"] * 12)
    assert talk.effects[0] == SetRate(limit)
    assert limit in (110, 300)
    assert DEFAULT_RATE_WPM == 155


def test_rate_of_speech_survives_starting_over():
    talk = Talk().say("/slower", "/start_over")
    assert talk.state.rate_wpm == DEFAULT_RATE_WPM - RATE_STEP_WPM


# Starting over and stopping


def test_start_over_forgets_everything_and_begins_with_the_emergency_number():
    talk = Talk().until("weight_loss", {"fever": YES}).say("/start_over")
    assert talk.sentences[0] == text("start_over")
    assert talk.sentences[1] == text("opening_emergency")
    assert talk.node == "danger_signs"
    assert talk.level is Level.SELF_CARE
    assert talk.to_the_end().node == "self_care"


def test_start_over_works_from_an_emergency():
    assert Talk().say("!faint", "/start_over").to_the_end().node == "self_care"


@pytest.mark.parametrize("findings", [{}, {"fever": YES}, {"sudden_onset": YES}], ids=str)
def test_stop_never_says_that_all_is_well(findings):
    talk = Talk().until("weight_loss", findings)
    level = talk.level
    talk.say("/stop")
    assert talk.finished
    assert "cannot say that all is well" in talk.sentences[0]
    assert text("help_first") in talk.sentences
    assert (DIALOG.outcomes[Level.URGENT].head in talk.sentences) is (level is Level.URGENT)
    assert DIALOG.outcomes[Level.SELF_CARE].head not in talk.sentences
    assert Stopped(level) in talk.effects


def test_stop_after_an_outcome_is_a_goodbye():
    assert interview().say("/stop").sentences == [text("goodbye")]
    assert Talk().say("!faint", "/stop").sentences == [text("emergency_end")]


def test_stop_while_an_emergency_is_being_corrected_still_says_to_call():
    talk = Talk().say("!faint", "/wrong", "/stop")
    assert talk.finished
    assert "This could be an emergency. Call 112 now." in talk.sentences


# Acknowledging


def test_okay_means_nothing_while_a_question_is_open():
    talk = Talk().say("/acknowledge")
    assert talk.node == "danger_signs"
    assert talk.sentences == [FIRST.again[0]]


def test_key_while_a_question_is_open_listens_again_and_answers_nothing():
    talk = Talk().key()
    assert talk.sentences == []
    assert talk.listens.question is FIRST
    assert talk.noise().sentences == [FIRST.again[0]]


@pytest.mark.parametrize("how", ["key", "okay"])
def test_outcome_is_acknowledged_by_key_or_word(how):
    for findings, farewell in (({}, "goodbye"), ({"faint": YES}, "emergency_end")):
        talk = interview(findings)
        talk.key() if how == "key" else talk.say("/acknowledge")
        assert talk.finished
        assert talk.sentences == [text(farewell)]


def test_skip_leaves_out_the_story_and_nothing_else():
    assert Talk(story=True).say("/skip").node == "danger_signs"
    talk = Talk().say("/skip")
    assert talk.sentences == [FIRST.again[0]]
    assert talk.value("faint") is None
