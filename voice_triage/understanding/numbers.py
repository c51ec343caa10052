"""Numbers said in words, the slots that quantities are put into, and what a speaker takes back.

===========================  ====================================================
said                         meaning
===========================  ====================================================
twenty one, a hundred        21, 100
seven point five             7.5; so is “seven and a half”
two or three days            marked as ``N or N UNIT``, with the values 2, 3 and 1
six, no, seven               seven: “no” takes six back
seven, well, call it six     six: “call it” does, right before the new value
six, no worse than seven     both: this “no” takes nothing back
===========================  ====================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voice_triage.core.matcher import PhraseGraph
from voice_triage.core.phrases import listed, read_template
from voice_triage.understanding.tokens import BOUNDARIES

Slots = PhraseGraph[tuple[str, float]]
"""Phrases that stand for a slot (in capitals, as no token is) and a value."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity in ``tokens[start:end]``: a number, points from 0 to 10, or days."""

    start: int
    end: int
    value: float


@dataclass(frozen=True, slots=True)
class Marked:
    """A reply with its quantities in slots. ``values`` has 0 where a word is no slot; ``starts``
    are the places of the words among the tokens, and the number of tokens at the end."""

    words: tuple[str, ...]
    values: tuple[float, ...]
    starts: tuple[int, ...]

    def get(self, slot: str, start: int, end: int) -> list[float]:
        """The values in ``slot`` among ``words[start:end]``, in order."""
        return [self.values[at] for at in range(start, end) if self.words[at] == slot]

    def mention(self, start: int, end: int, value: float) -> Mention:
        return Mention(self.starts[start], self.starts[end], value)


def phrases(skip: Iterable[str] = BOUNDARIES, **named: str) -> PhraseGraph[str]:
    """All templates in ``named``, found with their name, whatever of ``skip`` is in between."""
    graph: PhraseGraph[str] = PhraseGraph(skip=skip)
    for name, text in named.items():
        for template in listed(text):
            graph.add(read_template(template), name)
    return graph


def found_in(graph: PhraseGraph[Any], tokens: Sequence[str]) -> bool:
    """Is any phrase of ``graph`` said?"""
    return any(graph.longest(tokens, at) is not None for at in range(len(tokens)))


class Numbers:
    """Reads number words."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._values = {word: float(v) for word, v in words["numbers"]["values"].items()}
        self._half = phrases(half=words["numbers"]["half"])

    def at(self, tokens: Sequence[str], start: int) -> Mention | None:
        """The number that begins with the word at ``start``."""
        end, value = self._whole(tokens, start, float("inf"))
        if end == start:
            return None
        tenth = self._value(tokens, end + 1)
        if tokens[end : end + 1] == ("point",) and tenth is not None and tenth < 10:
            return Mention(start, end + 2, value + tenth / 10)
        half = self._half.longest(tokens, end) if end < len(tokens) else None
        return Mention(start, end, value) if half is None else Mention(start, half.end, value + 0.5)

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
        words, values, starts = [], [], []
        at = 0
        while at < len(tokens):
            number, phrase = self.at(tokens, at), slots.longest(tokens, at) if slots else None
            word, value, end = tokens[at], 0.0, at + 1
            if number is not None:
                word, value, end = "N", number.value, number.end
            if phrase is not None and (number is None or phrase.end > end):
                (word, value), end = phrase.values[0], phrase.end
            words.append(word)
            values.append(value)
            starts.append(at)
            at = end
        return Marked(tuple(words), tuple(values), (*starts, len(tokens)))


class Corrections:
    """Knows what a speaker takes back: “a week ago, no, tell a lie, five days”."""

    def __init__(self, words: Mapping[str, Any], more: str = "") -> None:
        """``more``: further templates that take back what came before, like `takes_back`."""
        names = ("takes_back", "restates", "takes_nothing_back")
        entries = {name: words["numbers"][name] for name in names}
        self._graph = phrases(**{**entries, "takes_back": f"{entries['takes_back']},{more}"})
        self.small = frozenset((*listed(words["numbers"]["small"]), *BOUNDARIES))

    def standing(self, tokens: Sequence[str], mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """Those of ``mentions`` that nothing said later takes back."""
        kept: list[Mention] = []
        for mention in mentions:
            if kept and self.takes_back(tokens[kept[-1].end : mention.start]):
                kept.clear()
            kept.append(mention)
        return tuple(kept)

    def takes_back(self, between: Sequence[str]) -> bool:
        """Do the words between two values take back the first?"""
        at = 0
        while at < len(between):
            match = self._graph.longest(between, at)
            at, names = (at + 1, ()) if match is None else (match.end, match.values)
            if "takes_nothing_back" in names:
                continue
            if "takes_back" in names or (names and self.small.issuperset(between[at:])):
                return True
        return False
