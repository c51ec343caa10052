"""The alarm goes on until somebody answers, is not kept going by a television, and ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversation.test_conversation_properties import CALLS, COMMANDS, events, property_test
from tests.places import text
from tests.talk import Talk
from voice_triage.app.wiring import Language
from voice_triage.conversation.conversation import (
    FEWEST_ALARMS,
    MOST_ALARMS,
    MOST_REMARKS,
    Conversation,
)
from voice_triage.conversation.effects import Finish, Listen, Say, Started
from voice_triage.conversation.moves import ALARM_SECONDS
from voice_triage.ports import Heard, KeyPress, NoInput, NoMatch

TALK = "they talk of the weather"


def alarms(talk):
    """Turns in which the emergency was said."""
    return sum(
        isinstance(e, Say) and "This could be an emergency" in e.text for e in talk.everything
    )


def test_emergency_is_repeated_until_acknowledged_at_most_six_times():
    talk = Talk().say("!faint")
    rounds = 1
    while not talk.silence().finished:
        assert "Call 112 now." in talk.said
        assert talk.listens.no_input_seconds == ALARM_SECONDS
        rounds += 1
    assert rounds == MOST_ALARMS == 6
    assert talk.sentences == [text("emergency_end")]


def test_emergency_is_said_twice_even_when_nobody_can_hear_any_more():
    talk = Talk().say("!faint")
    rounds = 1
    while not talk.silence(ended=True).finished:
        rounds += 1
    assert rounds == FEWEST_ALARMS == 2


def test_noise_does_not_keep_an_emergency_going_for_ever():
    talk = Talk().say("!faint").noise(MOST_ALARMS)
    assert talk.finished


def test_emergency_is_said_completely_each_time():
    talk = Talk().say("!faint")
    said = talk.sentences
    assert talk.silence().sentences == said


@pytest.mark.parametrize("words", ["yes", "no", "/repeat", "/help", "!chest_pain", "!!"])
def test_answers_commands_and_new_danger_hear_the_emergency_again(words):
    talk = Talk().say("!faint", words)
    assert "Call 112 now." in talk.said
    assert not talk.finished


@pytest.mark.parametrize("words", [TALK, "hello", "+fever", "!faint", f"yes {TALK}"])
def test_talk_in_the_room_does_not_hear_the_emergency_again(words):
    talk = Talk().say("!faint", words)
    assert talk.sentences == []
    assert talk.listens.no_input_seconds == ALARM_SECONDS


def test_three_remarks_in_a_row_are_one_silent_round():
    talk = Talk().say("!faint", *[TALK] * (MOST_REMARKS - 1))
    assert talk.sentences == []
    assert "Call 112 now." in talk.say(TALK).said
    assert talk.say(TALK).sentences == [], "and are counted anew"


def test_silence_between_remarks_says_the_emergency_again():
    talk = Talk().say("!faint", TALK, TALK).silence()
    assert "Call 112 now." in talk.said
    assert talk.say(TALK, TALK).sentences == []


def test_television_beside_somebody_who_cannot_answer_ends_the_alarm_after_all_its_rounds():
    talk = Talk().say("!faint")
    remarks = 0
    while not talk.finished:
        talk.say(TALK)
        remarks += 1
    assert alarms(talk) == MOST_ALARMS
    assert remarks == (MOST_ALARMS - 1) * MOST_REMARKS + 1
    assert talk.sentences == [text("emergency_end")]


def test_what_is_told_at_an_emergency_is_kept():
    assert Talk().say("!faint", "+fever").value("fever") == "yes"


@pytest.mark.parametrize("words", ["/go_back", "/wrong", "/start_over", "/moment", "/slower"])
def test_the_same_command_for_ever_ends_too(words):
    talk = Talk().say("!faint")
    for _ in range(10 * MOST_ALARMS):
        if talk.finished:
            break
        talk.say("!faint" if talk.node != "emergency" else words)
    assert talk.finished
    assert alarms(talk) <= MOST_ALARMS


at_the_alarm = st.one_of(
    st.sampled_from([*CALLS, *COMMANDS, TALK, "yes", "no", "+fever", "*faint"]).map(Heard),
    st.sampled_from([NoInput(), NoMatch()]),
)


@property_test
@given(st.lists(at_the_alarm, min_size=1, max_size=30), st.booleans())
def test_alarm_is_said_six_times_at_most_whatever_is_heard(heard, back):
    talk = Talk().say("!faint")
    for _ in range(10):
        for event in heard:
            if talk.finished:
                break
            over = back and talk.node != "emergency"
            talk.do(Heard("!chest_pain") if over else event)
    assert alarms(talk) <= MOST_ALARMS + 1, "coming back from a correction is said once more"
    if back:
        assert talk.finished or len(heard) < MOST_ALARMS


@property_test
@given(st.lists(events, max_size=30), st.lists(at_the_alarm, min_size=60, max_size=60))
def test_last_words_are_said_once_however_the_emergency_was_reached(before, heard):
    talk = Talk()
    for event in [*before, Heard("!faint"), *heard, *[NoInput()] * 60]:
        if not talk.finished:
            talk.do(event)
    assert talk.finished
    assert isinstance(talk.effects[-1], Finish)
    last = [e for e in talk.everything if isinstance(e, Say) and e.text == text("emergency_end")]
    assert len(last) <= 1


@pytest.mark.parametrize(
    ("words", "again"),
    [
        ("yeah i'm doing it", True),
        ("no i can't", True),
        ("and now the weather for the weekend with some rain in the north", False),
        ("the minister said that the talks would go on until friday", False),
        ("he told the inquiry that he had seen nothing of the kind", False),
        ("so what you have to do is chop the onions very finely", False),
    ],
)
def test_real_words_of_a_television_are_no_answer(words, again):
    language = Language.load()
    talk = Conversation(language.dialog, language.interpreter, language.dialog.regions["US"])
    talk.handle(Started())
    talk.handle(Heard("i can't breathe"))
    effects = talk.handle(Heard(words, by_ear=True))
    assert any(isinstance(e, Say) for e in effects) is again
    assert isinstance(effects[-1], Listen)


def test_a_key_acknowledges():
    assert Talk().say("!faint").do(KeyPress()).sentences == [text("emergency_end")]
