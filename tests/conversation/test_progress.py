"""A person hears once how far along it is, in words, and it is true."""

from __future__ import annotations

from tests.conversation.places import text
from tests.conversation.talk import YES, Talk, interview


def told(talk):
    return [e.text for e in talk.everything if getattr(e, "text", "").startswith("That was the")]


def test_it_is_said_when_the_red_flags_are_done():
    talk = Talk().until("duration_days")
    assert talk.sentences[0] == text("progress", count="Eight")
    asked = len(talk.asked)
    talk.to_the_end()
    assert len(talk.asked) - asked + 1 == 8
    assert len(told(talk)) == 1


def test_it_counts_what_is_still_to_be_asked():
    talk = Talk(story=True).say("duration_days=2 severity=3 -worsening").until("daily_life")
    assert text("progress", count="Five") in talk.sentences


def test_one_question_is_one_question():
    known = "duration_days=2 severity=3 -worsening -daily_life -not_responding"
    talk = Talk(story=True).say(f"{known} location=neck quality=dull").until("cause")
    assert text("progress_one") in talk.sentences


def test_it_is_not_said_on_the_way_to_an_emergency_nor_when_nothing_is_left():
    assert not told(interview({"faint": YES}))


def test_it_counts_only_what_the_budget_allows():
    talk = Talk().until("rash")
    talk.state = talk.state.changed({"prompts": 22})
    talk.say("no")
    assert text("progress", count="Six") in talk.sentences
    asked = len(talk.asked)
    talk.to_the_end()
    assert len(talk.asked) - asked + 1 == 6
