"""Conditions hold, stay open or become impossible as findings come in."""

from __future__ import annotations

import pytest

from voice_triage.content.conditions import AtLeast, Count, Is, Present, all_of, any_of
from voice_triage.triage.evidence import Evidence
from voice_triage.values import FindingId, Reply

A, B, C = (FindingId(name) for name in "abc")
YES, NO, UNSURE = Reply.YES, Reply.NO, Reply.UNSURE


def facts(**values):
    return Evidence({FindingId(f): v for f, v in values.items()})


@pytest.mark.parametrize(
    ("value", "surely", "perhaps", "possible"),
    [
        (YES, True, True, True),
        (UNSURE, False, True, True),
        (None, False, False, True),
        (NO, False, False, False),
    ],
)
def test_sign_is_present_when_yes_and_counts_when_open(value, surely, perhaps, possible):
    evidence = facts() if value is None else facts(a=value)
    assert Present(A).holds(evidence, open_counts=False) is surely
    assert Present(A).holds(evidence, open_counts=True) is perhaps
    assert Present(A).possible(evidence) is possible


@pytest.mark.parametrize(
    ("number", "reached"), [(6.5, False), (7.0, True), (7, True), (10.0, True)]
)
def test_number_reaches_its_threshold(number, reached):
    assert AtLeast(A, 7).holds(facts(a=number), open_counts=False) is reached
    assert AtLeast(A, 7).possible(facts(a=number)) is reached


def test_open_number_counts_as_high_only_where_open_answers_count():
    assert AtLeast(A, 7).holds(facts(a=UNSURE), open_counts=True)
    assert not AtLeast(A, 7).holds(facts(a=UNSURE), open_counts=False)
    assert AtLeast(A, 7).possible(facts(a=UNSURE))


def test_choice_holds_when_among_those_named():
    assert Is(A, "lifting").holds(facts(a=("posture", "lifting")), open_counts=False)
    assert not Is(A, "lifting").holds(facts(a=("posture",)), open_counts=True)
    assert not Is(A, "lifting").possible(facts(a=("posture",)))
    assert Is(A, "lifting").holds(facts(a=UNSURE), open_counts=True)
    assert not Is(A, "lifting").holds(facts(), open_counts=True)


def test_all_any_and_at_least_count_their_parts():
    parts = (Present(A), Present(B), Present(C))
    one, two, three = facts(a=YES), facts(a=YES, b=YES), facts(a=YES, b=YES, c=YES)
    assert [any_of(*parts).holds(e, open_counts=False) for e in (facts(), one)] == [False, True]
    assert [Count(2, parts).holds(e, open_counts=False) for e in (one, two)] == [False, True]
    assert [all_of(*parts).holds(e, open_counts=False) for e in (two, three)] == [False, True]


def test_combination_stays_possible_until_enough_parts_are_denied():
    two = Count(2, (Present(A), Present(B), Present(C)))
    assert two.possible(facts(a=NO))
    assert not two.possible(facts(a=NO, b=NO))


def test_witnesses_are_the_findings_that_make_it_true():
    both = all_of(Present(A), any_of(Present(B), Present(C)))
    assert both.witnesses(facts(a=YES, c=UNSURE)) == (A, C)
    assert both.witnesses(facts(a=YES)) == ()
    assert any_of(Present(A), Present(A)).witnesses(facts(a=YES)) == (A,)


def test_condition_names_every_finding_it_mentions():
    mixed = all_of(Present(A), AtLeast(B, 7), Is(C, "x"))
    assert tuple(mixed.findings()) == (A, B, C)
