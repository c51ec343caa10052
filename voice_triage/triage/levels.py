"""Evidence to level: which rules fire, and the highest of them. Pure; every turn runs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voice_triage.content.dialog import Dialog, Rule
from voice_triage.triage.evidence import Evidence, OpenSign
from voice_triage.values import FindingId, Level, Reply, RuleId


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that holds, and the findings that made it hold."""

    rule: RuleId
    level: Level
    reason: str
    findings: tuple[FindingId, ...]
    certain: bool = True
    """False where an open answer, not a yes, made it fire."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All fired rules, strongest first, and the level they amount to."""

    level: Level = Level.SELF_CARE
    fired: tuple[Fired, ...] = ()

    @property
    def strongest(self) -> Fired | None:
        return self.fired[0] if self.fired else None


NOT_ASSESSED = Assessment()


def assess(
    dialog: Dialog,
    evidence: Evidence,
    before: Assessment = NOT_ASSESSED,
    changed: Iterable[FindingId] | None = None,
) -> Assessment:
    """The assessment of ``evidence``: ``before`` plus every rule that now fires.

    Rules in ``before`` stand (the level never falls); pass no ``before`` after a correction.
    ``changed`` limits the work to rules that mention those findings.
    """
    rules = dialog.rules if changed is None else dialog.rules_about(changed)
    standing = {fired.rule: fired for fired in before.fired}
    new: dict[RuleId, Fired] = {}
    for rule in rules:
        known = standing.get(rule.id)
        if known is not None and known.certain:
            continue
        fired = _fire(dialog, rule, evidence)
        if fired is not None and (known is None or fired.certain):
            new[rule.id] = fired
    for fired in _special(dialog, evidence):
        known = standing.get(fired.rule)
        if known is None or fired.level > known.level:
            new[fired.rule] = fired
    if not new:
        return before
    everything = {**standing, **new}
    order = sorted(everything.values(), key=_strength, reverse=True)
    return Assessment(order[0].level, tuple(order))


def _strength(fired: Fired) -> tuple[int, bool, int]:
    """Highest level first; a certain one before an open one; the richer reason before the lone."""
    return (fired.level, fired.certain, len(fired.findings))


def _fire(dialog: Dialog, rule: Rule, evidence: Evidence) -> Fired | None:
    certain = rule.when.holds(evidence, open_counts=False)
    if not certain:
        # An open answer counts as present in combinations and for urgent findings. For a lone
        # emergency finding see _open_emergencies; a lone doctor finding needs a clear yes.
        if rule.lone_finding is not None and rule.level is not Level.URGENT:
            return None
        if not rule.when.holds(evidence, open_counts=True):
            return None
    witnesses = rule.when.witnesses(evidence)
    if certain:
        witnesses = tuple(f for f in witnesses if evidence.get(f) is not Reply.UNSURE)
    return Fired(rule.id, rule.level, rule.reason, witnesses, certain)


def _special(dialog: Dialog, evidence: Evidence) -> Iterable[Fired]:
    """Rules about how an answer was given, not about its finding (see “unsure answers count”)."""
    if evidence.called_for_help:
        yield Fired(RuleId("called_for_help"), Level.EMERGENCY, "You asked for help.", ())
    for sign in evidence.silent:
        yield Fired(
            RuleId(f"silent:{sign.question}"),
            Level.EMERGENCY,
            "There was no answer to a question about a danger sign.",
            sign.findings,
            certain=False,
        )
    for sign in evidence.one_of:
        yield Fired(
            RuleId(f"one_of:{sign.question}"),
            Level.EMERGENCY,
            "One of these signs was confirmed.",
            sign.findings,
        )
    for sign in evidence.heard:
        yield Fired(
            RuleId(f"heard:{sign.question}"),
            Level.EMERGENCY,
            "A danger sign was heard and not ruled out.",
            sign.findings,
            certain=False,
        )
    for sign in evidence.open_signs:
        yield from _open_emergency(dialog, evidence, sign)


def _open_emergency(dialog: Dialog, evidence: Evidence, sign: OpenSign) -> Iterable[Fired]:
    """Urgent; emergency as soon as any other urgent or emergency finding is present or open."""
    lone = dialog.lone_level
    grave = tuple(
        f
        for f in sign.findings
        if lone.get(f) is Level.EMERGENCY and evidence.get(f) is Reply.UNSURE
    )
    if not grave:
        return
    accompanied = any(
        lone.get(f, Level.SELF_CARE) >= Level.URGENT and f not in sign.findings
        for f, value in evidence.values.items()
        if value is Reply.YES or value is Reply.UNSURE
    )
    yield Fired(
        RuleId(f"open:{sign.question}"),
        Level.EMERGENCY if accompanied else Level.URGENT,
        "A danger sign could not be ruled out.",
        grave,
        certain=False,
    )
