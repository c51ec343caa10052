"""Which of the quantities in a reply is the answer, if any: learned from the replies.

“Nine yesterday, four now”, “a week, no, tell a lie, nine days”, “seven, I'm seventy two”, “two of
those tablets”: what is meant shows in the words around each quantity (`surroundings`), and the
quantities of a reply compete: at most one of them is meant. The reply as a whole, its quantities in
slots, tells what is said without a number: “not a twinge”, “off the scale”, “couldn't tell you”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import log2

from voice_triage.understanding.features import BEGIN, END, Named
from voice_triage.understanding.quantities.durations import Durations
from voice_triage.understanding.quantities.numbers import Candidate, Marked
from voice_triage.understanding.quantities.severity import Severity
from voice_triage.understanding.reader import Reader
from voice_triage.understanding.tokens import BOUNDARIES
from voice_triage.values import FindingId

MEANT, NOT_MEANT = "meant", "not meant"
"""Classes of the table of candidates."""
CANDIDATES = " candidates"
"""Behind the name of a finding: its table of candidates."""
NEAR, IN_ROW = 6, 3
"""Words to each side that count by themselves, and side by side."""
ENDING_OF = 4
"""Words of so many letters show by their ending what they are: “tablets”, “going”."""


class Chooser:
    """Reads replies to questions for a number, with trained weights."""

    def __init__(self, reader: Reader, classes: Mapping[str, int]) -> None:
        """``classes``: the class of like meaning that a word belongs to."""
        self._reader = reader
        self._classes = classes

    def read(
        self, tokens: Sequence[str], finding: FindingId, reckoning: Severity | Durations
    ) -> tuple[list[tuple[float, float]], Mapping[str, float]]:
        """Each quantity with the share that it is meant, and the shares of the whole reply: a
        number, doubt, nothing, or one of the values that are also said without a number."""
        said, candidates = reckoning.candidates(tokens)
        features = surroundings(said, candidates, self._classes)
        shares = [self._reader.chosen(one, finding + CANDIDATES) for one in features]
        odds = [share[MEANT] / share[NOT_MEANT] for share in shares]
        whole = self._reader.chosen(self._reader.features(said.words), finding)
        every = 1 + sum(odds)
        return [(c.value, odd / every) for c, odd in zip(candidates, odds, strict=True)], whole


def surroundings(
    said: Marked, candidates: Sequence[Candidate], classes: Mapping[str, int]
) -> list[Named]:
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
            *_beside("l", before[::-1], classes),
            *_beside("a", after, classes),
            *(f"x|{before[-1]} {after[0]}", f"y|{before[-1]} {' '.join(after[:2])}"),
            f"z|{' '.join(before[-2:])} {after[0]}",
            f"o|{min(at, 2)} {min(len(candidates) - at - 1, 2)}",
            *_clause(said.words, candidate, candidates),
        ]
        for side, other in (("p", at - 1), ("f", at + 1)):
            if 0 <= other < len(candidates):
                first, second = sorted((candidate, candidates[other]), key=lambda c: c.start)
                between = [word for place, word in words if first.end <= place < second.start]
                names += _between(side, between, candidate.value, candidates[other].value)
        found.append(Named.of(dict.fromkeys(names)))
    return found


def _beside(side: str, words: Sequence[str], classes: Mapping[str, int]) -> Iterator[str]:
    """Words to one side, the nearest first: they and their classes, with their place, in a row."""
    for place, word in enumerate(words[:NEAR]):
        kind = classes.get(word)
        yield f"{side}|{word}"
        if kind is not None:
            yield f"{side}c|{kind}"
        if place < IN_ROW:
            yield f"{side}{place}|{word}"
            yield f"{side}|{' '.join(words[: place + 1])}"
            if kind is not None:
                yield f"{side}c{place}|{kind}"
            if len(word) >= ENDING_OF:
                yield from (f"{side}s{place}|{word[-1]}", f"{side}s{place}|{word[-2:]}")


def _clause(
    words: Sequence[str], candidate: Candidate, candidates: Sequence[Candidate]
) -> Iterator[str]:
    """What stands between the same two commas or full stops; heard text has none."""
    marks = [at for at, word in enumerate(words) if word in BOUNDARIES]
    start = max((at + 1 for at in marks if at < candidate.start), default=0)
    end = min((at for at in marks if at >= candidate.end), default=len(words))
    yield from (f"g<|{word}" for word in words[start : candidate.start])
    yield from (f"g>|{word}" for word in words[candidate.end : end])
    yield f"gn|{min(candidate.start - start, 4)} {min(end - candidate.end, 4)}"
    yield f"ge|{start == 0} {end == len(words)}"
    yield f"gc|{sum(start <= other.start < end for other in candidates) > 1}"
    yield f"gb|{''.join(words[end : end + 1])}"
    yield f"gs|{''.join(words[max(start - 1, 0) : start])}"


def _between(side: str, words: Sequence[str], value: float, other: float) -> Iterator[str]:
    """What stands between a candidate and its neighbour, and which of them is larger."""
    larger = (value > other) - (value < other)
    yield from (f"{side}|{larger}", f"{side}|{larger} {min(len(words), NEAR)}")
    for word in words[:NEAR]:
        yield from (f"{side}b|{word}", f"{side}b|{word} {larger}")
    yield from (f"{side}b|{first} {second}" for first, second in pairwise(words[:NEAR]))


def _size(value: float) -> str:
    """Small values as they are, larger ones by their order of magnitude."""
    return f"{value:g}" if value <= 10 else f"2^{int(log2(value))}"
