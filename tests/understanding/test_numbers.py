"""Numbers in words are read, and put into slots."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.reading import WORDS, heard, typed
from voice_triage.understanding.quantities.numbers import Numbers, Slots

NUMBERS = Numbers(WORDS.numbers)


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


_PIECES = st.sampled_from([*WORDS.numbers.values, "point", "and", "a", "half", ",", "[unk]"])


@given(st.lists(_PIECES, max_size=12).map(tuple))
def test_no_words_are_lost_and_no_number_is_below_zero(tokens):
    marked = NUMBERS.mark(tokens, Slots())
    assert [w for w in marked.words if w == ","] == [w for w in tokens if w == ","]
    assert len(marked.words) == len(marked.values) <= len(tokens)
    assert all(value >= 0 for value in marked.values)
