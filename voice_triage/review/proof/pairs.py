"""Claim 4 of the proof: an open answer never ends lower than a no, other answers being equal."""

from __future__ import annotations

from collections.abc import Hashable

from voice_triage.content.dialog import Question
from voice_triage.conversation.state import State
from voice_triage.review.proof.walk import Walk
from voice_triage.values import FindingKind, Level

Binding = tuple[Hashable, str]
"""What a question is about, and the answer that the person gave to it on the other side."""


class Pairs:
    """Two people who answer everything alike but one question, side by side to their outcomes."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._seen: set[Hashable] = set()
        self._order = {q.id: at for at, q in enumerate(walk.dialog.questions)}

    def compare(self) -> int:
        """Compare “no” with “unsure” at every yes/no question; how many pairs that took."""
        nodes = self._walk.nodes
        waiting: list[tuple[Hashable, Hashable, frozenset[Binding]]] = [
            (node.next["no"], node.next["unsure"], frozenset())
            for node in nodes.values()
            if node.question is not None and node.question.kind is FindingKind.YES_NO
        ]
        while waiting:
            pair = waiting.pop()
            if pair not in self._seen:
                self._seen.add(pair)
                waiting += self._after(*pair)
        return len(self._seen)

    def _after(
        self, denied: Hashable, opened: Hashable, bound: frozenset[Binding]
    ) -> list[tuple[Hashable, Hashable, frozenset[Binding]]]:
        """The pairs that one more answer leads to; none where the claim holds already."""
        no, unsure = self._walk.nodes[denied], self._walk.nodes[opened]
        low, high = no.state.assessment.level, unsure.state.assessment.level
        if high is Level.EMERGENCY or (denied == opened and not bound):
            return []
        if unsure.question is None and no.question is None:
            if high < low:
                self._walk.fail(unsure.path, f"{high.id}, where a no gives {low.id}")
            return []
        if no.question is None and high >= low:
            return []
        ask = min(
            (q for q in (no.question, unsure.question) if q is not None),
            key=lambda q: self._order[q.id],
        )
        both = no.question is unsure.question
        names = (
            no.next.keys() | unsure.next.keys()
            if both
            else (no.next.keys() if ask is no.question else unsure.next.keys())
        )
        said = dict(bound)
        about = _about(ask)
        found = []
        for name in names:
            if about in said and name != said[about]:
                continue
            next_no = no.next.get(name, denied) if ask is no.question else denied
            next_unsure = unsure.next.get(name, opened) if ask is unsure.question else opened
            other = unsure.state if ask is no.question else no.state
            still = set(bound)
            if not both and self._may_ask(other, ask):
                still.add((about, name))
            found.append((next_no, next_unsure, frozenset(still)))
        return found

    def _may_ask(self, state: State, question: Question) -> bool:
        about = _about(question)
        return any(
            _about(q) == about and q.id not in state.replies for q in self._walk.dialog.questions
        )


def _about(question: Question) -> Hashable:
    """Questions with the same of this are answered alike by the same person."""
    return question.asks, question.which_of, question.id if question.half else None
