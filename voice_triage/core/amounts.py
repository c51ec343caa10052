"""Numbers in words, and how bad a pain is from 0 to 10."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voice_triage.core.lexicon import Lexicon
from voice_triage.core.matcher import PhraseGraph

WORST = 10.0
ALMOST_WORST = 9.0
"""“Unbearable” without a number: far above the threshold of 7, and short of the worst ever."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number said in ``tokens[start:end]``."""

    start: int
    end: int
    value: float


class NumberReader:
    """Reads number words: “twenty one”, “seven point five”, “one hundred”."""

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self._numbers = numbers

    def at(self, tokens: Sequence[str], start: int) -> Amount | None:
        """The number that begins with the word at ``start``."""
        value = self._numbers.get(tokens[start])
        if value is None:
            return None
        end = start + 1
        if 20 <= value < 100 and end < len(tokens):
            unit = self._numbers.get(tokens[end], 0.0)
            if 1 <= unit <= 9:
                value, end = value + unit, end + 1
        if 1 <= value <= 9 and tokens[end : end + 1] == ("hundred",):
            value, end = value * 100, end + 1
            rest = self.at(tokens, end) if end < len(tokens) else None
            if rest is not None and rest.value < 100:
                value, end = value + rest.value, rest.end
        if tokens[end : end + 1] == ("point",) and end + 1 < len(tokens):
            tenth = self._numbers.get(tokens[end + 1])
            if tenth is not None and tenth < 10:
                value, end = value + tenth / 10, end + 2
        return Amount(start, end, value)

    def scan(self, tokens: Sequence[str]) -> Iterator[Amount]:
        at = 0
        while at < len(tokens):
            amount = self.at(tokens, at)
            if amount is not None:
                yield amount
            at = at + 1 if amount is None else amount.end


class SeverityReader:
    """How bad it is. The highest number named counts: it was asked for the worst."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.severity
        self._numbers = NumberReader(lexicon.number_values)
        self._ignored: PhraseGraph[str] = PhraseGraph()
        for template in words.scale:
            self._ignored.add(template, "scale")
        for template in words.not_numbers:
            self._ignored.add(template, "no number")
        self._halves: PhraseGraph[str] = PhraseGraph()
        for template in words.halves:
            self._halves.add(template, "half")
        self._named: PhraseGraph[float] = PhraseGraph()
        for templates, value in ((words.ten, WORST), (words.nine, ALMOST_WORST), (words.zero, 0.0)):
            for template in templates:
                self._named.add(template, value)
        self._vague: PhraseGraph[str] = PhraseGraph()
        for template in words.vague:
            self._vague.add(template, "vague")

    def read(self, tokens: Sequence[str], negators: frozenset[str]) -> float | None:
        """0 to 10; None without a number, or with one above ten (no such place on the scale)."""
        found: list[float] = []
        at = 0
        while at < len(tokens):
            ignored = self._ignored.longest(tokens, at)
            named = self._named.longest(tokens, at)
            amount = self._numbers.at(tokens, at)
            if ignored is not None:
                at = ignored.end
            elif named is not None:
                found.append(named.values[0])
                at = named.end
            elif amount is not None:
                at = amount.end
                half = self._halves.longest(tokens, at) if at < len(tokens) else None
                if half is not None:
                    at = half.end
                if not self._denied(tokens, amount.start, negators):
                    found.append(amount.value + (0.5 if half is not None else 0.0))
            else:
                at += 1
        return max(found) if found and max(found) <= WORST else None

    def volunteered(self, tokens: Sequence[str], negators: frozenset[str]) -> float | None:
        """Only a number that is said to be out of ten: other numbers may mean anything."""
        for at in range(1, len(tokens)):
            scale = self._ignored.longest(tokens, at)
            if scale is not None and "scale" in scale.values:
                return self.read(tokens[max(0, at - 6) : scale.end], negators)
        return None

    def is_vague(self, tokens: Sequence[str]) -> bool:
        """Says how bad without a number: “not too bad”."""
        return any(True for _ in self._vague.scan(tokens))

    @staticmethod
    def _denied(tokens: Sequence[str], start: int, negators: frozenset[str]) -> bool:
        """“Not a ten”: a negator at most two words before the number."""
        return not negators.isdisjoint(tokens[max(0, start - 2) : start])
