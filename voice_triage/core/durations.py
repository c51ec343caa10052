"""How long ago, or for how long, in days.

=======================================  ==========================================
said                                     days
=======================================  ==========================================
today, this morning, a few hours         0.5; from 18 hours on hours / 24
yesterday, since yesterday               1
a couple of days / a few days            2 / 3
two or three days                        3: the longer counts
a week / a month / a year                7 / 30 / 365
days, weeks, months, years (no number)   3, 21, 90, 730
over a week / less than a week           8 / 5
almost a week                            6
since (last) Tuesday                     to the last Tuesday before today; 7 without a date
since Christmas, a while                 too vague: asked again
=======================================  ==========================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from voice_triage.core.amounts import NumberReader
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.lexicon_parts import Templates
from voice_triage.core.matcher import PhraseGraph
from voice_triage.core.phrases import read_template

HALF_DAY = 0.5
LONG_HOURS = 18
"""Hours from which on a duration is told in days."""
UNKNOWN_WEEKDAY = 7.0
"""Days since “Tuesday” when today's date is not known: the longest it can be."""
MORE, LESS, NEARLY = 1.0, -2.0, -1.0
"""“Over a week” 8, “less than a week” 5, “almost a week” 6 days."""


@dataclass(frozen=True, slots=True)
class Span:
    """A duration said in ``tokens[start:end]``."""

    start: int
    end: int
    days: float
    ago: bool
    """A point in time (“two days ago”, “yesterday”) rather than a length."""


