"""What of a conversation's past can still matter: the key under which `review.proof` merges states.

Two states with equal keys have the same future: every answer that can still be given leads both to
the same level, the same next question and equal keys again. So all paths through one may stand for
all paths through the other. Why this holds, part by part:

* Evidence only grows while questions are answered in turn (`evidence.merged`), and conditions know
  no “not” (`content.conditions`). So a condition that holds stays true, and a finding that no
  question can reach any more stays as it is. What remains of a condition is its *residual*: parts
  that hold are taken out, parts that cannot come true are dropped. Two equal residuals come true on
  the same answers.
* The level is the maximum over fired rules. A rule at or below the level reached adds nothing, so
  only residuals of rules above it are kept, without their names: three rules waiting for the same
  sign are one.
* Signs left open become an emergency as soon as any other serious finding is present or open: one
  more residual. Whether a *later* open sign is accompanied depends on whether anything serious is
  there already, which matters only while a danger question is still to come.
* The next question and what an answer to it settles depend on which questions can still come, what
  each is still needed for, and what remains of its `when`.
* What the contract demands is kept in the same way, so that a claim checked at one of the merged
  states is checked for all: residuals of its rows, and what is still owed to be asked.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from voice_triage.content.conditions import AtLeast, Condition, Count, Is, Present
from voice_triage.content.dialog import Dialog, Question
from voice_triage.conversation.state import State
from voice_triage.review.proof.contract import Contract
from voice_triage.triage.next_question import unsettled
from voice_triage.values import FindingId, Level, Reply

Residual = Hashable
"""True, False, or what is left of a condition; equal residuals come true on the same answers."""


def obligations(contract: Contract, dialog: Dialog, state: State) -> frozenset[str]:
    """Findings that the contract wants asked, and that were not asked about (yet)."""
    evidence = state.evidence
    owed = {f for f, when in contract.follow_ups.items() if when.holds(evidence, open_counts=True)}
    owed |= contract.always
    missing: set[str] = {f for f in owed if evidence.get(f) is None}
    for finding, halves in contract.halves.items():
        asked = sum(q.asks == (finding,) and q.id in state.replies for q in dialog.questions)
        told = evidence.is_yes(finding) or finding in evidence.volunteered
        if finding in owed and not told and asked < halves:
            missing.add(f"{finding} ({asked} of {halves} questions)")
    return frozenset(missing)


class Residuals:
    """Makes keys for the states of one dialog."""

    def __init__(self, dialog: Dialog, contract: Contract) -> None:
        self._dialog = dialog
        self._contract = contract
        lone = dialog.lone_level
        self._serious = [f for f in dialog.findings if lone.get(f, Level.SELF_CARE) >= Level.URGENT]
        rows = [
            ("rule", rule.when, rule.level, rule.lone_finding is None or rule.level is Level.URGENT)
            for rule in dialog.rules
        ]
        rows += [("contract", when, level, False) for when, level in contract.certain]
        rows += [("contract", when, level, True) for when, level in contract.combinations]
        rows += [
            ("contract", Present(f), level, level is Level.URGENT)
            for f, level in contract.lone.items()
        ]
        self._rows = [(*row, self._looks_at(row[1])) for row in rows]

    def _looks_at(self, when: Condition) -> frozenset[FindingId]:
        """The findings on which ``when`` rests, derived ones traced back."""
        found: set[FindingId] = set()
        for finding in when.findings():
            derived = self._dialog.findings[finding].derived
            found |= {finding} if derived is None else {finding, *derived.findings()}
        return frozenset(found)

    def key(self, state: State, spare: FindingId | None = None) -> Hashable:
        """Equal for states that need not be told apart; see the module's text.

        ``spare`` may still be volunteered, or be left open, whatever is asked.
        """
        told = set() if spare is None else {spare}
        coming = self._coming(state, told)
        live = told | {f for q in coming for f in (*q.asks, *q.no_also)}
        level = state.assessment.level
        return (
            state.node,
            level,
            frozenset(self._question_key(q, state, live) for q in coming),
            frozenset(self._pending(state, live, level)),
            self._company(state, coming, live, told),
            obligations(self._contract, self._dialog, state),
        )

    def _coming(self, state: State, told: set[FindingId]) -> list[Question]:
        """Questions that may still be asked."""
        evidence, replies = state.evidence, state.replies
        coming = [
            q for q in self._dialog.questions if q.id not in replies and unsettled(q, evidence)
        ]
        while True:
            ids = {q.id for q in coming}
            live = told | {f for q in coming for f in (*q.asks, *q.no_also)}
            still = [
                q
                for q in coming
                if self.of(q.when, state, live, open_counts=True) is not False
                and (q.which_of is None or q.which_of in ids or replies[q.which_of] is Reply.YES)
            ]
            if len(still) == len(coming):
                return coming
            coming = still

    def _question_key(self, question: Question, state: State, live: set[FindingId]) -> Hashable:
        which = None if question.which_of is None else state.replies.get(question.which_of)
        when = self.of(question.when, state, live, open_counts=True)
        return question.id, unsettled(question, state.evidence), when, which

    def _pending(
        self, state: State, live: set[FindingId], level: Level
    ) -> Iterable[tuple[str, Level, Residual]]:
        """What is left of the rules, and of the contract's rows, that would raise the level."""
        for source, when, raised, open_counts, about in self._rows:
            if raised > level and not about.isdisjoint(live):
                left = self.of(when, state, live, open_counts=open_counts)
                if left is not False:
                    yield source, raised, left
        if level < Level.EMERGENCY:
            for sign in state.evidence.open_signs:
                if self._grave(sign.findings):
                    others = tuple(Present(f) for f in self._serious if f not in sign.findings)
                    left = self.of(Count(1, others), state, live, open_counts=True)
                    yield "open sign", Level.EMERGENCY, left

    def _company(
        self, state: State, coming: list[Question], live: set[FindingId], told: set[FindingId]
    ) -> Hashable:
        """What would accompany a danger sign that is left open later, by a question or unasked."""
        asked = any(self._grave(unsettled(q, state.evidence)) for q in coming)
        if not asked and not self._grave(told):
            return None
        present = {f for f in self._serious if state.evidence.is_open_or_yes(f)}
        return bool(present - live), frozenset(present & live)

    def _grave(self, findings: Iterable[FindingId]) -> bool:
        return any(self._dialog.lone_level.get(f) is Level.EMERGENCY for f in findings)

    def of(
        self, when: Condition | None, state: State, live: set[FindingId], *, open_counts: bool
    ) -> Residual:
        """What is left of ``when``, given that only ``live`` findings can still change."""
        if when is None or when.holds(state.evidence, open_counts=open_counts):
            return True
        if isinstance(when, Count):
            parts = [self.of(p, state, live, open_counts=open_counts) for p in when.parts]
            needed = when.minimum - sum(part is True for part in parts)
            left = [part for part in parts if not isinstance(part, bool)]
            if needed > len(left):
                return False
            if len(left) == 1:
                return left[0]
            # A set where one is enough: the same part twice is one; otherwise each counts.
            return needed, frozenset(left) if needed == 1 else tuple(left)
        assert isinstance(when, Present | AtLeast | Is)
        derived = self._dialog.findings[when.finding].derived
        if derived is not None:
            return self.of(derived, state, live, open_counts=open_counts)
        if when.finding not in live:
            return False
        # Frozen and hashable, and the present value says from where it can still change.
        value = state.evidence.get(when.finding)
        return when, None if value is Reply.NO else value, open_counts
