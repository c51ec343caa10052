"""Numbers said in words, the slots that quantities are put into, and what a speaker takes back.

===========================  ==============================================
said                         meaning
===========================  ==============================================
twenty one, a hundred        21, 100
seven point five             7.5
seven and a half             7.5
two or three days            marked: ``N or N UNIT``, values 2, 3 and 1
six, no, seven               seven: “no” takes six back
seven, well, call it six     six: “call it” does, right before the new value
six, no worse than seven     both: this “no” takes nothing back
===========================  ==============================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from voice_triage.core.matcher import PhraseGraph
from voice_triage.core.phrases import read_template
from voice_triage.core.words import BOUNDARIES

NUMBER = "N"
"""The slot of a number; other slots are capitals too, and no token is."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity in ``tokens[start:end]``: a number, points from 0 to 10, or days."""

    start: int
    end: int
    value: float


M = TypeVar("M", bound=Mention)
Slots = PhraseGraph[tuple[str, float]]


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


def listed(text: str) -> list[str]:
    """The templates of one entry of the words file: a comma or a new line ends each."""
    return [piece.strip() for piece in text.replace("\n", ",").split(",") if piece.strip()]


def phrases(skip: Iterable[str] = (), **named: str) -> PhraseGraph[str]:
    """All templates in ``named``; each is found with its name. Commas between words are skipped."""
    graph: PhraseGraph[str] = PhraseGraph(skip=(*skip, *BOUNDARIES))
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
        self._values: dict[str, float] = {w: float(v) for w, v in words["numbers"]["values"].items()}
        self._half = phrases(half=words["numbers"]["half"])

    def at(self, tokens: Sequence[str], start: int) -> Mention | None:
        """The number that begins with the word at ``start``."""
        whole = self._whole(tokens, start, 1e9)
        if whole is None:
            return None
        end, value = whole.end, whole.value
        if tokens[end : end + 1] == ("point",) and end + 1 < len(tokens):
            tenth = self._values.get(tokens[end + 1], 10)
            if tenth < 10:
                return Mention(start, end + 2, value + tenth / 10)
        half = self._half.longest(tokens, end) if end < len(tokens) else None
        return whole if half is None else Mention(start, half.end, value + 0.5)

    def _whole(self, tokens: Sequence[str], start: int, below: float) -> Mention | None:
        """A whole number less than ``below``, with the smaller numbers that belong to it."""
        value = self._values.get(tokens[start]) if start < len(tokens) else None
        if value is None or value >= below:
            return None
        end = start + 1
        step = 10.0 if 20 <= value < 100 else 0.0  # “twenty” + “one”
        for power in (100.0, 1000.0):
            times = self._values.get(tokens[end], 0) if end < len(tokens) else 0
            if times == power and value < power:
                value, end = value * power, end + 1
            if value >= power:
                step = power
        rest_at = end + (step >= 100 and tokens[end : end + 1] == ("and",))
        rest = self._whole(tokens, rest_at, step) if step else None
        if rest is None or rest.value == 0:
            return Mention(start, end, value)
        return Mention(start, rest.end, value + rest.value)

    def mark(self, tokens: Sequence[str], slots: Slots | None = None) -> Marked:
        """The reply with numbers, and the phrases of ``slots``, in slots; the longest first."""
        tokens = tuple(tokens)
        words, values, starts = [], [], []
        at = 0
        while at < len(tokens):
            number = self.at(tokens, at)
            phrase = slots.longest(tokens, at) if slots is not None else None
            word, value, end = tokens[at], 0.0, at + 1
            if number is not None:
                word, value, end = NUMBER, number.value, number.end
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
        """``more``: further templates that take back what came before, wherever the value follows."""
        section = words["numbers"]
        self._graph = phrases(
            takes_back=f"{section['takes_back']},{more}",
            restates=section["restates"],
            nothing=section["takes_nothing_back"],
        )
        self.small = frozenset((*listed(section["small"]), *BOUNDARIES))

    def standing(self, tokens: Sequence[str], mentions: Iterable[M]) -> tuple[M, ...]:
        """Those of ``mentions`` that nothing said later takes back."""
        kept: list[M] = []
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
            at = at + 1 if match is None else match.end
            if match is None or "nothing" in match.values:
                continue
            if "takes_back" in match.values or self.small.issuperset(between[at:]):
                return True
        return False
