"""Which of the quantities in a reply is the answer, if any: learned from the replies.

“Nine yesterday, four now”, “a week, no, tell a lie, nine days”, “seven, I'm seventy two”, “two of
those tablets”: what is meant shows in the words around each quantity. Each candidate is looked at
by itself (`surroundings`), and the reply as a whole, its quantities in slots, for what is said
without a number: “not a twinge”, “off the scale”, “couldn't tell you”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import log2
from typing import Protocol

from voice_triage.core.values import FindingId
from voice_triage.understanding.features import BEGIN, END, Named
from voice_triage.understanding.numbers import Candidate, Marked
from voice_triage.understanding.reader import Reader
from voice_triage.understanding.tokens import BOUNDARIES

MEANT, NOT_MEANT = "meant", "not meant"
"""Classes of the table of candidates."""
CANDIDATES = " candidates"
"""Behind the name of a finding: its table of candidates."""
NEAR, LONGEST = 6, 3
"""Words to each side that count by themselves, and side by side."""


class Reckoning(Protocol):
    """Finds quantities in a reply: `Severity`, `Durations`."""

    def candidates(self, tokens: Sequence[str]) -> tuple[Marked, tuple[Candidate, ...]]: ...


class Chooser:
    """Reads replies to questions for a number, with trained weights."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(
        self, tokens: Sequence[str], finding: FindingId, reckoning: Reckoning
    ) -> tuple[list[tuple[float, float]], Mapping[str, float]]:
        """Each quantity with the share that it is meant, and the shares of the whole reply: a
        number, doubt, nothing, or one of the values that are also said without a number."""
        said, candidates = reckoning.candidates(tokens)
        features = surroundings(said, candidates)
        shares = [self._reader.chosen(one, finding + CANDIDATES)[MEANT] for one in features]
        whole = self._reader.chosen(self._reader.features(said.words), finding)
        return [(c.value, share) for c, share in zip(candidates, shares, strict=True)], whole


def surroundings(said: Marked, candidates: Sequence[Candidate]) -> list[Named]:
    """The features of each candidate."""
    words = [(at, word) for at, word in enumerate(said.words) if word not in BOUNDARIES]
    found = []
    for at, candidate in enumerate(candidates):
        before = [BEGIN, *(word for place, word in words if place < candidate.start)]
        after = [*(word for place, word in words if place >= candidate.end), END]
        names = [
            f"r|{candidate.rule}",
            f"v|{_size(candidate.value)}",
            f"q|{candidate.rule} {_size(candidate.value)}",
            *_beside("l", before[::-1]),
            *_beside("a", after),
            f"x|{before[-1]} {after[0]}",
            f"o|{min(at, 2)} {min(len(candidates) - at - 1, 2)}",
        ]
        for side, other in (("p", at - 1), ("f", at + 1)):
            if 0 <= other < len(candidates):
                first, second = sorted((candidate, candidates[other]), key=lambda c: c.start)
                between = [word for place, word in words if first.end <= place < second.start]
                names += _between(side, between, candidate.value, candidates[other].value)
        found.append(Named.of(dict.fromkeys(names)))
    return found


def _beside(side: str, words: Sequence[str]) -> Iterator[str]:
    """Words to one side, the nearest first: by themselves, with their place, and in a row."""
    for place, word in enumerate(words[:NEAR]):
        yield f"{side}|{word}"
        if place < LONGEST:
            yield f"{side}{place}|{word}"
            yield f"{side}|{' '.join(words[: place + 1])}"


def _between(side: str, words: Sequence[str], value: float, other: float) -> Iterator[str]:
    """What stands between a candidate and its neighbour, and which of them is larger."""
    larger = (value > other) - (value < other)
    yield f"{side}|{larger}"
    yield f"{side}|{larger} {min(len(words), NEAR)}"
    for word in words[:NEAR]:
        yield f"{side}b|{word}"
        yield f"{side}b|{word} {larger}"
    for first, second in pairwise(words[:NEAR]):
        yield f"{side}b|{first} {second}"


def _size(value: float) -> str:
    """Small values as they are, larger ones by their order of magnitude."""
    return f"{value:g}" if value <= 10 else f"2^{int(log2(value))}"
