"""Every answer to a question that can make a difference, one of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from voice_triage.content.conditions import AtLeast, Condition, Count, Is
from voice_triage.content.dialog import Dialog, Question
from voice_triage.review.proof.contract import Contract
from voice_triage.triage.evidence import Evidence
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

BELOW = 1.0
"""How far below a threshold the number stands that must not reach it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer, given again if it is asked for again. ``heard`` None: silence."""

    name: str
    heard: Understanding | None
    is_open: bool = False
    remark: bool = False
    """Says something beyond the question."""


_YES = Option("yes", Understanding("yes", Answer.YES))
_NO = Option("no", Understanding("no", Answer.NO))
_OPEN = Option("unsure", Understanding("unsure", Answer.UNSURE), is_open=True)
_SILENT = Option("silence", None)


def options(
    dialog: Dialog, contract: Contract, question: Question, evidence: Evidence
) -> tuple[Option, ...]:
    """Answers to ``question``; any other leads where one of these leads."""
    if question.kind is not FindingKind.YES_NO:
        return (*_values(dialog, contract, question), _OPEN)
    found = [_NO, _OPEN]
    open_now = unsettled(question, evidence)
    if question.which_of is None:
        found.append(_YES)
    if len(question.asks) > 1:
        for size in range(1, len(open_now) + 1):
            found += (_named(signs) for signs in combinations(open_now, size))
    found += (_named((f,)) for f in question.no_also if evidence.get(f) is None)
    if dialog.question_level(question) is Level.EMERGENCY:
        found.append(_SILENT)
    return tuple(found)


def remarks(
    dialog: Dialog, contract: Contract, question: Question, about: FindingId
) -> Iterator[Option]:
    """``about`` volunteered, stated, denied or left open, while ``question`` is answered."""
    if about in (*question.asks, *question.no_also):
        return
    plain = Option("no", Understanding("no", Answer.NO))
    if question.kind is not FindingKind.YES_NO:
        plain = next(_values(dialog, contract, question))
    assert plain.heard is not None
    finding = dialog.findings[about]
    said: tuple[FindingValue, ...] = (Reply.YES, Reply.NO)
    if finding.kind is FindingKind.CHOICE:
        said = tuple((choice,) for choice in finding.options)
    elif finding.kind is not FindingKind.YES_NO:
        said = tuple(_numbers(dialog, contract, about))
    for value in said:
        words = " ".join(value) if isinstance(value, tuple) else f"{value}"
        heard = replace(plain.heard, findings={about: value})
        yield Option(f"{plain.name}, and {about} {words}", heard, remark=True)
    if dialog.lone_level.get(about, Level.SELF_CARE) >= Level.URGENT:
        heard = replace(plain.heard, asks=(about,))
        yield Option(f"{plain.name}, and {about} heard for the third time", heard, remark=True)


def unasked_sign(dialog: Dialog) -> FindingId:
    """An emergency sign that no question is about, if there is one."""
    signs = [f for f, level in dialog.lone_level.items() if level is Level.EMERGENCY]
    asked = {f for question in dialog.questions for f in question.asks}
    return next((f for f in signs if f not in asked), signs[0])


def _named(signs: tuple[FindingId, ...]) -> Option:
    """Signs said by name: “my chest hurts”."""
    name = "+".join(signs)
    return Option(name, Understanding(name, findings=dict.fromkeys(signs, Reply.YES)))


def _values(dialog: Dialog, contract: Contract, question: Question) -> Iterator[Option]:
    """A number on each side of every threshold; each choice that matters, and one more."""
    (finding,) = question.asks
    leaves = [leaf for when in _conditions(dialog, contract) for leaf in _leaves(when)]
    if question.kind is FindingKind.CHOICE:
        known = {leaf.option for leaf in leaves if isinstance(leaf, Is) and leaf.finding == finding}
        known |= {*dialog.advice.get(finding, ()), *dialog.remarks.get(finding, ())}
        every = dialog.findings[finding].options
        other = [choice for choice in every if choice not in known][:1]
        for choice in every:
            if choice in known or choice in other:
                yield Option(choice, Understanding(choice, Answer.CHOICE, (choice,)))
        return
    kind = Answer.DAYS if question.kind is FindingKind.DAYS else Answer.NUMBER
    for number in _numbers(dialog, contract, finding):
        yield Option(f"{number:g}", Understanding(f"{number:g}", kind, number))


def _numbers(dialog: Dialog, contract: Contract, finding: FindingId) -> tuple[float, ...]:
    limits = {
        leaf.threshold
        for when in _conditions(dialog, contract)
        for leaf in _leaves(when)
        if isinstance(leaf, AtLeast) and leaf.finding == finding
    }
    return (min(limits) - BELOW, *sorted(limits)) if limits else (BELOW,)


def _conditions(dialog: Dialog, contract: Contract) -> Iterator[Condition]:
    yield from (rule.when for rule in dialog.rules)
    yield from (f.derived for f in dialog.findings.values() if f.derived is not None)
    yield from (q.when for q in dialog.questions if q.when is not None)
    yield from (when for when, _ in (*contract.certain, *contract.combinations))


def _leaves(when: Condition) -> Iterator[Condition]:
    if isinstance(when, Count):
        for part in when.parts:
            yield from _leaves(part)
    else:
        yield when
