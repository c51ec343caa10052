"""Which question comes next: the first in the dialog's order that is still due. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from voice_triage.content.dialog import Dialog, Question
from voice_triage.triage.evidence import Evidence
from voice_triage.values import FindingId, QuestionId, Reply

Replies = Mapping[QuestionId, Reply | None]
"""Questions that are done with, and the reply where it was a yes/no question."""


def settled(question: Question, finding: FindingId, evidence: Evidence) -> bool:
    """True when asking ``question`` could add nothing about ``finding``."""
    value = evidence.get(finding)
    if value is None:
        return False
    if value is Reply.YES or not question.half:
        return True
    # The other half said no or left it open; only the person's own words settle both halves.
    return finding in evidence.volunteered


def unsettled(question: Question, evidence: Evidence) -> tuple[FindingId, ...]:
    """The findings that ``question`` is still needed for."""
    return tuple(f for f in question.asks if not settled(question, f, evidence))


def due(question: Question, evidence: Evidence, replies: Replies) -> bool:
    """True when ``question`` must still be asked."""
    if question.id in replies:
        return False
    if question.which_of is not None and replies.get(question.which_of) is not Reply.YES:
        return False
    if question.when is not None and not question.when.holds(evidence, open_counts=True):
        return False
    return any(not settled(question, f, evidence) for f in question.asks)


def follows(question: Question, other: Question | None) -> bool:
    """Is ``question`` a follow-up of ``other``? A reply to that then says something of both: “I
    came off the roof” is more than an injury."""
    if other is None or question.when is None:
        return False
    return not set(other.asks).isdisjoint(question.when.findings())


def next_question(
    dialog: Dialog, evidence: Evidence, replies: Replies, *, leave_out: Collection[QuestionId] = ()
) -> Question | None:
    """The first question that is due, or None when all is known.

    The scan starts from the top each time, so evidence volunteered late brings up the follow-up
    questions that it makes due, wherever they stand in the order.
    """
    for question in dialog.questions:
        if question.id in replies or question.id in leave_out:
            continue
        if due(question, evidence, replies):
            return question
    return None
