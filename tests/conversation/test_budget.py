"""At most 28 prompts, red flags first; what is not asked any more stays open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.places import text
from tests.talk import DIALOG, NO, UNSURE, YES, Talk, interview, reply_to
from voice_triage.conversation.budget import MOST_PROMPTS, Budget
from voice_triage.conversation.effects import Asked
from voice_triage.conversation.state import State
from voice_triage.ports import Heard, NoInput, NoMatch
from voice_triage.values import FindingKind, Level

MOST_WORDINGS = 3
RED = [q for q in DIALOG.questions if DIALOG.is_red_flag(q)]


def put(talk):
    return [e for e in talk.everything if isinstance(e, Asked)]


def stubborn(talk, noise, findings=None):
    """Every question is answered, but only after ``noise`` was said to it first."""
    answered = set()
    for _ in range(100):
        here = talk.question
        if here is None:
            return talk
        if here.id in answered:
            talk.say(reply_to(here, findings or {}))
        else:
            answered.add(here.id)
            talk.say(noise)
    raise AssertionError("no outcome came")


def test_person_with_nothing_serious_hears_21_prompts():
    talk = interview()
    assert len(put(talk)) == talk.state.prompts == 21


@pytest.mark.parametrize("noise", ["hello", "unsure"])
def test_who_is_understood_at_the_second_time_only_is_asked_every_red_flag(noise):
    talk = stubborn(Talk(), noise)
    assert len(put(talk)) == MOST_PROMPTS
    everyone = {q.id for q in RED if q.when is None and q.which_of is None} - {"tearing_pain"}
    assert everyone <= set(talk.asked) or talk.level is Level.EMERGENCY
    assert "quality" not in talk.asked, "given up first"


def test_some_reprompts_cost_nothing_but_what_does_not_weigh():
    talk = Talk()
    for name in ("danger_signs", "injury", "breath_pain", "fever", "cancer_history", "rash"):
        talk.until(name).say("hello")
    for name in ("legs_bladder", "weight_loss", "urine_symptoms"):
        assert name in talk.asked
    talk.until("severity").to_the_end()
    assert (talk.level, len(put(talk))) == (Level.SELF_CARE, 27)
    talk = Talk()
    for name in ("danger_signs", "legs_bladder", "injury", "breath_pain", "fever"):
        talk.until(name).say("hello")
    for name in ("cancer_history", "weight_loss", "urine_symptoms", "rash"):
        talk.until(name).say("hello")
    talk.to_the_end()
    assert (talk.level, len(put(talk))) == (Level.SELF_CARE, MOST_PROMPTS)
    assert not {"quality", "cause"} & set(talk.asked)
    assert talk.value("quality") is UNSURE


def test_longest_way_through_keeps_to_the_limit():
    yes = dict.fromkeys(("sudden_onset", "injury", "breath_pain", "fever"), YES)
    talk = interview({**yes, "weak_bones": NO})
    assert len(put(talk)) <= MOST_PROMPTS
    talk = stubborn(Talk(), "hello", yes)
    assert len(put(talk)) <= MOST_PROMPTS
    reds = {q.id for q in RED if q.which_of is None}
    assert reds <= set(talk.asked) or talk.level is Level.EMERGENCY


def test_prompts_that_the_person_asked_for_do_not_count():
    talk = Talk().until("injury")
    prompts = talk.state.prompts
    talk.say("/repeat", "/help", "/slower", "/faster", "/go_back", "no")
    assert talk.node == "injury"
    assert talk.state.prompts == prompts


def test_start_over_begins_a_new_count():
    assert Talk().until("fever").say("/start_over").state.prompts == 1


def test_correction_is_possible_when_the_budget_is_spent():
    talk = Talk()
    talk.state = talk.state.changed({"prompts": MOST_PROMPTS})
    talk.say("!faint", "/wrong", "no")
    assert talk.node == "confirm"
    assert talk.say("yes").value("faint") is NO


def test_sign_that_cannot_be_asked_back_any_more_is_left_open():
    talk = interview()
    talk.state = talk.state.changed({"prompts": MOST_PROMPTS})
    talk.say("*faint")
    assert talk.node == "urgent"
    assert text("open_sign_call") in talk.sentences


def test_what_set_it_off_weighs_only_where_bones_may_be_thin():
    budget = Budget(DIALOG, most=3)
    cause = next(q for q in DIALOG.questions if q.id == "cause")
    for bones, weighs in ((NO, False), (YES, True)):
        talk = Talk().until("location", {"weak_bones": bones})
        state = talk.state.changed({"prompts": 2})
        assert budget._weighs(cause, state) is weighs


# Whatever is said

YES_NO = [f.id for f in DIALOG.findings.values() if f.kind is FindingKind.YES_NO]
words = st.one_of(
    st.sampled_from(["yes", "no", "unsure", "no", "hello", "3", "8", "=lifting"]),
    st.builds(
        lambda answer, sign, finding: f"{answer} {sign}{finding}".strip(),
        st.sampled_from(["", "yes", "no", "no"]),
        st.sampled_from("+-?*"),
        st.sampled_from(YES_NO),
    ),
).map(Heard)
events = st.one_of(words, words, words, st.sampled_from([NoInput(), NoMatch()]))
LONGEST = 90
"""Turns within which every session has come to an outcome: 28 prompts, and the alarms."""


@settings(derandomize=True, max_examples=250, deadline=None)
@given(st.lists(events, min_size=LONGEST, max_size=LONGEST), st.booleans())
def test_nobody_hears_more_than_28_prompts_and_nothing_more_than_three_times(session, story):
    talk = Talk(story=story)
    for event in session:
        if talk.question is None and talk.node in [level.id for level in Level]:
            break
        talk.do(event)
    else:
        raise AssertionError(f"still at {talk.node}")
    prompts = put(talk)
    assert len(prompts) <= MOST_PROMPTS
    for question in DIALOG.questions:
        assert sum(e.question == question.id for e in prompts) <= MOST_WORDINGS
    clarified = [f for e in prompts if e.question == "clarify" for f in e.findings]
    assert all(clarified.count(f) <= 2 for f in clarified)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(events, min_size=LONGEST, max_size=LONGEST))
def test_first_prompt_of_a_red_flag_is_never_given_up(session):
    talk = Talk()
    late = set()
    for event in session:
        if talk.question is None and talk.node in [level.id for level in Level]:
            break
        known = {f: talk.value(f) for f in YES_NO}
        talk.do(event)
        # What is volunteered late may bring up follow-ups that a no had ruled out.
        late |= {f for f in YES_NO if known[f] is NO and talk.value(f) is not NO}
    if talk.level < Level.EMERGENCY and not late:
        for question in RED:
            given_up = talk.state.replies.get(question.id) is UNSURE
            assert not given_up or question.id in talk.asked, question.id


def test_state_begins_without_prompts():
    assert State().prompts == 0


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
