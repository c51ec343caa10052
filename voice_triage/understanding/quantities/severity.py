"""How bad the pain was at its worst today: the numbers from 0 to 10 that a reply may mean.

====================================  ==========================================
said                                  points
====================================  ==========================================
a three now, but an eight earlier     3, 8
seven and a half                      7.5
eight out of ten, eighty percent      8; four out of five as well
a twelve                              10: more than the most
====================================  ==========================================

Which of them counts, if any, is learned (`chooser`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voice_triage.content.words import Words
from voice_triage.understanding.quantities.numbers import Candidate, Marked, Numbers, graph

WORST = 10.0


class Severity:
    """Finds numbers, and reckons them as points."""

    def __init__(self, words: Words) -> None:
        self._numbers = Numbers(words.numbers)
        self._rules = graph(words.severity)

    def candidates(self, tokens: Sequence[str]) -> tuple[Marked, tuple[Candidate, ...]]:
        """The reply with its numbers in slots, and what each of them comes to, in points."""
        said = self._numbers.mark(tuple(tokens))
        return said, tuple(self._reckoned(said))

    def _reckoned(self, said: Marked) -> Iterator[Candidate]:
        at = 0
        while at < len(said.words):
            rule = self._rules.longest(said.words, at)
            if rule is None:
                at += 1
                continue
            name, (first, *rest) = rule.values[0], said.get("N", at, rule.end)
            of = {"percent": 100.0, "out_of": max(rest, default=WORST)}.get(name) or WORST
            points = (first + sum(rest)) / 2 if name == "between" else first * WORST / of
            yield Candidate(at, rule.end, min(points, WORST), name)
            at = rule.end
