"""Numbers said in words, the slots that quantities are put into, and what a reply may mean.

=======================  ========================================================
said                     meaning
=======================  ========================================================
twenty one, a hundred    21, 100
seven point five         7.5; so is “seven and a half”
two or three days        marked as ``N or N UNIT``, with the values 2, 3 and 1
=======================  ========================================================

Which of several quantities a reply means is not reckoned but learned (`chooser`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from voice_triage.content.matcher import PhraseGraph
from voice_triage.content.templates import read_template
from voice_triage.content.words import NumberWords
from voice_triage.understanding.tokens import BOUNDARIES

Slots = PhraseGraph[tuple[str, float]]
"""Phrases that stand for a slot (in capitals, as no token is) and a value."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quantity that may be meant, in ``words[start:end]`` of a marked reply: points or days."""

    start: int
    end: int
    value: float
    rule: str
    """How it was reckoned: the name of the rule in the words file."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A reply with its quantities in slots. ``values`` has 0 where a word is no slot."""

    words: tuple[str, ...]
    values: tuple[float, ...]

    def get(self, slot: str, start: int, end: int) -> list[float]:
        """The values in ``slot`` among ``words[start:end]``, in order."""
        return [self.values[at] for at in range(start, end) if self.words[at] == slot]


T = TypeVar("T")


def graph(named: Mapping[T, Sequence[str]], skip: Iterable[str] = ()) -> PhraseGraph[T]:
    """Templates to look for, each standing for the key it is listed under; ``skip``: words that may
    stand inside."""
    found: PhraseGraph[T] = PhraseGraph(skip=(*skip, *BOUNDARIES))
    for value, templates in named.items():
        for template in templates:
            found.add(read_template(template), value)
    return found


class Numbers:
    """Reads number words."""

    def __init__(self, words: NumberWords) -> None:
        self._values = words.values
        self._half = graph({"half": words.half})

    def at(self, tokens: Sequence[str], start: int) -> tuple[int, float] | None:
        """The end and the value of the number that begins with the word at ``start``."""
        end, value = self._whole(tokens, start, float("inf"))
        if end == start:
            return None
        tenth = self._value(tokens, end + 1)
        if tokens[end : end + 1] == ("point",) and tenth is not None and tenth < 10:
            return end + 2, value + tenth / 10
        half = self._half.longest(tokens, end) if end < len(tokens) else None
        return (end, value) if half is None else (half.end, value + 0.5)

    def _value(self, tokens: Sequence[str], at: int) -> float | None:
        return self._values.get(tokens[at]) if at < len(tokens) else None

    def _whole(self, tokens: Sequence[str], start: int, below: float) -> tuple[int, float]:
        """Where a whole number less than ``below`` ends, and what it is with all its words."""
        value = self._value(tokens, start)
        if value is None or value >= below:
            return start, 0.0
        end, room = start + 1, 10.0 if 20 <= value < 100 else 0.0  # “twenty” has room for “one”
        for power in (100.0, 1000.0):
            if value < power and self._value(tokens, end) == power:
                end, value = end + 1, value * power
            room = power if value >= power else room
        rest_at = end + (room >= 100 and tokens[end : end + 1] == ("and",))
        rest_end, rest = self._whole(tokens, rest_at, room)
        return (rest_end, value + rest) if rest else (end, value)

    def mark(self, tokens: tuple[str, ...], slots: Slots | None = None) -> Marked:
        """The reply with its numbers in the slot N, and the phrases of ``slots`` in theirs."""
        words, values = [], []
        at = 0
        while at < len(tokens):
            number, phrase = self.at(tokens, at), slots.longest(tokens, at) if slots else None
            word, value, end = tokens[at], 0.0, at + 1
            if number is not None:
                word, (end, value) = "N", number
            if phrase is not None and (number is None or phrase.end > end):
                (word, value), end = phrase.values[0], phrase.end
            words.append(word)
            values.append(value)
            at = end
        return Marked(tuple(words), tuple(values))
