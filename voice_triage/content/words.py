"""The words of a language (``dialogs/en.yaml``) as values: spelling, commands, numbers and times.

What people say about their trouble is not here: the reader learns that from labelled replies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voice_triage.content.templates import read_template, spoken_cover
from voice_triage.values import Command

Templates = tuple[str, ...]
Rules = Mapping[str, Templates]
"""Templates by what they stand for."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How numbers are said."""

    values: Mapping[str, float]
    """Word → number."""
    half: Templates
    """“And a half”."""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """How lengths of time and dates are said; templates → what they come to."""

    units: Mapping[str, float]
    """Days of a unit of time."""
    amounts: Mapping[str, float]
    """“A couple of”: how many."""
    weekdays: Mapping[str, float]
    """0 for Monday to 6 for Sunday."""
    months: Mapping[str, float]
    """1 for January to 12."""
    ordinals: Mapping[str, float]
    """“Third”: 3."""
    past: Mapping[str, float]
    """Days since then."""
    last_week: Mapping[str, float]
    holidays: Rules
    """Templates by a date (see ``understanding.dates``)."""
    skip: Templates
    """Words that may stand inside any rule."""
    rules: Rules


@dataclass(frozen=True, slots=True)
class Words:
    """A words file as read: nothing here is reckoned with yet."""

    language: str
    spelling: Mapping[str, str]
    """Typed variant → the words that the recogniser writes."""
    negators: Templates
    contrasts: Templates
    short_answers: Templates
    fillers: Templates
    commands: Mapping[Command, Templates]
    emergency_calls: Templates
    which: Rules
    numbers: NumberWords
    severity: Rules
    times: TimeWords
    plain: Mapping[str, str]
    """The plainest way to say yes, no and a few others: for checks and simulated patients."""

    def number_words(self) -> tuple[str, ...]:
        """Words for whole numbers from 0 to 10, one each."""
        first: dict[float, str] = {}
        for word, value in self.numbers.values.items():
            first.setdefault(value, word)
        return tuple(first[value] for value in range(11) if value in first)

    def spoken(self) -> frozenset[str]:
        """Every word that the recogniser has to know: short answers, commands, calls for help."""
        templates = (
            *(*self.short_answers, *self.number_words(), *self.emergency_calls),
            *(t for ts in self.commands.values() for t in ts),
        )
        return frozenset(
            word
            for template in templates
            for phrase in spoken_cover(read_template(template))
            for word in phrase.split()
        )
