"""Several readings of the same sound: what only one of them says of danger is doubt.

A recogniser can give a clear reading that lacks half a sentence, and a rougher one that has it. The
clearer one answers the question; a danger sign that stands only in another is asked about, and a
denial that another reading contradicts settles nothing. Nothing here raises a level by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from voice_triage.core.dialog import Question
from voice_triage.core.values import Answer, FindingId, Level, Reply, Understanding


def with_doubts(
    heard: Understanding,
    others: Sequence[Understanding],
    lone_level: Mapping[FindingId, Level],
) -> Understanding:
    """``heard``, with the danger signs that only ``others`` state as UNSURE.

    ``lone_level``: signs from URGENT on are danger signs. Words that hold such a doubt are no
    command: “stop” may have been “it won't stop”. A “no” counts if all readings have it.
    """
    if not others:
        return heard
    doubts = {
        finding: Reply.UNSURE
        for other in others
        for finding, value in other.findings.items()
        if value in (Reply.YES, Reply.UNSURE)
        and lone_level.get(finding, Level.SELF_CARE) >= Level.URGENT
        and heard.findings.get(finding) not in (Reply.YES, Reply.UNSURE)
    }
    if doubts:
        findings = MappingProxyType({**heard.findings, **doubts})
        heard = replace(heard, findings=findings, command=None)
    if heard.answer is Answer.NO and any(other.answer is not Answer.NO for other in others):
        heard = replace(heard, answer=Answer.UNSURE)
    return heard


def with_asks(
    heard: Understanding, question: Question | None, lone_level: Mapping[FindingId, Level]
) -> Understanding:
    """``heard``, with the emergency signs in doubt that were not asked about to be asked back."""
    asked = frozenset(question.asks) if question is not None else frozenset[FindingId]()
    asks = tuple(
        f
        for f, value in heard.findings.items()
        if value is Reply.UNSURE and f not in asked and lone_level.get(f) is Level.EMERGENCY
    )
    return replace(heard, asks=asks) if asks else heard
