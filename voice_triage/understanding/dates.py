"""Days since a date or a holiday: pure arithmetic on a given today."""

from __future__ import annotations

from calendar import monthcalendar
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def since_day(today: date, month: int, day: int) -> float | None:
    """Days since the last such day before today; month 0: of this month or the last ones."""
    return _since(today, _days(today, [month] if month else list(range(1, 13)), day))


def holiday(when: str, today: date) -> float | None:
    """Days since a holiday, from its entry in the words file; a comma separates several dates:
    “10-31”, “2026-11-8”, “10 sunday -1” (the last of October), “easter -2” (before Easter)."""
    found: list[date] = []
    for piece in when.split(","):
        for year in (today.year, today.year - 1):
            found += _holiday(piece.split(), year)
    return _since(today, found)


def _since(today: date, days: Iterator[date] | list[date]) -> float | None:
    return min(((today - day).days for day in days if day < today), default=None)


def _days(today: date, months: list[int], day: int) -> Iterator[date]:
    for year in (today.year, today.year - 1):
        for month in months:
            with suppress(ValueError):
                yield date(year, month, day)


def _holiday(words: list[str], year: int) -> Iterator[date]:
    if words[0] == "easter":
        yield easter(year) + timedelta(days=int(words[1]))
    elif len(words) == 3:
        month, weekday = int(words[0]), WEEKDAYS.index(words[1])
        days = [week[weekday] for week in monthcalendar(year, month) if week[weekday]]
        which = int(words[2])
        yield date(year, month, days[which - 1 if which > 0 else which])
    else:
        *of_year, month, day = (int(number) for number in words[0].split("-"))
        yield date(of_year[0] if of_year else year, month, day)


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian algorithm of Meeus, Jones and Butcher)."""
    golden, (century, years) = year % 19, divmod(year, 100)
    leap = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - leap + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (years // 4) - moon - years % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
