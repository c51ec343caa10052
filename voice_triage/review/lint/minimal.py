"""The least evidence that makes a condition true: what rules and follow-ups are tried out on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from voice_triage.content.conditions import AtLeast, Condition, Count, Is, Present
from voice_triage.content.dialog import Dialog
from voice_triage.triage.evidence import Evidence, record
from voice_triage.values import FindingId, FindingValue, Reply

Values = Mapping[FindingId, FindingValue]
MOST_WAYS = 200
"""Ways to make one condition true that are looked at; shipped conditions have at most 6."""


def ways(condition: Condition) -> tuple[Values, ...]:
    """Every least set of certain values that makes ``condition`` true."""
    found: list[Values] = []
    for way in _ways(condition):
        if way not in found:
            found.append(way)
        if len(found) >= MOST_WAYS:
            break
    return tuple(found)


def _ways(condition: Condition) -> Iterator[Values]:
    if isinstance(condition, Present):
        yield {condition.finding: Reply.YES}
    elif isinstance(condition, AtLeast):
        yield {condition.finding: condition.threshold}
    elif isinstance(condition, Is):
        yield {condition.finding: (condition.option,)}
    elif isinstance(condition, Count):
        for chosen in combinations(condition.parts, condition.minimum):
            for parts in product(*(ways(part) for part in chosen)):
                together = _together(parts)
                if together is not None:
                    yield together


def _together(parts: tuple[Values, ...]) -> Values | None:
    """All values at once: the higher number, all choices."""
    result: dict[FindingId, FindingValue] = {}
    for part in parts:
        for finding, value in part.items():
            old = result.get(finding, value)
            if isinstance(old, float) and isinstance(value, float):
                result[finding] = max(old, value)
            elif isinstance(old, tuple) and isinstance(value, tuple):
                result[finding] = tuple(dict.fromkeys((*old, *value)))
            elif type(old) is type(value):
                result[finding] = value
            else:
                return None
    return result


def shades(facts: Values) -> Iterator[Values]:
    """``facts`` with each value either certain or left open."""
    for opened in product((False, True), repeat=len(facts)):
        pairs = zip(facts.items(), opened, strict=True)
        yield {f: Reply.UNSURE if is_open else v for (f, v), is_open in pairs}


def evidence_of(dialog: Dialog, facts: Values) -> Evidence:
    """Evidence holding ``facts``; a derived finding among them comes from what it is derived of."""
    plain: dict[FindingId, FindingValue] = {}
    for finding, value in facts.items():
        derived = dialog.findings[finding].derived
        if derived is None:
            plain[finding] = value
            continue
        for source, certain in next(iter(ways(derived)), {}).items():
            plain.setdefault(source, Reply.UNSURE if value is Reply.UNSURE else certain)
    return record(dialog, Evidence(), plain)


def knowable(dialog: Dialog) -> frozenset[FindingId]:
    """Findings that a question can settle, that can be volunteered, or that follow from such."""
    known = {f for q in dialog.questions for f in q.asks}
    known |= {f.id for f in dialog.findings.values() if f.asked.value == "volunteered"}
    for _ in dialog.findings:
        for finding in dialog.findings.values():
            derived = finding.derived
            if derived is not None and any(known >= set(way) for way in ways(derived)):
                known.add(finding.id)
    return frozenset(known)
