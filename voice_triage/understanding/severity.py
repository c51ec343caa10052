"""How bad the pain was at its worst today, from 0 to 10.

====================================  ==========================================
said                                  points
====================================  ==========================================
six at its worst                      6
a three now, but an eight earlier     8: the worst counts
six, maybe seven                      7: the upper end
seven, well, call it six              6: corrected
nine yesterday, today a four          4: another day is left out
eight out of ten, eighty percent      8
worst pain ever, off the scale, a 12  10
none at all, no pain                  0
I'm seventy two, two tablets          None: numbers of something else
ten being what?                       None
pretty bad                            None, and `Severity.is_vague`
====================================  ==========================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from voice_triage.core.phrases import listed
from voice_triage.understanding.numbers import (
    Corrections,
    Marked,
    Mention,
    Numbers,
    found_in,
    phrases,
)
from voice_triage.understanding.tokens import BOUNDARIES

WORST = 10.0
AGES = range(13, 100)
"""Numbers that are an age after “I'm” or “of”."""
ENDS = ((), *((boundary,) for boundary in BOUNDARIES))
NEAR = 3
"""Words between a number and the “now” that belongs to it."""
RULES = ("value", "last", "first", "percent", "range", "other", "age", "pronoun", "ten", "five")


class Severity:
    """Reads how bad it is."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        section = words["severity"]
        self._numbers = Numbers(words)
        self._corrections = Corrections(words)
        self._rules = phrases(**{name: section[name] for name in RULES})
        self._zero = phrases(zero=section["zero"], small=section["beside_zero"])
        self._other_day = phrases(other=section["other_day"], ends=section["day_ends"])
        self._vague = phrases(vague=section["vague"])
        self._today, self._now, self._no_things = (
            frozenset(listed(section[name])) for name in ("today", "now", "no_things")
        )

    def read(self, tokens: Sequence[str]) -> float | None:
        """Points from 0 to 10, or None where the reply gives none."""
        tokens = tuple(tokens)
        said = list(self._mentions(tokens))
        earlier = [mention for mention in said if not self._is_now(tokens, mention)]
        now = [mention for mention in said if mention not in earlier]
        points = [m.value for m in (*self._corrections.standing(tokens, earlier), *now)]
        return max(points) if points else 0.0 if self._is_none(tokens) else None

    def is_vague(self, tokens: Sequence[str]) -> bool:
        """Does the reply say how bad it is without a number (“pretty bad”, “couldn't say”)?"""
        return found_in(self._vague, tokens) and self.read(tokens) is None

    def _mentions(self, tokens: tuple[str, ...]) -> Iterator[Mention]:
        said, of_today = self._numbers.mark(tokens), self._of_today(tokens)
        at = 0
        while at < len(said.words):
            points, end = self._at(said, at)
            if points is not None and (of_today[said.starts[at]] or self._ends_today(said, end)):
                yield said.mention(at, end, min(points, WORST))
            at = end

    def _at(self, said: Marked, at: int) -> tuple[float | None, int]:
        """The points that the words from ``at`` on give, if any, and where to read on."""
        rule = self._rules.longest(said.words, at)
        if rule is None:
            return None, at + 1
        names, end, numbers = rule.values, rule.end, said.get("N", at, rule.end)
        if "other" in names or self._is_of_other(said, at, end, names):
            return None, end
        if "age" in names or "pronoun" in names:  # but the number fits neither
            return (numbers[0], at + 1) if said.words[at] == "N" else (None, at + 1)
        if "range" in names:
            return (None if numbers[0] <= 1 and numbers[1] == WORST else max(numbers)), end
        scale = 100.0 if "percent" in names else max(numbers[1:], default=WORST)
        by_name = {"ten": WORST, "five": 5.0}
        if "first" in names or "last" in names:
            return numbers[0 if "first" in names else -1], end
        return by_name.get(names[0]) or numbers[0] * WORST / max(scale, 1.0), end

    def _is_of_other(self, said: Marked, start: int, end: int, names: Sequence[str]) -> bool:
        """An age, “that one”, “a hard one”, or a word in the plural after it: “two tablets”."""
        numbers, before = said.get("N", start, end), said.words[:start]
        if "age" in names or "pronoun" in names:
            return numbers[0] in AGES if "age" in names else numbers[0] == 1
        if "value" not in names or self._corrections.small.issuperset(before):
            return False
        after = "".join(said.words[end : end + 1])
        counted = len(after) > 3 and after.endswith("s") and after not in self._no_things
        return counted or (numbers == [1] and before[-1] not in self._corrections.small)

    def _is_now(self, tokens: Sequence[str], mention: Mention) -> bool:
        """“Nine, no rest, four now”: how it is now never takes back how bad it was."""
        return not self._now.isdisjoint(tokens[max(0, mention.start - NEAR) : mention.end + 2])

    def _ends_today(self, said: Marked, end: int) -> bool:
        """“Five on Monday, three today”: with nothing after it, the word belongs to the three."""
        word, after = said.words[end : end + 1], said.words[end + 1 : end + 2]
        return "".join(word) in self._today and after in ENDS

    def _of_today(self, tokens: Sequence[str]) -> list[bool]:
        """For each token: is it in a part of the reply that speaks of no other day?"""
        found: list[bool] = []
        at, part, today = 0, 0, True
        while at < len(tokens):
            match = self._other_day.longest(tokens, at)
            if match is not None and "ends" in match.values:
                found += [today] * (at - part)
                part, today = at, True
            today = today and (match is None or "ends" in match.values)
            at = at + 1 if match is None else match.end
        return found + [today] * (at - part)

    def _is_none(self, tokens: Sequence[str]) -> bool:
        """“No pain at all”, with only small words beside it."""
        at, names = 0, set()
        while at < len(tokens):
            match = self._zero.longest(tokens, at)
            if match is None and tokens[at] not in BOUNDARIES:
                return False
            names |= set(match.values if match is not None else ())
            at = at + 1 if match is None else match.end
        return "zero" in names
