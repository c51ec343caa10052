"""From what was understood to what it settles about the question that was asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from voice_triage.content.dialog import Dialog, Question
from voice_triage.triage.evidence import Evidence, OpenSign, record
from voice_triage.triage.levels import assess
from voice_triage.triage.next_question import unsettled
from voice_triage.values import (
    Answer,
    FindingId,
    FindingKind,
    FindingValue,
    Level,
    Reply,
    Understanding,
)


class Result(Enum):
    """How far an utterance got with its question."""

    SETTLED = auto()
    ONE_OF = auto()
    """A bare yes to grouped signs, each of which is an emergency: no need to ask which."""
    HEDGED = auto()
    MISSED = auto()


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an utterance settles: findings about the question, and the reply as a whole."""

    result: Result
    findings: Mapping[FindingId, FindingValue]
    reply: Reply | None = None


_VALUE_ANSWERS = {
    FindingKind.SEVERITY: Answer.NUMBER,
    FindingKind.DAYS: Answer.DAYS,
    FindingKind.CHOICE: Answer.CHOICE,
}


def resolve(
    dialog: Dialog,
    question: Question,
    heard: Understanding,
    evidence: Evidence,
    *,
    again: bool,
    insisted: bool = False,
) -> Resolved:
    """Apply ``heard`` to ``question``. ``again``: asked anew by going back, nothing is settled.
    ``insisted``: not the first wording of it."""
    if question.kind is not FindingKind.YES_NO:
        return _resolve_value(question, heard)
    about = (*question.asks, *question.no_also)
    stated: dict[FindingId, FindingValue] = {
        f: v for f, v in heard.findings.items() if f in about and v is not Reply.UNSURE
    }
    open_now = question.asks if again else unsettled(question, evidence)
    if heard.answer is Answer.YES:
        return _resolve_yes(dialog, question, stated, evidence, open_now)
    # “No, but maybe a little faint” is no clear no; nor is “no” after “yes”, when asked “which?”,
    # unless it is said once more.
    doubted = any(heard.findings.get(f) is Reply.UNSURE for f in about)
    which = question.which_of is not None and not insisted
    if which and _denies_all(question, heard):
        return Resolved(Result.HEDGED, {})
    if heard.answer is Answer.NO and not doubted and not which:
        denied = {f: Reply.NO for f in (*open_now, *question.no_also)}
        return Resolved(Result.SETTLED, denied | stated, Reply.NO)
    if any(stated.get(f) is Reply.YES for f in question.asks):
        return _resolve_yes(dialog, question, stated, evidence, open_now)
    if open_now and all(f in stated for f in open_now):
        if heard.answer is Answer.UNSURE:
            # “Yes … the same as the other”: denied in one breath with a yes, so not denied.
            return Resolved(Result.HEDGED, {f: v for f, v in stated.items() if f not in open_now})
        return Resolved(Result.SETTLED, stated, Reply.NO)
    result = Result.HEDGED if doubted or heard.answer is Answer.UNSURE else Result.MISSED
    return Resolved(result, stated)


def _denies_all(question: Question, heard: Understanding) -> bool:
    said = {heard.findings.get(f) for f in question.asks}
    return said == {Reply.NO} or (heard.answer is Answer.NO and said == {None})


def _resolve_value(question: Question, heard: Understanding) -> Resolved:
    (finding,) = question.asks
    if heard.answer is _VALUE_ANSWERS[question.kind] and heard.value is not None:
        return Resolved(Result.SETTLED, {finding: heard.value})
    if heard.answer is Answer.UNSURE:
        return Resolved(Result.HEDGED, {})
    return Resolved(Result.MISSED, {})


def _resolve_yes(
    dialog: Dialog,
    question: Question,
    stated: dict[FindingId, FindingValue],
    evidence: Evidence,
    open_now: tuple[FindingId, ...],
) -> Resolved:
    named = [f for f in question.asks if stated.get(f) is Reply.YES]
    if question.which_of is not None:
        if not named:
            return Resolved(Result.MISSED, stated)
        # The person chose among the signs that were offered; the others were not chosen.
        rest = {f: Reply.NO for f in open_now if f not in named}
        return Resolved(Result.SETTLED, rest | stated, Reply.YES)
    if len(named) > 1 and set(named) >= set(open_now) and _all_emergencies(dialog, named):
        # A bare yes; or each of them named, which comes to the same.
        return Resolved(Result.ONE_OF, dict.fromkeys(named, Reply.UNSURE), Reply.YES)
    if named:
        return Resolved(Result.SETTLED, stated, Reply.YES)
    possible = tuple(f for f in open_now if f not in stated) or question.asks
    if len(possible) == 1:
        return Resolved(Result.SETTLED, stated | {possible[0]: Reply.YES}, Reply.YES)
    if all(_is_emergency(dialog, evidence, f) for f in possible):
        return Resolved(Result.ONE_OF, dict.fromkeys(possible, Reply.UNSURE) | stated, Reply.YES)
    return Resolved(Result.SETTLED, stated, Reply.YES)


def _all_emergencies(dialog: Dialog, findings: Iterable[FindingId]) -> bool:
    return all(dialog.lone_level.get(f) is Level.EMERGENCY for f in findings)


def _is_emergency(dialog: Dialog, evidence: Evidence, finding: FindingId) -> bool:
    """Would this finding alone, on top of the evidence, make it an emergency?"""
    supposed = record(dialog, evidence, {finding: Reply.YES})
    return assess(dialog, supposed).level is Level.EMERGENCY


def left_open(
    question: Question, evidence: Evidence, *, again: bool = False
) -> tuple[OpenSign, dict[FindingId, Reply]]:
    """The evidence of a question that got no clear answer: its unsettled findings are open.

    ``again``: asked anew by going back, so that an earlier “no” is open too.
    """
    findings = unsettled(question, evidence)
    if again:
        findings = tuple(f for f in question.asks if not evidence.is_yes(f))
    return OpenSign(question.id, findings), dict.fromkeys(findings, Reply.UNSURE)


def unheard(
    dialog: Dialog, question: Question, evidence: Evidence
) -> tuple[OpenSign, dict[FindingId, Reply]]:
    """The evidence of silence on a question about danger: its danger signs, and what is open."""
    about = (*question.asks, *question.no_also)
    findings = unsettled(question, evidence)
    findings += tuple(f for f in question.no_also if evidence.get(f) is None)
    grave = [f for f in about if dialog.lone_level.get(f) is Level.EMERGENCY]
    signs = tuple(f for f in grave if f in findings) or tuple(grave)
    return OpenSign(question.id, signs), dict.fromkeys(findings, Reply.UNSURE)
