"""The numbers from 0 to 10 that a reply about severity may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.reading import WORDS, heard, typed
from voice_triage.understanding.quantities.severity import Severity

SEVERITY = Severity(WORDS)


def points(tokens: tuple[str, ...]) -> list[float]:
    return [candidate.value for candidate in SEVERITY.candidates(tokens)[1]]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("six", [6]),
        ("7.5", [7.5]),
        ("8/10", [8]),
        ("seven out of ten", [7]),
        ("four out of five", [8]),
        ("eighty percent", [8]),
        ("a hundred", [10]),
        ("seven on ten", [7]),
        ("halfway between seven and eight", [7.5]),
        ("six, maybe seven", [6, 7]),
        ("I'm seventy two and it's an eight", [10, 8]),
        ("pretty bad", []),
    ],
)
def test_each_number_comes_to_points_on_the_scale(said, expected):
    assert points(typed(said)) == points(heard(said)) == expected


_WORDS = st.sampled_from(
    typed("ten seven one zero a not no out of over percent worst I'm at half point hundred. [unk]")
)


@given(st.lists(_WORDS, max_size=12).map(tuple))
def test_any_words_give_points_from_zero_to_ten_in_order(tokens):
    said, candidates = SEVERITY.candidates(tokens)
    assert all(0 <= candidate.value <= 10 for candidate in candidates)
    ends = [0, *(place for c in candidates for place in (c.start, c.end)), len(said.words)]
    assert ends == sorted(ends)
