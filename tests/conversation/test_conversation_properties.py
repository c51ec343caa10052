"""Whatever is said, in any order: never silent, stuck or lower, and never deaf to danger."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract import UPPER_BACK_PAIN
from tests.talk import DIALOG, NO, YES, Talk, reply_to
from voice_triage.content.dialog import ENDED
from voice_triage.conversation.effects import Answered, Finish, Listen, Say
from voice_triage.ports import Heard, KeyPress, NoInput, NoMatch
from voice_triage.review.proof.residual import obligations
from voice_triage.values import Command, FindingKind, Level, QuestionId

YES_NO = [f.id for f in DIALOG.findings.values() if f.kind is FindingKind.YES_NO]
DANGER = [f"!{f}" for f, level in DIALOG.lone_level.items() if level is Level.EMERGENCY]
CALLS = [*DANGER, "!!", "no !faint", "-chest_pain !faint", "yes !breathless"]
COMMANDS = [f"/{command}" for command in Command]
REMARKS = [f"{sign}{f}" for sign in "+-?~" for f in YES_NO]
VALUES = ["3", "8", "=low_back", "=lifting", "=dull =sharp", "severity=9", "duration_days=8"]
ANSWERS = ["yes", "no", "unsure", "no", "hello"]
MOST_EVENTS_TO_THE_END = 140
"""Thirty questions of three prompts each, clarifying ones, and the alarms."""

words = st.one_of(
    st.sampled_from(ANSWERS),
    st.sampled_from(VALUES),
    st.sampled_from(COMMANDS),
    st.sampled_from(REMARKS),
    st.tuples(st.sampled_from(ANSWERS), st.sampled_from(REMARKS)).map(" ".join),
)
calm_events = st.one_of(
    words.map(Heard),
    words.map(Heard),
    words.map(Heard),
    st.sampled_from([NoInput(), NoMatch(), KeyPress()]),
)
events = st.one_of(calm_events, calm_events, st.sampled_from(CALLS).map(Heard))
sessions = st.lists(events, max_size=40)
property_test = settings(derandomize=True, max_examples=120, deadline=None)


def play(talk, event):
    """One turn, with what must hold of every turn."""
    before, node = talk.level, talk.node
    talk.do(event)
    assert isinstance(talk.effects[-1], Listen | Finish)
    assert sum(isinstance(e, Listen | Finish) for e in talk.effects) == 1
    remark = node == talk.node == "emergency" and talk.state.remarks
    if not remark and (not isinstance(event, KeyPress) or talk.node != node):
        assert any(isinstance(e, Say) for e in talk.effects), "never silent"
    assert all(e.text.strip() for e in talk.effects if isinstance(e, Say))
    corrected = any(isinstance(e, Answered) and e.corrected for e in talk.effects)
    over = isinstance(event, Heard) and "/start_over" in event.text
    if not corrected and not over:
        assert talk.level >= before, "only a confirmed correction lowers"
    assert talk.state.assessment.level is max(
        (f.level for f in talk.state.assessment.fired), default=Level.SELF_CARE
    )


@property_test
@given(sessions, st.booleans())
def test_every_turn_keeps_its_promises(session, story):
    talk = Talk(story=story)
    for event in session:
        if talk.node == ENDED:
            break
        play(talk, event)


@property_test
@given(sessions, st.sampled_from([NoInput(), NoMatch(), NoInput(ended=True)]))
def test_every_session_ends_when_nothing_more_is_understood(session, nothing):
    talk = Talk()
    for event in session:
        if talk.node == ENDED:
            return
        play(talk, event)
    for _ in range(MOST_EVENTS_TO_THE_END):
        if talk.node == ENDED:
            return
        play(talk, nothing)
    raise AssertionError(f"still at {talk.node}")


@property_test
@given(sessions, st.sampled_from(CALLS), st.booleans())
def test_danger_words_lead_to_the_emergency_prompt_in_the_same_turn(session, words, story):
    talk = Talk(story=story)
    for event in session:
        play(talk, event)
        if talk.node in (ENDED, "emergency"):
            return  # already called, or said (test_alarm.py)
    play(talk, Heard(words))
    assert talk.node == "emergency"
    assert "This could be an emergency. Call 112 now." in talk.sentences


@property_test
@given(st.lists(calm_events, max_size=40))
def test_level_falls_only_after_a_denial_read_back_and_a_yes(session):
    talk = Talk()
    for event in session:
        if talk.node == ENDED:
            return
        before, node = talk.level, talk.node
        talk.do(event)
        if talk.level < before and "/start_over" not in getattr(event, "text", ""):
            assert node == "confirm"
            assert event.text.startswith("yes")


def is_a_correction(event):
    text = getattr(event, "text", "")
    return any(text == f"/{command}" for command in ("go_back", "wrong", "start_over"))


@property_test
@given(st.lists(calm_events, max_size=30))
def test_calm_outcome_is_reached_only_when_everything_was_asked(session):
    talk = Talk()
    for event in session:
        if talk.question is None:
            break
        if not is_a_correction(event):
            talk.do(event)
    talk.to_the_end()
    if talk.node in ("self_care", "doctor", "urgent"):
        assert not obligations(UPPER_BACK_PAIN, DIALOG, talk.state)
    assert talk.level >= UPPER_BACK_PAIN.level(talk.evidence)


VOLUNTEERED = st.tuples(
    st.sampled_from([f for f in YES_NO if f != "stroke_signs"]),
    st.sampled_from(["+", "-"]),
    st.sampled_from([q.id for q in DIALOG.questions if q.when is None and q.which_of is None]),
)


@property_test
@given(
    VOLUNTEERED, st.dictionaries(st.sampled_from(YES_NO), st.sampled_from([YES, NO]), max_size=4)
)
def test_volunteered_finding_makes_nothing_go_unasked_and_is_not_asked_again(told, findings):
    finding, sign, moment = told
    talk = Talk()
    while talk.question is not None and talk.question.id != moment:
        talk.say(reply_to(talk.question, findings))
    if talk.question is None:
        return
    about = (*talk.question.asks, *talk.question.no_also)
    known = talk.value(finding)
    talk.say(f"{reply_to(talk.question, findings)} {sign}{finding}")
    if finding not in about and known is None:
        assert talk.value(finding) is (YES if sign == "+" else NO)
    asked_so_far = len(talk.asked)
    talk.to_the_end(findings)
    if talk.level < Level.EMERGENCY:
        assert not obligations(UPPER_BACK_PAIN, DIALOG, talk.state)
    if finding not in about:
        later = [DIALOG.question_by_id[QuestionId(q)] for q in talk.asked[asked_so_far:]]
        assert not any(q.asks == (finding,) for q in later)


@pytest.mark.parametrize("nothing", [NoInput(), NoMatch(), Heard("hello")])
def test_session_in_which_nothing_is_ever_understood_ends_as_an_emergency_or_by_itself(nothing):
    talk = Talk()
    for _ in range(MOST_EVENTS_TO_THE_END):
        if talk.node in (ENDED, "emergency"):
            break
        play(talk, nothing)
    assert talk.level is Level.EMERGENCY
