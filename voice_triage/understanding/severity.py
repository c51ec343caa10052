"""How bad the pain was at its worst today, from 0 to 10.

====================================  =============================================
said                                  points
====================================  =============================================
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
====================================  =============================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from voice_triage.core.words import BOUNDARIES
from voice_triage.understanding.numbers import (
    NUMBER,
    Corrections,
    Marked,
    Mention,
    Numbers,
    found_in,
    listed,
    phrases,
)

WORST = 10.0
AGES = range(13, 100)
"""Numbers that are an age after “I'm” or “of”."""
ENDS = ((), *((boundary,) for boundary in BOUNDARIES))
NAMED = {"ten": WORST, "five": 5.0}
RULES = ("value", "value_last", "first", "percent", "range", "other", "age", "pronoun", *NAMED)


class Severity:
    """Reads how bad it is."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        section = words["severity"]
        self._numbers = Numbers(words)
        self._corrections = Corrections(words)
        self._rules = phrases(**{name: section[name] for name in RULES})
        self._zero = phrases(zero=section["zero"])
        self._beside_zero = frozenset((*listed(section["beside_zero"]), *BOUNDARIES))
        self._other_day = phrases(other=section["other_day"], ends=section["day_ends"])
        self._now = frozenset(listed(section["now"]))
        self._today = frozenset((word,) for word in listed(section["today"]))
        self._vague = phrases(vague=section["vague"])
        self._no_things = frozenset(listed(section["no_things"]))

    def read(self, tokens: Sequence[str]) -> float | None:
        """Points from 0 to 10, or None where the reply gives none."""
        tokens = tuple(tokens)
        said = list(self._mentions(tokens))
        earlier = [mention for mention in said if not self._is_now(tokens, mention)]
        now = [mention for mention in said if mention not in earlier]
        standing = [*self._corrections.standing(tokens, earlier), *now]
        if standing:
            return max(mention.value for mention in standing)
        return 0.0 if self._is_none(tokens) else None

    def is_vague(self, tokens: Sequence[str]) -> bool:
        """Does the reply say how bad it is without a number (“pretty bad”, “couldn't say”)?"""
        return found_in(self._vague, tokens) and self.read(tokens) is None

    def _mentions(self, tokens: tuple[str, ...]) -> Iterator[Mention]:
        said = self._numbers.mark(tokens)
        another_day = self._of_another_day(tokens)
        at = 0
        while at < len(said.words):
            value, end = self._at(said, at)
            if value is not None:
                mention = said.mention(at, end, min(value, WORST))
                last = tokens[mention.end : mention.end + 1] in self._today
                if last and tokens[mention.end + 1 : mention.end + 2] in ENDS or not another_day[mention.start]:
                    yield mention
            at = end

    def _at(self, said: Marked, at: int) -> tuple[float | None, int]:
        """What the words from ``at`` on give, if anything, and where to read on."""
        rule = self._rules.longest(said.words, at)
        if rule is None:
            return None, at + 1
        names, end = rule.values, rule.end
        numbers = said.get(NUMBER, at, end)
        if "other" in names:
            return None, end
        if "age" in names or "pronoun" in names:
            if numbers[0] in AGES if "age" in names else numbers[0] == 1:
                return None, end
            if said.words[at] != NUMBER:
                return None, at + 1
            names, numbers, end = ("value",), numbers[:1], at + 1
        for name, value in NAMED.items():
            if name in names:
                return value, end
        if "range" in names:
            return (None if numbers[0] <= 1 and numbers[1] == WORST else max(numbers)), end
        if "value_last" in names:
            return numbers[-1], end
        if self._counts_things(said.words, at, end) or (numbers == [1] and self._is_pronoun(said, at)):
            return None, end
        if "first" in names:
            return numbers[0], end
        scale = 100.0 if "percent" in names else max(numbers[1:], default=WORST)
        return numbers[0] * WORST / (scale or WORST), end

    def _is_pronoun(self, said: Marked, at: int) -> bool:
        """“A hard one”: more than small words stand before it."""
        return at > 0 and said.words[at - 1] not in self._corrections.small

    def _counts_things(self, words: Sequence[str], start: int, end: int) -> bool:
        """“Two tablets”: a word in the plural follows."""
        word = words[end] if end < len(words) and not self._corrections.small.issuperset(words[:start]) else ""
        return len(word) > 3 and word.endswith("s") and word not in self._no_things

    def _is_now(self, tokens: Sequence[str], mention: Mention) -> bool:
        """“Nine, no rest, four now”: how it is now never takes back how bad it was."""
        return not self._now.isdisjoint(tokens[max(0, mention.start - 3) : mention.end + 2])

    def _of_another_day(self, tokens: Sequence[str]) -> list[bool]:
        """For each token: is it in a part of the reply that speaks of another day?"""
        found: list[bool] = []
        at, part, other = 0, 0, False
        while at <= len(tokens):
            match = self._other_day.longest(tokens, at) if at < len(tokens) else None
            if at == len(tokens) or (match is not None and "ends" in match.values):
                found += [other] * (at - part)
                part, other = at, False
            elif match is not None:
                other = True
            at = at + 1 if match is None else match.end
        return found

    def _is_none(self, tokens: Sequence[str]) -> bool:
        """“No pain at all”, and nothing that takes it back (“… but earlier, well”)."""
        at, found = 0, False
        while at < len(tokens):
            match = self._zero.longest(tokens, at)
            if match is None and tokens[at] not in self._beside_zero:
                return False
            found = found or match is not None
            at = at + 1 if match is None else match.end
        return found
