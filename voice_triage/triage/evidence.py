"""What is known so far. Evidence only grows, except by an explicit, confirmed correction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from voice_triage.content.dialog import Dialog
from voice_triage.values import FindingId, FindingValue, QuestionId, Reply

_STRENGTH = {Reply.NO: 0, Reply.UNSURE: 1, Reply.YES: 2}
_EMPTY: Mapping[FindingId, FindingValue] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OpenSign:
    """Signs left open together by one answer to one question: they count as one open sign."""

    question: QuestionId
    findings: tuple[FindingId, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Values of findings, and how some of them came to be."""

    values: Mapping[FindingId, FindingValue] = field(default_factory=lambda: _EMPTY)
    volunteered: frozenset[FindingId] = frozenset()
    """Stated without being asked: not asked again."""
    open_signs: tuple[OpenSign, ...] = ()
    silent: tuple[OpenSign, ...] = ()
    """Emergency questions that met two silences."""
    one_of: tuple[OpenSign, ...] = ()
    """Grouped emergency questions answered “yes” without saying which sign."""
    heard: tuple[OpenSign, ...] = ()
    """Danger signs that may have been said, were asked back, and were not clearly denied."""
    called_for_help: bool = False
    """The person asked for an ambulance or said that it is an emergency."""

    def get(self, finding: FindingId) -> FindingValue | None:
        return self.values.get(finding)

    def is_yes(self, finding: FindingId) -> bool:
        return self.values.get(finding) is Reply.YES

    def is_open_or_yes(self, finding: FindingId) -> bool:
        return self.values.get(finding) in (Reply.YES, Reply.UNSURE)


def merged(old: FindingValue | None, new: FindingValue) -> FindingValue:
    """The stronger of two values: evidence never weakens by hearing more.

    Yes beats unsure beats no; the higher number stays; choices add up; a known number or
    choice beats an open answer.
    """
    if old is None or old == new:
        return new
    if isinstance(old, Reply):
        if isinstance(new, Reply):
            return old if _STRENGTH[old] >= _STRENGTH[new] else new
        return new
    if isinstance(new, Reply):
        return old
    if isinstance(old, int | float) and isinstance(new, int | float):
        return max(old, new)
    if isinstance(old, tuple) and isinstance(new, tuple):
        return tuple(dict.fromkeys((*old, *new)))
    return new


def record(
    dialog: Dialog,
    evidence: Evidence,
    new: Mapping[FindingId, FindingValue],
    *,
    volunteered: bool = False,
) -> Evidence:
    """Evidence with ``new`` merged in and derived findings brought up to date."""
    if not new:
        return evidence
    values = dict(evidence.values)
    for finding, value in new.items():
        values[finding] = merged(values.get(finding), value)
    told = evidence.volunteered.union(new) if volunteered else evidence.volunteered
    grown = replace(evidence, values=values, volunteered=told)
    return _derive(dialog, grown, values, new.keys())


def _derive(
    dialog: Dialog,
    evidence: Evidence,
    values: dict[FindingId, FindingValue],
    changed: Iterable[FindingId],
) -> Evidence:
    """Fill derived findings in place in ``values``, the dict behind ``evidence``."""
    touched = {d for f in changed for d in dialog.derived_from.get(f, ())}
    for finding in dialog.findings.values():
        if finding.id not in touched or finding.derived is None:
            continue
        if finding.derived.holds(evidence, open_counts=False):
            value = Reply.YES
        elif finding.derived.holds(evidence, open_counts=True):
            value = Reply.UNSURE
        elif finding.derived.possible(evidence):
            continue
        else:
            value = Reply.NO
        values[finding.id] = merged(values.get(finding.id), value)
    return evidence


def corrected(
    dialog: Dialog, evidence: Evidence, new: Mapping[FindingId, FindingValue]
) -> Evidence:
    """Evidence with the findings of ``new`` replaced: the one way in which evidence can weaken.

    Only for an explicit correction that the person has confirmed. All else stays: of signs that
    were left open together, those not corrected stay open, and what was said outright is kept
    even where it could be derived too.
    """

    def remaining(signs: tuple[OpenSign, ...]) -> tuple[OpenSign, ...]:
        left = (replace(s, findings=tuple(f for f in s.findings if f not in new)) for s in signs)
        return tuple(s for s in left if s.findings)

    derived = {d for f in new for d in dialog.derived_from.get(f, ())} - evidence.volunteered
    values = {f: v for f, v in evidence.values.items() if f not in new and f not in derived}
    cleaned = replace(
        evidence,
        values=values,
        open_signs=remaining(evidence.open_signs),
        silent=remaining(evidence.silent),
        one_of=remaining(evidence.one_of),
        heard=remaining(evidence.heard),
    )
    return record(dialog, cleaned, new)
