"""The lengths of time a reply may mean, in days; said on Tuesday, 24 November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.reading import WORDS, heard, typed
from voice_triage.understanding.quantities.dates import easter
from voice_triage.understanding.quantities.durations import Durations

TUESDAY = date(2026, 11, 24)
DURATIONS = Durations(WORDS, TUESDAY)


def days_in(tokens: tuple[str, ...], durations: Durations = DURATIONS) -> list[float]:
    return [candidate.value for candidate in durations.candidates(tokens)[1]]


def cases(*rows: tuple[str, float]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("said", "days"), rows)


@cases(
    ("three days", 3),
    ("2-3 days", 3),
    ("three, four days", 4),
    ("a week, ten days", 10),
    ("a week or two", 14),
    ("a fortnight", 14),
    ("a good ten days", 10),
    ("a couple o' days", 2),
    ("a month", 30),
    ("two and a half weeks", 17.5),
    ("a week and a half", 10.5),
    ("two weeks and three days", 17),
    ("over a week", 8),
    ("almost a week", 6),
    ("best part of a month", 28),
    ("week", 7),
    ("about three", 3),
    ("not long, a day or two", 2),
    ("three [unk] days", 3),
    ("a fortnight less a day", 13),
    ("a day short of a week", 6),
    ("a year plus six months", 545),
)
def test_a_count_of_units_is_days_and_the_upper_end_of_a_range(said, days):
    assert days in days_in(typed(said))
    assert days in days_in(heard(said))


@cases(
    ("this morning", 0.5),
    ("half ten this morning", 0.5),
    ("since I got up", 0.5),
    ("all night", 0.5),
    ("three hours", 0.5),
    ("forty-eight hours", 2),
    ("yesterday evening", 1),
    ("the night before last", 2),
)
def test_what_began_today_is_half_a_day(said, days):
    assert days in days_in(typed(said))
    assert days in days_in(heard(said))


@cases(
    ("since Friday", 4),
    ("since Thursday's shift", 5),
    ("since Tuesday", 7),
    ("since last Monday", 8),
    ("Monday week", 8),
    ("a week last Friday", 11),
    ("since last week Wednesday", 6),
    ("from Monday, not this Monday, before", 8),
    ("the weekend before last", 10),
    ("two Sundays ago", 9),
    ("three weeks come Thursday", 19),
    ("two weeks tomorrow", 13),
    ("a week yesterday", 8),
    ("eight days today", 8),
    ("nine days tomorrow", 8),
    ("the Wednesday of the week before last", 13),
)
def test_weekdays_are_reckoned_from_today(said, days):
    assert days in days_in(typed(said))
    assert days in days_in(heard(said))


@cases(
    ("since the 3rd of November", 21),
    ("November 12", 12),
    ("since the twenty first of October", 34),
    ("since August", 115),
    ("since mid October", 40),
    ("since Halloween", 24),
    ("since bonfire night", 19),
    ("since the clocks went back", 30),
    ("since Easter", 233),
    ("since Christmas", 334),
    ("since 2019", 2555),
    ("Friday the thirteenth", 11),
    ("a year come Christmas", 334),
)
def test_dates_and_holidays_are_the_last_ones(said, days):
    assert days in days_in(typed(said))
    assert days in days_in(heard(said))


@cases(
    ("two weeks -- no, three", 21),
    ("five days, sorry, weeks", 35),
    ("between a week and ten days", 10),
    ("years on and off, but this spell started Saturday", 3),
)
def test_a_number_borrows_its_unit_and_what_stands_inside_counts_too(said, days):
    assert days in days_in(heard(said))


@pytest.mark.parametrize("said", ["", "[unk]", "ages", "all my life", "how long what?"])
def test_no_words_for_a_time_are_no_time(said):
    assert days_in(typed(said)) == []


def test_without_a_date_a_weekday_is_a_week_and_a_holiday_nothing():
    durations = Durations(WORDS)
    assert days_in(("since", "friday"), durations) == [7]
    assert days_in(("since", "halloween"), durations) == []


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2038, (4, 25))]
)
def test_easter_sunday(year, day):
    assert easter(year) == date(year, *day)


_WORDS = st.sampled_from(
    heard(
        "three a week weeks days day month hours Friday Monday last before this not no since from "
        "the third twenty of November may so and half or yesterday tomorrow Easter ago come two "
        "hundred every old point [unk] don't know years past one"
    )
)


@given(
    st.lists(_WORDS, max_size=12).map(tuple),
    st.none() | st.dates(date(2024, 1, 1), date(2040, 12, 31)).filter(lambda d: d.day % 7 == 0),
)
def test_any_words_give_positive_times(tokens, today):
    durations = _AT.setdefault(today, Durations(WORDS, today))
    said, candidates = durations.candidates(tokens)
    assert all(c.value > 0 and c.start < c.end <= len(said.words) for c in candidates)


_AT: dict[date | None, Durations] = {}
