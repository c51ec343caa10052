"""Closed, negation-free conditions over evidence, so that more evidence can only make them true.

Forms in a dialog file:
    breath_pain                                   the finding is present
    {finding: severity, at_least: 7}              a number
    {finding: cause, is: lifting}                 a choice
    {all: [...]}  {any: [...]}  {at_least: 2, of: [...]}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from voice_triage.values import FindingId, FindingValue, Reply


class Facts(Protocol):
    """What a condition may ask of the evidence."""

    def get(self, finding: FindingId, /) -> FindingValue | None:
        """The value, UNSURE for an open answer, None where nothing is known."""


class Condition(Protocol):
    """A closed statement about evidence. ``open_counts``: treat open answers as present."""

    def holds(self, facts: Facts, *, open_counts: bool) -> bool: ...
    def findings(self) -> Iterator[FindingId]:
        """Every finding that the condition mentions, in order, perhaps repeated."""

    def witnesses(self, facts: Facts) -> tuple[FindingId, ...]:
        """The findings that make it true (open answers included); empty if it is false."""

    def possible(self, facts: Facts) -> bool:
        """Could still come true, given what is known and what is not known yet."""


def _dedupe(ids: Iterator[FindingId]) -> tuple[FindingId, ...]:
    return tuple(dict.fromkeys(ids))


@dataclass(frozen=True, slots=True)
class _AboutOne:
    """A condition about one finding."""

    finding: FindingId

    def holds(self, facts: Facts, *, open_counts: bool) -> bool:
        raise NotImplementedError

    def findings(self) -> Iterator[FindingId]:
        yield self.finding

    def witnesses(self, facts: Facts) -> tuple[FindingId, ...]:
        return (self.finding,) if self.holds(facts, open_counts=True) else ()


@dataclass(frozen=True, slots=True)
class Present(_AboutOne):
    """A yes/no finding is present."""

    def holds(self, facts: Facts, *, open_counts: bool) -> bool:
        value = facts.get(self.finding)
        return value is Reply.YES or (open_counts and value is Reply.UNSURE)

    def possible(self, facts: Facts) -> bool:
        return facts.get(self.finding) is not Reply.NO


@dataclass(frozen=True, slots=True)
class AtLeast(_AboutOne):
    """A number has reached a threshold."""

    threshold: float

    def holds(self, facts: Facts, *, open_counts: bool) -> bool:
        value = facts.get(self.finding)
        if value is Reply.UNSURE:
            return open_counts
        return isinstance(value, int | float) and value >= self.threshold

    def possible(self, facts: Facts) -> bool:
        value = facts.get(self.finding)
        return not isinstance(value, int | float) or value >= self.threshold


@dataclass(frozen=True, slots=True)
class Is(_AboutOne):
    """A choice finding includes an option."""

    option: str

    def holds(self, facts: Facts, *, open_counts: bool) -> bool:
        value = facts.get(self.finding)
        if value is Reply.UNSURE:
            return open_counts
        return isinstance(value, tuple) and self.option in value

    def possible(self, facts: Facts) -> bool:
        value = facts.get(self.finding)
        return not isinstance(value, tuple) or self.option in value


@dataclass(frozen=True, slots=True)
class Count:
    """At least ``minimum`` of the parts hold; ``all`` and ``any`` are special cases."""

    minimum: int
    parts: tuple[Condition, ...]

    def holds(self, facts: Facts, *, open_counts: bool) -> bool:
        missing_allowed = len(self.parts) - self.minimum
        needed = self.minimum
        for part in self.parts:
            if part.holds(facts, open_counts=open_counts):
                needed -= 1
                if needed <= 0:
                    return True
            else:
                missing_allowed -= 1
                if missing_allowed < 0:
                    return False
        return needed <= 0

    def findings(self) -> Iterator[FindingId]:
        for part in self.parts:
            yield from part.findings()

    def witnesses(self, facts: Facts) -> tuple[FindingId, ...]:
        if not self.holds(facts, open_counts=True):
            return ()
        return _dedupe(w for part in self.parts for w in part.witnesses(facts))

    def possible(self, facts: Facts) -> bool:
        return sum(part.possible(facts) for part in self.parts) >= self.minimum


def all_of(*parts: Condition) -> Condition:
    return Count(len(parts), parts)


def any_of(*parts: Condition) -> Condition:
    return Count(1, parts)
