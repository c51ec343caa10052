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

from voice_triage.core.phrases import read_template
from voice_triage.understanding.dates import holiday, since_day
from voice_triage.understanding.numbers import (
    Corrections,
    Marked,
    Mention,
    Numbers,
    Slots,
    found_in,
    listed,
    phrases,
)

WEEK, MONTH, YEAR = 7.0, 30.0, 365.0
HALF_DAY = 0.5
"""The shortest: whatever began today."""
UNDER = 2.0
"""Days that “less than a week” is short of a week; “almost” and “over a week” differ by one."""
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
        self._slots = self._read_slots(section)
        self._one_unit = frozenset(section["one_unit"])
        self._rules = phrases(listed(section["skip"]), **section["rules"])
        self._doubt = phrases(doubt=section["doubt"])
        self._vague = phrases(vague=section["vague"])

    def _read_slots(self, section: Mapping[str, Any]) -> Slots:
        tables: dict[str, dict[str, float]] = {
            "UNIT": {**section["one_unit"], **section["units"]},
            "N": section["amounts"],
            "DAY": {day: at for at, day in enumerate(section["weekdays"])},
            "MONTH": {month: at + 1 for at, month in enumerate(listed(section["months"]))},
            "NTH": {nth: at + 1 for at, nth in enumerate(listed(section["ordinals"]))},
            "PAST": {said: float(d) for d, text in section["past"].items() for said in listed(text)},
            "LASTWEEK": {section["last_week"]: WEEK},
        }
        if self._today is not None:
            for when, text in section["holidays"].items():
                days = holiday(when, self._today)
                tables["PAST"] |= dict.fromkeys(listed(text), days) if days is not None else {}
        slots: Slots = Slots()
        for slot, table in tables.items():
            for said, value in table.items():
                slots.add(read_template(said), (slot, float(value)))
        return slots

    def read(self, tokens: Sequence[str]) -> float | None:
        """Days, at least half a day; None where the reply gives no length of time."""
        tokens = tuple(tokens)
        spans = self.spans(tokens) or self._lone(tokens)
        if not spans:
            return None
        days = [span.value for span in spans]
        if max(days) >= OPEN_RANGE * min(days) and found_in(self._doubt, tokens[spans[-1].end :]):
            return None
        return max(days)

    def is_vague(self, tokens: Sequence[str]) -> bool:
        """Does the reply speak of the time without a number (“ages”, “couldn't tell you”)?"""
        vague = found_in(self._vague, tokens) or found_in(self._doubt, tokens)
        return vague and self.read(tokens) is None

    def spans(self, tokens: Sequence[str]) -> tuple[Mention, ...]:
        """All lengths of time in the reply that stand, in days, from left to right."""
        tokens = tuple(tokens)
        return self._corrections.standing(tokens, self._mentions(tokens))

    def _mentions(self, tokens: tuple[str, ...]) -> Iterator[Mention]:
        said = self._numbers.mark(tokens, self._slots)
        at, before, count, unit = 0, 0, 1.0, 0.0
        while at < len(said.words):
            rule = self._rules.longest(said.words, at)
            if rule is not None:
                days = self._days(rule.values, said, at, rule.end)
                unit = (said.get("UNIT", at, rule.end) or [unit])[0]
                count = max(said.get("N", at, rule.end), default=1.0)
                if days is not None and days > 0:
                    yield said.mention(at, rule.end, self._in_halves(days))
                    before = said.starts[rule.end]
            elif said.words[at] == "UNIT":
                if unit and self._corrections.takes_back(tokens[before : said.starts[at]]):
                    yield said.mention(at, at + 1, self._in_halves(count * said.values[at]))
                unit = said.values[at]
            elif said.words[at] == "N" and unit and self._stands_alone(tokens, said, at, before):
                yield said.mention(at, at + 1, max(HALF_DAY, said.values[at] * unit))
            at = at + 1 if rule is None else rule.end

    @staticmethod
    def _in_halves(days: float) -> float:
        """Whole days from a month on, halves below, and half a day at least."""
        return float(days // 1) if days >= MONTH else max(HALF_DAY, round(days * 2) / 2)

    def _stands_alone(self, tokens: Sequence[str], said: Marked, at: int, before: int) -> bool:
        """“Two weeks, no, three”: a number that borrows its unit from what was said before."""
        start, end = said.starts[at], said.starts[at + 1]
        ends = end == len(tokens) or tokens[end] in self._corrections.small
        return ends or self._corrections.takes_back(tokens[before:start])

    def _lone(self, tokens: tuple[str, ...]) -> tuple[Mention, ...]:
        """A reply that is only a number (of days) or only one unit: “about three”, “week”."""
        said = self._numbers.mark(tokens, self._slots)
        rest = [at for at, word in enumerate(said.words) if word not in self._corrections.small]
        if len(rest) != 1 or not said.values[rest[0]]:
            return ()
        at = rest[0]
        if said.words[at] == "N" or tokens[said.starts[at]] in self._one_unit:
            return (said.mention(at, at + 1, max(HALF_DAY, said.values[at])),)
        return ()

    def _days(self, rules: Sequence[str], said: Marked, start: int, end: int) -> float | None:
        """Days that the words from ``start`` to ``end`` mean by the rule that they match."""
        if "other" in rules:
            return None
        numbers, units, weekdays = (said.get(s, start, end) for s in ("N", "UNIT", "DAY"))
        unit = units[0] if units else 0.0
        count = max(numbers, default=1.0) * unit
        pairs = [count_of * unit_of for count_of, unit_of in self._pairs(said, start, end)]
        past = max(said.get("PAST", start, end) + said.get("LASTWEEK", start, end), default=0.0)
        back = self._back(weekdays[-1]) if weekdays else past // 1
        return {
            "count": count,
            "and_half": count + unit / 2,
            "sum": sum(pairs),
            "either": max(pairs, default=0.0),
            "nth": sum(said.get("NTH", start, end)) * unit,
            "after_past": past - count,
            "before_past": past + count,
            "over": count + (WEEK <= count < MONTH),
            "nearly": count - (2 if count == MONTH else WEEK <= count < MONTH),
            "under": count - (UNDER if WEEK <= count < MONTH else 0),
            "until_day": count - (WEEK - back) % WEEK,
            "after_day": count + back if unit >= WEEK else max(back, past),
            "day": back,
            "last_day": back if back > 1 else back + WEEK,
            "days_back": back + WEEK * (numbers[0] - 1 if numbers else 1),
            "day_of_last_week": self._back(0.0) % WEEK + WEEK - sum(weekdays),
            "past": past,
            "clock": HALF_DAY,
        }.get(rules[0]) or self._since_date(rules[0], said, start, end)

    @staticmethod
    def _pairs(said: Marked, start: int, end: int) -> Iterator[tuple[float, float]]:
        """“A week and two days”: each count with its unit."""
        count = 1.0
        for at in range(start, end):
            if said.words[at] == "N":
                count = said.values[at]
            elif said.words[at] == "UNIT":
                yield count, said.values[at]
                count = 1.0

    def _back(self, weekday: float) -> float:
        """Days since the last such weekday before today."""
        return WEEK if self._today is None else (self._today.weekday() - weekday) % WEEK or WEEK

    def _since_date(self, rule: str, said: Marked, start: int, end: int) -> float | None:
        """Days since a date: “the twenty first of November”, “mid October”, “twenty nineteen”."""
        if self._today is None:
            return None
        numbers = said.get("N", start, end)
        if rule == "year":
            years = self._today.year - (numbers[0] * 100 + numbers[1] if numbers[1:] else numbers[0])
            return years * YEAR if 0 < years < 100 else None
        day = sum(numbers) + sum(said.get("NTH", start, end))
        month = sum(said.get("MONTH", start, end))
        return since_day(self._today, int(month), int(IN_MONTH.get(rule, day)))
