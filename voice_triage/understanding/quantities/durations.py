"""For how long, or since when: the lengths of time that a reply may mean, in days.

=========================================  ====================================================
said                                       days (on Tuesday, 24 November 2026)
=========================================  ====================================================
this morning, half ten, three hours        0.5; from 18 hours on in halves of days
two or three days, a week, ten days        3, 10: the upper end
a fortnight, a month, a year               14, 30, 365
over / almost / less than a week           8, 6, 5
since Friday, since last Monday            4, 8 (any weekday 7 where today is not known)
Monday week, a week last Friday            8, 11
three weeks come Thursday                  19
since Halloween, the third of November     24, 21
two weeks, no, three; five days, I mean    14, 21; 5, 35: a number without its unit borrows the
weeks                                      last one, a unit without its number the last number
=========================================  ====================================================

Which of them counts, if any, is learned (`chooser`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from voice_triage.content.templates import read_template
from voice_triage.content.words import TimeWords, Words
from voice_triage.understanding.quantities.dates import holiday, since_day
from voice_triage.understanding.quantities.numbers import Candidate, Marked, Numbers, Slots, graph

WEEK, MONTH, YEAR = 7.0, 30.0, 365.0
HALF_DAY = 0.5
"""The shortest: whatever began today."""
HOURS = 24
"""“Since six” is a time of the day, “since two thousand and six” is not."""
IN_MONTH = {"month": 1, "mid_month": 15, "late_month": 25}
"""The day that “since May”, “mid May” and “late May” stand for."""


class Durations:
    """Finds lengths of time, and reckons them in days."""

    def __init__(self, words: Words, today: date | None = None) -> None:
        self._today = today
        self._numbers = Numbers(words.numbers)
        self._slots = _slots(words.times, today)
        self._rules = graph(words.times.rules, words.times.skip)

    def candidates(self, tokens: Sequence[str]) -> tuple[Marked, tuple[Candidate, ...]]:
        """The reply with its quantities in slots, and what they come to, in days."""
        said = self._numbers.mark(tuple(tokens), self._slots)
        return said, tuple(self._reckoned(said))

    def _reckoned(self, said: Marked) -> Iterator[Candidate]:
        count, unit, covered = 1.0, 1.0, 0
        for at, slot in enumerate(said.words):
            rule = self._rules.longest(said.words, at)
            name, end, days = slot, at + 1, 0.0
            if rule is not None:  # also inside of another: “between a week and ten days”
                name, end = rule.values[0], rule.end
                days = self._days(name, said, at, end) or 0.0
                unit = max(said.get("UNIT", at, end)[-1:], default=unit)
                count = max(said.get("N", at, end), default=count)
            elif slot in ("N", "UNIT") and at >= covered:
                count, unit = (said.values[at], unit) if slot == "N" else (count, said.values[at])
                days = count * unit
            covered = max(covered, end)
            if days > 0:
                yield Candidate(at, end, _halves(days), name)

    def _days(self, rule: str, said: Marked, start: int, end: int) -> float | None:
        """Days that the words from ``start`` to ``end`` mean by the rule that they match."""
        numbers, units, weekdays = (said.get(s, start, end) for s in ("N", "UNIT", "DAY"))
        past = max((*said.get("PAST", start, end), *said.get("LASTWEEK", start, end)), default=0.0)
        pairs = list(_pairs(said, start, end))
        unit = units[0] if units else 0.0
        count = max(numbers, default=1.0) * unit
        back = self._back(weekdays[-1]) if weekdays else past // 1
        in_weeks = WEEK <= count < MONTH
        return {
            "count": count,
            "and_half": count + unit / 2,
            "sum": sum(pairs),
            "less": max(pairs, default=0.0) - min(pairs, default=0.0),
            "either": max(pairs, default=0.0),
            "nth": sum(said.get("NTH", start, end)) * unit,
            "over": count + in_weeks,
            "nearly": count - (2 if count == MONTH else in_weeks),
            "under": count - 2 * in_weeks,
            "until_day": count - (WEEK - back) % WEEK,
            "until_past": count + past - YEAR if past > 0 else count + past,
            "after_day": count + back if numbers or unit >= WEEK else max(back, past),
            "after_past": past - count,
            "before_past": past + count,
            "day": back,
            "last_day": back if back > 1 else back + WEEK,
            "days_back": back + WEEK * (numbers[0] - 1 if numbers else 1),
            "day_of_last_week": self._back(0.0) % WEEK + past - sum(weekdays),
            "past": past,
            "clock": HALF_DAY if max(numbers, default=0) <= HOURS else None,
        }.get(rule) or self._since_date(rule, said, start, end)

    def _back(self, weekday: float) -> float:
        """Days since the last such weekday before today; a week where today is not known."""
        return WEEK if self._today is None else (self._today.weekday() - weekday) % WEEK or WEEK

    def _since_date(self, rule: str, said: Marked, start: int, end: int) -> float | None:
        """Days since a date: “the twenty first of November”, “mid October”, “twenty nineteen”."""
        if self._today is None:
            return None
        numbers = said.get("N", start, end)
        if rule in ("year", "clock"):
            years = self._today.year - int("".join(f"{number:.0f}" for number in numbers))
            return years * YEAR if 0 < years < 100 else None
        day = IN_MONTH.get(rule, sum(numbers) + sum(said.get("NTH", start, end)))
        return since_day(self._today, int(sum(said.get("MONTH", start, end))), int(day))


def _slots(words: TimeWords, today: date | None) -> Slots:
    past = dict(words.past)
    if today is not None:
        for when, templates in words.holidays.items():
            past |= dict.fromkeys(templates, holiday(when, today) or 0.0)
    slots: Slots = Slots()
    for slot, table in {
        "UNIT": words.units,
        "N": words.amounts,
        "DAY": words.weekdays,
        "MONTH": words.months,
        "NTH": words.ordinals,
        "PAST": past,
        "LASTWEEK": words.last_week,
    }.items():
        for said, value in table.items():
            slots.add(read_template(said), (slot, value))
    return slots


def _pairs(said: Marked, start: int, end: int) -> Iterator[float]:
    """“A week and two days”: each count times its unit, in days."""
    count = 1.0
    for at in range(start, end):
        if said.words[at] == "UNIT":
            yield count * said.values[at]
        count = said.values[at] if said.words[at] == "N" else 1.0


def _halves(days: float) -> float:
    """Whole days from a month on, halves below, and half a day at least."""
    return float(days // 1) if days >= MONTH else max(HALF_DAY, round(days * 2) / 2)
