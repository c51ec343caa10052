"""Days since a date or a holiday: pure arithmetic on a given today."""

from __future__ import annotations

from calendar import monthcalendar
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def since_day(today: date, month: int, day: int) -> float | None:
    """Days since the last such day before today; month 0: of whichever month."""
    months = (month,) if month else range(1, 13)
    return _since(today, (f"{number}-{day}" for number in months))


def holiday(when: str, today: date) -> float | None:
    """Days since a holiday, from its entry in the words file; a comma separates several dates:
    “10-31”, “2026-11-8”, “10 sunday -1” (the last of October), “easter -2” (before Easter)."""
    return _since(today, when.split(","))


def _since(today: date, when: Iterable[str]) -> float | None:
    days = [
        day for piece in when for year in (today.year, today.year - 1) for day in _on(piece, year)
    ]
    return min((float((today - day).days) for day in days if day < today), default=None)


def _on(when: str, year: int) -> Iterator[date]:
    first, *rest = when.split()
    if first == "easter":
        yield easter(year) + timedelta(days=int(rest[0]))
    elif rest:
        weekday, which = WEEKDAYS.index(rest[0]), int(rest[1])
        days = [week[weekday] for week in monthcalendar(year, int(first)) if week[weekday]]
        yield date(year, int(first), days[which - (which > 0)])
    else:
        *of_year, month, day = (int(number) for number in first.split("-"))
        with suppress(ValueError):  # the thirtieth of February
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
