"""For how long, or since when, in days.

=========================================  ====================================================
said                                       days (on Tuesday, 24 November 2026)
=========================================  ====================================================
this morning, half ten, three hours        0.5; from 18 hours on in halves of days
two or three days, a week, ten days        3, 10: the upper end
a fortnight, a month, a year               14, 30, 365
over / almost / less than a week           8, 6, 5
a week ago, no, tell a lie, five days      5: corrected
since Friday, since last Monday            4, 8 (any weekday 7 where today is not known)
Monday week, a week last Friday            8, 11
three weeks come Thursday                  19
since Halloween, the third of November     24, 21
years on and off, but this bout a week     7
every two days, two weeks old              None: of something else
weeks, ages, since the summer              None, and `Durations.is_vague`
=========================================  ====================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from voice_triage.core.phrases import listed, read_template
from voice_triage.understanding.dates import holiday, since_day
from voice_triage.understanding.numbers import (
    Corrections,
    Marked,
    Mention,
    Numbers,
    Slots,
    found_in,
    phrases,
)
from voice_triage.understanding.tokens import BOUNDARIES

WEEK, MONTH, YEAR = 7.0, 30.0, 365.0
HALF_DAY = 0.5
"""The shortest: whatever began today."""
HOURS = 24
"""“Since six” is a time of the day, “since two thousand and six” is not."""
IN_MONTH = {"month": 1, "mid_month": 15, "late_month": 25}
"""The day that “since May”, “mid May” and “late May” stand for."""
OPEN_RANGE = 4.0
"""“Couple days, couple weeks, I don't know”: this many times apart, no upper end is meant."""


class Durations:
    """Reads how long it has lasted."""

    def __init__(self, words: Mapping[str, Any], today: date | None = None) -> None:
        section = words["durations"]
        self._today = today
        self._numbers = Numbers(words)
        self._corrections = Corrections(words, section["new_bout"])
        self._slots = _slots(section, today)
        self._one_unit = frozenset(section["one_unit"])
        self._other = phrases((), other=section["other"])
        self._rules = phrases((*listed(section["skip"]), *BOUNDARIES), **section["rules"])
        self._doubt = phrases(doubt=section["doubt"])
        self._vague = phrases(vague=section["vague"], doubt=section["doubt"])

    def read(self, tokens: Sequence[str]) -> float | None:
        """Days, at least half a day; None where the reply gives no length of time."""
        tokens = tuple(tokens)
        spans = self.spans(tokens) or self._lone(tokens)
        days = [span.value for span in spans]
        if not days:
            return None
        open_range = max(days) >= OPEN_RANGE * min(days)
        return None if open_range and found_in(self._doubt, tokens[spans[-1].end :]) else max(days)

    def is_vague(self, tokens: Sequence[str]) -> bool:
        """Does the reply speak of the time without a number (“ages”, “couldn't tell you”)?"""
        return found_in(self._vague, tokens) and self.read(tokens) is None

    def spans(self, tokens: Sequence[str]) -> tuple[Mention, ...]:
        """All lengths of time in the reply that stand, in days, from left to right."""
        tokens = tuple(tokens)
        return self._corrections.standing(tokens, self._mentions(tokens))

    def _lone(self, tokens: tuple[str, ...]) -> tuple[Mention, ...]:
        """A reply that is only a number (of days) or only one unit: “about three”, “week”."""
        said = self._numbers.mark(tokens, self._slots)
        rest = [at for at, word in enumerate(said.words) if word not in self._corrections.small]
        if len(rest) != 1 or not said.values[rest[0]]:
            return ()
        at = rest[0]
        if said.words[at] == "N" or tokens[said.starts[at]] in self._one_unit:
            return (said.mention(at, at + 1, _halves(said.values[at])),)
        return ()

    def _mentions(self, tokens: tuple[str, ...]) -> Iterator[Mention]:
        said = self._numbers.mark(tokens, self._slots)
        at, last, count, unit = 0, 0, 1.0, 0.0
        while at < len(said.words):
            rule, other = self._rules.longest(said.words, at), self._other.longest(said.words, at)
            start, end, days = said.starts[at], at + 1, None
            slot, value = said.words[at], said.values[at]
            if other is not None and (rule is None or other.end >= rule.end):
                end = other.end
                unit = max(said.get("UNIT", at, end)[-1:], default=unit)  # “not three days, four”
            elif rule is not None:
                end, days = rule.end, self._days(rule.values[0], said, at, rule.end)
                unit = max(said.get("UNIT", at, end)[-1:], default=unit)
                count = max(said.get("N", at, end), default=1.0)
            elif slot == "N" and unit and value > 1:  # borrows its unit: “two weeks, no, three”
                stands = self._corrections.small.issuperset(said.words[end : end + 1])
                if stands or self._corrections.takes_back(tokens[last:start]):
                    days = value * unit
            elif slot == "UNIT":  # borrows its number: “five days, I mean weeks”
                if unit and self._corrections.takes_back(tokens[last:start]):
                    days = count * value
                unit = value
            if days is not None and days > 0:
                last = said.starts[end]
                yield said.mention(at, end, _halves(days))
            at = end

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
            "either": max(pairs, default=0.0),
            "nth": sum(said.get("NTH", start, end)) * unit,
            "over": count + in_weeks,
            "nearly": count - (2 if count == MONTH else in_weeks),
            "under": count - 2 * in_weeks,
            "until_day": count - (WEEK - back) % WEEK,
            "after_day": count + back if unit >= WEEK else max(back, past),
            "after_past": past - count,
            "before_past": past + count,
            "day": back,
            "last_day": back if back > 1 else back + WEEK,
            "days_back": back + WEEK * (numbers[0] - 1 if numbers else 1),
            "day_of_last_week": self._back(0.0) % WEEK + WEEK - sum(weekdays),
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


def _slots(section: Mapping[str, Any], today: date | None) -> Slots:
    def numbered(entry: str, first: int) -> dict[str, float]:
        return {word: float(at) for at, word in enumerate(listed(section[entry]), first)}

    past = {said: float(d) for d, text in section["past"].items() for said in listed(text)}
    if today is not None:
        for when, text in section["holidays"].items():
            past |= dict.fromkeys(listed(text), holiday(when, today) or 0.0)
    slots: Slots = Slots()
    for slot, table in {
        "UNIT": {**section["one_unit"], **section["units"]},
        "N": section["amounts"],
        "DAY": numbered("weekdays", 0),
        "MONTH": numbered("months", 1),
        "NTH": numbered("ordinals", 1),
        "PAST": past,
        "LASTWEEK": dict.fromkeys(listed(section["last_week"]), WEEK),
    }.items():
        for said, value in table.items():
            slots.add(read_template(said), (slot, float(value)))
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
