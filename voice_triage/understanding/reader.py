"""The reader: how likely a reply says yes or no to a finding, learned from labelled replies.

Two questions are put to it. *Asked*: what does the reply say about this finding, which was just
asked about (“legs are grand”)? *Mentioned*: which finding does it state, whatever was asked (“I
went down like a stone”)? Both only add up weights. Whether that is enough to act upon is for the
policy to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice_triage.understanding.features import WITH_FINDING, Features, Named
from voice_triage.understanding.weights import ASKED, MENTIONED, Weights

YES, NO, UNSURE, NOTHING = "yes", "no", "unsure", "nothing"
"""Classes of the table of findings asked about."""
NO_FINDING = "none"
"""First class of the table of mentions: no finding is stated."""
ALSO = "+"
"""Behind a finding that a question does not ask about, but whose “no” it is as well: a bare “yes”
says nothing of it."""
A_NUMBER = "number"
"""Class of a reply to a question for a number: it gives one."""
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
        self.has_classes = bool(features.classes)
        """Else it cannot tell words that it has learned from others."""
        self._tables = weights.tables
        self._asked = weights.tables[ASKED]
        self._mentioned = weights.tables[MENTIONED]

    def features(self, tokens: Sequence[str]) -> Named:
        """The features of a reply: made once, then read for every finding."""
        return self._features.of(tokens)

    def governed(self, tokens: Sequence[str]) -> list[bool]:
        """For each token: does it stand in the scope of a negator?"""
        return self._features.governed(tokens)

    def knows(self, spoken: Sequence[str]) -> bool:
        """Are most of the words among those that it has a class for? What the reader makes of
        others is chance. False where it has no classes: then it cannot tell."""
        return 2 * sum(word in self._features.classes for word in spoken) > len(spoken)

    def asked(self, reply: Named, finding: str) -> Shares:
        """What a reply says about ``finding``, which it answers.

        An empty ``finding``: a yes or no to anything else (“have I understood that?”).
        """
        found = self._asked.shares(self._places(reply, finding))
        return Shares(found[YES], found[NO], found[UNSURE], found[NOTHING])

    def mentioned(self, reply: Named) -> Mapping[str, float]:
        """How likely each finding is stated to be there; ``none`` is first."""
        return self._mentioned.shares(reply.places(self._mentioned.size))

    def chosen(self, reply: Named, finding: str) -> Mapping[str, float]:
        """How likely each option of a choice is meant; ``nothing`` and ``unsure`` among them."""
        table = self._tables[finding]
        return table.shares(reply.places(table.size))

    def why(self, reply: Named, finding: str, most: int = 5) -> tuple[tuple[str, float], ...]:
        """The words that decided between yes and no about a finding asked about: what they weigh,
        above zero for yes, the heaviest first."""
        table, own = self._asked, iter(self._places(reply, finding)[len(reply.names) :])
        weighed = []
        for name, number in zip(reply.names, reply.hashes, strict=True):
            weight = table.weight(number & (table.size - 1), YES, NO)
            if finding and name[0] in WITH_FINDING:
                weight += table.weight(next(own), YES, NO)
            weighed.append((name, weight))
        return _heaviest(weighed, most)

    def why_mentioned(
        self, reply: Named, finding: str, most: int = 5
    ) -> tuple[tuple[str, float], ...]:
        """The words that spoke for and against ``finding`` being stated."""
        table = self._mentioned
        places = zip(reply.names, reply.places(table.size), strict=True)
        weighed = [(name, table.weight(at, finding, NO_FINDING)) for name, at in places]
        return _heaviest(weighed, most)

    def _places(self, reply: Named, finding: str) -> list[int]:
        size = self._asked.size
        return reply.places_for(finding, size) if finding else reply.places(size)


def _heaviest(weighed: list[tuple[str, float]], most: int) -> tuple[tuple[str, float], ...]:
    """The words of the weightiest features, stems and lengths left out."""
    told = [(name.partition("|")[2], weight) for name, weight in weighed if name[0] in "wbtn"]
    told.sort(key=lambda pair: -abs(pair[1]))
    return tuple((words, round(weight, 2)) for words, weight in told[:most])