class DurationReader:
    """Finds durations in words."""

    def __init__(self, lexicon: Lexicon, today: date | None) -> None:
        words = lexicon.durations
        self._numbers = NumberReader(lexicon.number_values)
        self._fixed = _table(words.phrases)
        self._amounts = _table(words.amounts)
        self._change: PhraseGraph[float] = PhraseGraph()
        changes = ((words.longer, MORE), (words.shorter, LESS), (words.nearly, NEARLY))
        for templates, change in changes:
            for template in templates:
                self._change.add(template, change)
        self._units = {unit.removeprefix("~"): days for unit, days in words.units.items()}
        self._bare = words.bare
        self._hours = _words(words.hours)
        self._minutes = _words(words.minutes)
        self._between = _words(words.between)
        self._fillers = _words(words.about)
        self._ago = _words(words.ago)
        self._since = _words(words.since)
        self._half = tuple(str(words.half_more[0]).split())
        self._weekdays = {str(day): number for number, day in enumerate(words.weekdays)}
        units = self._units.keys() | self._hours | self._minutes
        self._unit_tokens = frozenset((unit,) for unit in units)
        self._today = today
        self._vague: PhraseGraph[str] = PhraseGraph()
        for template in words.vague:
            self._vague.add(template, "vague")
        self._onset: PhraseGraph[str] = PhraseGraph()
        for template in words.onset:
            self._onset.add(template, "onset")

    def spans(self, tokens: Sequence[str]) -> tuple[Span, ...]:
        """All durations, from left to right."""
        found: list[Span] = []
        at = 0
        while at < len(tokens):
            span = self._at(tokens, at)
            if span is None:
                at += 1
            elif found and self._adds(tokens, found[-1], span):
                before = found.pop()
                found.append(Span(before.start, span.end, before.days + span.days, span.ago))
                at = span.end
            else:
                found.append(span)
                at = span.end
        return tuple(found)

    @staticmethod
    def _adds(tokens: Sequence[str], before: Span, span: Span) -> bool:
        """“two weeks *and four days*”."""
        return (
            span.start == before.end + 1
            and tokens[before.end] == "and"
            and span.days < before.days
            and not before.ago
        )

    def read(self, tokens: Sequence[str]) -> float | None:
        """The longest duration named; a lone number counts as days."""
        spans = self.spans(tokens)
        if spans:
            return max(span.days for span in spans)
        numbers = list(self._numbers.scan(tokens))
        return max((n.value for n in numbers if n.value > 0), default=None)

    def is_vague(self, tokens: Sequence[str]) -> bool:
        return any(True for _ in self._vague.scan(tokens))

    def tells_onset(self, tokens: Sequence[str]) -> bool:
        """Speaks of how long the trouble has been there: “it started …”."""
        return any(True for _ in self._onset.scan(tokens))

    def _at(self, tokens: Sequence[str], start: int) -> Span | None:
        fixed = self._fixed.longest(tokens, start)
        if fixed is not None:
            ago = not (set(tokens[max(0, start - 2) : fixed.end]) & self._since)
            return Span(start, fixed.end, fixed.values[0], ago)
        weekday = self._weekdays.get(tokens[start])
        if weekday is not None:
            since = bool(set(tokens[max(0, start - 2) : start]) & self._since)
            return Span(start, start + 1, self._since_weekday(weekday), not since)
        return self._counted(tokens, start)

    def _counted(self, tokens: Sequence[str], start: int) -> Span | None:
        at, change = start, 0.0
        changed = self._change.longest(tokens, at)
        if changed is not None:
            at, change = changed.end, changed.values[0]
        amount = self._amount(tokens, at)
        at, count = amount if amount is not None else (at, None)
        while amount is not None and at < len(tokens) and tokens[at] in self._fillers:
            at += 1
        days = self._unit(tokens, at, count)
        if days is None:
            return None
        at += 1
        half = tokens[at : at + len(self._half)] == self._half
        if half and count is not None:
            days, at = days * (count + 0.5) / count if count else days, at + len(self._half)
        else:
            at, more = self._or_more(tokens, at)
            days = days * max(1.0, more / count) if count else days
        days = max(HALF_DAY, days + change)
        ago = at < len(tokens) and tokens[at] in self._ago
        return Span(start, at + ago, days, ago)

    def _or_more(self, tokens: Sequence[str], at: int) -> tuple[int, float]:
        """“a day *or two*”: where it ends, and the count; 0 without one."""
        if at + 1 >= len(tokens) or tokens[at] not in self._between:
            return at, 0.0
        number = self._numbers.at(tokens, at + 1)
        if number is None or tokens[number.end : number.end + 1] in self._unit_tokens:
            return at, 0.0
        return number.end, number.value

    def _amount(self, tokens: Sequence[str], start: int) -> tuple[int, float] | None:
        """A count and where it ends; “two or three” counts as three."""
        if start >= len(tokens):
            return None
        number = self._numbers.at(tokens, start)
        vague = self._amounts.longest(tokens, start)
        if vague is not None and (number is None or vague.end > number.end):
            end, count = vague.end, vague.values[0]
            exact = self._numbers.at(tokens, end) if end < len(tokens) else None
            if exact is not None:  # “the last three”
                end, count = exact.end, exact.value
        elif number is not None:
            end, count = number.end, number.value
        else:
            return None
        at = end
        while at < len(tokens) and tokens[at] in self._between:
            at += 1
        if at < len(tokens):
            more = self._amount(tokens, at) if at > end else self._amount_word(tokens, at)
            if more is not None:
                end, count = more[0], max(count, more[1])
        if tokens[end : end + len(self._half)] == self._half:
            end, count = end + len(self._half), count + 0.5
        return end, count

    def _amount_word(self, tokens: Sequence[str], at: int) -> tuple[int, float] | None:
        """“two three days”: a number right after a number."""
        number = self._numbers.at(tokens, at)
        return None if number is None else (number.end, number.value)

    def _unit(self, tokens: Sequence[str], at: int, count: float | None) -> float | None:
        if at >= len(tokens):
            return None
        word = tokens[at]
        if count is None:
            return self._bare.get(word)
        if word in self._minutes:
            return HALF_DAY
        if word in self._hours:
            return HALF_DAY if count < LONG_HOURS else round(count / 12) / 2
        days = self._units.get(word)
        return None if days is None else days * count

    def _since_weekday(self, weekday: int) -> float:
        if self._today is None:
            return UNKNOWN_WEEKDAY
        return float((self._today.weekday() - weekday) % 7 or 7)


def _table(values: Mapping[str, float]) -> PhraseGraph[float]:
    graph: PhraseGraph[float] = PhraseGraph()
    for phrase, value in values.items():
        graph.add(read_template(phrase), value)
    return graph


def _words(templates: Templates) -> frozenset[str]:
    return frozenset(str(template) for template in templates)
