"""Numbers in words are read, put into slots, and taken back by what is said later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.reading import WORDS, heard, typed
from voice_triage.understanding.numbers import Corrections, Mention, Numbers, Slots

NUMBERS = Numbers(WORDS)
CORRECTIONS = Corrections(WORDS)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("seven", 7),
        ("seven and a half", 7.5),
        ("7.5", 7.5),
        ("zero point five", 0.5),
        ("twenty one", 21),
        ("72", 72),
        ("a hundred", 100),
        ("two hundred and fifty", 250),
        ("two thousand and five", 2005),
        ("nought", 0),
    ],
)
def test_a_number_in_words_has_its_value(said, value):
    marked = NUMBERS.mark(heard(said))
    assert marked.get("N", 0, len(marked.words)) == [value]


@pytest.mark.parametrize(
    ("said", "words", "values"),
    [
        ("two or three days", ("N", "or", "N", "days"), [2, 3]),
        ("eight out of ten", ("N", "out", "of", "N"), [8, 10]),
        ("twenty, one", ("N", ",", "N"), [20, 1]),
        ("seven eight", ("N", "N"), [7, 8]),
        ("[unk] six", ("[unk]", "N"), [6]),
    ],
)
def test_numbers_are_put_into_slots(said, words, values):
    marked = NUMBERS.mark(typed(said))
    assert marked.words == words
    assert marked.get("N", 0, len(words)) == values


def test_a_mention_tells_its_place_among_the_tokens():
    marked = NUMBERS.mark(heard("about seven and a half today"))
    assert marked.words == ("about", "N", "today")
    assert marked.mention(1, 2, 7.5) == Mention(1, 5, 7.5)


@pytest.mark.parametrize(
    ("between", "taken_back"),
    [
        ("no", True),
        ("no tell a lie", True),
        ("no when i got out of the car more like a", True),
        ("well call it", True),
        ("so i'd say this was a", True),
        ("or", False),
        ("no worse than", False),
        ("no joke and it was", False),
        ("so i took the tablets and then", False),
        ("", False),
    ],
)
def test_what_takes_a_number_back(between, taken_back):
    assert CORRECTIONS.takes_back(tuple(between.split())) is taken_back


def test_a_correction_takes_back_everything_before_it():
    tokens = heard("five six no seven or eight")
    mentions = [Mention(at, at + 1, 0.0) for at in (0, 1, 3, 5)]
    assert [m.start for m in CORRECTIONS.standing(tokens, mentions)] == [3, 5]


_PIECES = st.sampled_from([*WORDS["numbers"]["values"], "point", "and", "a", "half", ",", "[unk]"])


@given(st.lists(_PIECES, max_size=12).map(tuple))
def test_no_words_are_lost_and_none_counted_twice(tokens):
    marked = NUMBERS.mark(tokens, Slots())
    assert marked.starts[0] == 0
    assert marked.starts[-1] == len(tokens)
    assert list(marked.starts) == sorted(set(marked.starts))
    assert all(value >= 0 for value in marked.values)
