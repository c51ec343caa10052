"""The reader: how likely a reply says yes or no to a finding, learned from labelled replies.

Two questions are put to it. *Asked*: what does the reply say about this finding, which was just
asked about (“legs are grand”)? *Mentioned*: which finding does it state, whatever was asked (“I
went down like a stone”)? Both only add up weights. Whether that is enough to act upon is for the
policy to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice_triage.understanding.features import Features, places, with_finding
from voice_triage.understanding.weights import Weights

ASKED, MENTIONED = "asked", "mentioned"
YES, NO, UNSURE, NOTHING = "yes", "no", "unsure", "nothing"
"""Classes of the table of findings asked about."""
NO_FINDING = "none"
"""First class of the table of mentions: no finding is stated."""
CALL = "emergency_call"
"""Class of a call for help that names no sign."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How likely a reply says each about a finding; together one."""

    yes: float
    no: float
    unsure: float
    nothing: float


class Reader:
    """Reads replies with trained weights. Pure: the same for the same words, always."""

    def __init__(self, weights: Weights, features: Features) -> None:
        self._features = features
        self._tables = weights.tables
        self._asked = weights.tables[ASKED]
        self._mentioned = weights.tables[MENTIONED]

    def names(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """The features of a reply: made once, then read for every finding."""
        return self._features.names(tokens)

    def asked(self, names: Sequence[str], finding: str) -> Shares:
        """What a reply with these features says about ``finding``, which it answers.

        An empty ``finding``: a yes or no to anything else (“have I understood that?”).
        """
        named = with_finding(names, finding) if finding else names
        found = self._asked.shares(places(named, self._asked.size))
        return Shares(found[YES], found[NO], found[UNSURE], found[NOTHING])

    def mentioned(self, names: Sequence[str]) -> Mapping[str, float]:
        """How likely each finding is stated to be there; ``none`` is first."""
        return self._mentioned.shares(places(names, self._mentioned.size))

    def chosen(self, names: Sequence[str], finding: str) -> Mapping[str, float]:
        """How likely each option of a choice is meant; ``nothing`` and ``unsure`` among them."""
        table = self._tables[finding]
        return table.shares(places(names, table.size))

    def why(self, names: Sequence[str], finding: str, most: int = 5) -> tuple[tuple[str, float], ...]:
        """The words that decided between yes and no about a finding asked about: what they weigh,
        above zero for yes, the heaviest first."""
        table = self._asked
        own = (with_finding([name], finding)[:-1] if finding else [name] for name in names)
        weighed = [
            (name.partition("|")[2], sum(table.weight(p, YES, NO) for p in places(two, table.size)))
            for name, two in zip(names, own, strict=True)
            if name[0] in "wbt"
        ]
        return _heaviest(weighed, most)

    def why_mentioned(
        self, names: Sequence[str], finding: str, most: int = 5
    ) -> tuple[tuple[str, float], ...]:
        """The words that spoke for and against ``finding`` being stated."""
        table = self._mentioned
        words = [name for name in names if name[0] in "wbt"]
        weights = (table.weight(p, finding, NO_FINDING) for p in places(words, table.size))
        return _heaviest([(w.partition("|")[2], x) for w, x in zip(words, weights, strict=True)], most)


def _heaviest(weighed: list[tuple[str, float]], most: int) -> tuple[tuple[str, float], ...]:
    weighed.sort(key=lambda pair: -abs(pair[1]))
    return tuple((words, round(weight, 2)) for words, weight in weighed[:most])


