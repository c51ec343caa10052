"""How bad the pain was at its worst today: a number from 0 to 10, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.reading import WORDS, heard, typed
from voice_triage.understanding.severity import Severity

SEVERITY = Severity(WORDS)


def both_ways(said: str) -> set[float | None]:
    """What is read when typed and when heard."""
    return {SEVERITY.read(typed(said)), SEVERITY.read(heard(said))}


def cases(*rows: tuple[str, float]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("said", "points"), rows)


@cases(
    ("six", 6),
    ("7.5", 7.5),
    ("8/10", 8),
    ("seven out of ten", 7),
    ("four out of five", 8),
    ("eighty percent", 8),
    ("out of ten I'd say a nine", 9),
    ("on a scale of zero to ten, five", 5),
    ("zero to ten? six", 6),
    ("I'd put it at a six", 6),
    ("halfway", 5),
)
def test_a_number_is_read_whatever_the_scale_is_called(said, points):
    assert both_ways(said) == {points}


@cases(
    ("six at its worst", 6),
    ("four now, but it hit nine earlier", 9),
    ("three at rest, seven on movement", 7),
    ("6-7", 7),
    ("six, maybe seven", 7),
    ("between a four and a five", 5),
    ("it was a nine and I took two tablets and now it's a four", 9),
    ("nine. No rest. Four now", 9),
    ("no more than a three", 3),
    ("closer to six than seven", 6),
)
def test_the_worst_of_today_counts(said, points):
    assert both_ways(said) == {points}


@cases(
    ("six, no, seven", 7),
    ("seven, no, six", 6),
    ("seven, well, call it six", 6),
    ("nine, no, I'm exaggerating, seven", 7),
    ("not a ten, more like a six", 6),
    ("I said eight but it's a six", 6),
    ("childbirth was a ten, so this is a five", 5),
    ("if zero is nothing and ten is death, then a six", 6),
    ("my husband says eight, I say six", 6),
)
def test_what_is_denied_or_taken_back_does_not_count(said, points):
    assert both_ways(said) == {points}


@cases(
    ("yesterday I'd have said a nine, but today no worse than four", 4),
    ("five on Monday, three today", 3),
    ("usually a four but today it went to seven", 7),
    ("same as yesterday, six", 6),
)
def test_another_day_does_not_count(said, points):
    assert both_ways(said) == {points}


@cases(
    ("I'm seventy-two and it's an eight", 8),
    ("two paracetamol and it was a four", 4),
    ("at three this morning it was a nine", 9),
    ("for two hours it was a nine", 9),
)
def test_numbers_of_other_things_are_not_the_answer(said, points):
    assert both_ways(said) == {points}


@pytest.mark.parametrize(
    "said", ["worst pain ever", "the worst pain of my life", "off the scale", "eleven", "a hundred"]
)
def test_off_the_scale_is_ten(said):
    assert both_ways(said) == {10}


@pytest.mark.parametrize("said", ["none at all", "no pain", "nothing today thank God", "nought"])
def test_no_pain_is_zero(said):
    assert both_ways(said) == {0}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[unk]",
        "yes",
        "I'm forty-five, love",
        "I took two tablets",
        "I've had three children and this was worse",
        "this one is bad",
        "that's a hard one",
        "ten being what?",
        "is ten the worst?",
        "not the worst pain I've ever had",
        "no pain now but earlier it was terrible",
        "nothing to write home about",
        "my husband would say a ten",
    ],
)
def test_never_a_number_where_none_was_said(said):
    assert both_ways(said) == {None}


@pytest.mark.parametrize("said", ["pretty bad", "couldn't tell you", "bearable", "sair enough"])
def test_how_bad_without_a_number_is_vague(said):
    assert SEVERITY.is_vague(heard(said))


@pytest.mark.parametrize("said", ["a bad seven", "pardon?", "six", ""])
def test_a_number_or_no_answer_is_not_vague(said):
    assert not SEVERITY.is_vague(heard(said))


_WORDS = st.sampled_from(
    typed(
        "ten seven one zero a not no out of to over percent worst pain ever yesterday today now "
        "I'm at half past well call it so, hundred point and million tablets closer than. [unk]"
    )
)


@given(st.lists(_WORDS, max_size=12).map(tuple))
def test_any_words_give_none_or_zero_to_ten(tokens):
    points = SEVERITY.read(tokens)
    assert points is None or 0 <= points <= 10
    assert not (SEVERITY.is_vague(tokens) and points is not None)
