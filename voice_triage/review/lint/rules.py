"""What the answers amount to: every rule can fire, decides something, and says where it is from."""

from __future__ import annotations

import re

from voice_triage.content.conditions import AtLeast, Condition, Count
from voice_triage.content.dialog import Dialog, Rule
from voice_triage.content.reading.fields import Place
from voice_triage.review.lint.minimal import evidence_of, knowable, shades, ways
from voice_triage.review.lint.report import Report
from voice_triage.triage.levels import assess
from voice_triage.values import FindingId, FindingKind, Level

HIGHEST_SEVERITY = 10.0
_PLACEHOLDER = re.compile(r"(?i)\W*(?:to ?do|tbd|tba|fixme|x+|none|n/?a|unknown|source|\W*)\W*\Z")


def check_rules(dialog: Dialog, report: Report) -> None:
    """Report rules that are doubled, dead, or without effect, and levels without a rule."""
    _check_sources(dialog, report)
    known = knowable(dialog)
    first: dict[object, Rule] = {}
    for at, rule in enumerate(dialog.rules):
        path: Place = ("rules", at)
        earlier = first.setdefault(_shape(rule.when), rule)
        if earlier is not rule:
            what = f"rule '{earlier.id}' has the same condition"
            report.add("D122", path, what, where=rule.id)
        elif missing := _never(dialog, rule, known):
            report.add("D123", path, missing, where=rule.id)
        elif not _decides(dialog, rule):
            what = "a rule of at least this level fires whenever this one does"
            report.add("D124", path, what, where=rule.id)
    reached = {rule.level for rule in dialog.rules}
    for level in Level:
        if level is not Level.SELF_CARE and level not in reached:
            report.add("D125", ("rules",), f"no rule has level {level.id}", where=level.id)
    _check_use(dialog, report)


def _check_sources(dialog: Dialog, report: Report) -> None:
    for at, rule in enumerate(dialog.rules):
        if _PLACEHOLDER.match(rule.source):
            what = f"'source: {rule.source}' names no source"
            report.add("D121", ("rules", at), what, where=rule.id)
    for question in dialog.questions:
        if _PLACEHOLDER.match(question.source):
            what = f"'source: {question.source}' names no source"
            report.add("D121", ("questions", str(question.id), "source"), what)


def _shape(condition: Condition) -> object:
    """Equal for conditions that differ in the order of their parts only."""
    if isinstance(condition, Count):
        parts = {_shape(part) for part in condition.parts}
        if len(parts) == 1:
            return next(iter(parts))
        is_any, is_all = condition.minimum == 1, condition.minimum == len(condition.parts)
        return ("any" if is_any else "all" if is_all else condition.minimum, frozenset(parts))
    return condition


def _never(dialog: Dialog, rule: Rule, known: frozenset[FindingId]) -> str:
    """Why ``rule`` can never fire; empty if it can."""
    possible = ways(rule.when)
    unknown = {f for way in possible for f in way if f not in known}
    if all(any(f in unknown for f in way) for way in possible):
        return f"no question finds out {', '.join(sorted(unknown))}"
    too_high = [f for f, at in _thresholds(rule.when) if _beyond(dialog, f, at)]
    if too_high and all(any(f in too_high for f in way) for way in possible):
        return f"{', '.join(too_high)} never gets that high"
    return ""


def _thresholds(condition: Condition) -> list[tuple[FindingId, float]]:
    if isinstance(condition, Count):
        return [found for part in condition.parts for found in _thresholds(part)]
    return [(condition.finding, condition.threshold)] if isinstance(condition, AtLeast) else []


def _beyond(dialog: Dialog, finding: FindingId, threshold: float) -> bool:
    is_severity = dialog.findings[finding].kind is FindingKind.SEVERITY
    return is_severity and threshold > HIGHEST_SEVERITY


def _decides(dialog: Dialog, rule: Rule) -> bool:
    """Is there evidence on which ``rule`` is the strongest, alone or by being more exact?"""
    for way in ways(rule.when):
        for facts in shades(way):
            strongest = assess(dialog, evidence_of(dialog, facts)).strongest
            if strongest is not None and strongest.rule == rule.id:
                return True
    return False


def _check_use(dialog: Dialog, report: Report) -> None:
    """Yes/no and number findings that are asked about though nothing depends on them."""
    conditions = [rule.when for rule in dialog.rules]
    conditions += [q.when for q in dialog.questions if q.when is not None]
    conditions += [f.derived for f in dialog.findings.values() if f.derived is not None]
    used = {f for condition in conditions for f in condition.findings()}
    for question in dialog.questions:
        idle = [f for f in question.asks if f not in used]
        if idle and question.kind is not FindingKind.CHOICE:
            path: Place = ("questions", str(question.id), "asks")
            report.add("D126", path, f"nothing depends on {', '.join(idle)}")
