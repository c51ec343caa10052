"""How safe and how tiring the triage is over many vignettes: the figures that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from voice_triage.simulation.sessions import Simulated
from voice_triage.values import Level


@dataclass(frozen=True, slots=True)
class SafetyFigures:
    """Figures over one set of simulated sessions; shares are between 0 and 1."""

    patients: int
    emergencies: int
    emergency_sensitivity: float
    """Share of expected emergencies that ended as an emergency."""
    strict_safety: float
    """Share that ended at least as urgent as expected."""
    under_triage_by_one: int
    under_triage_by_two_or_more: int
    over_triage: float
    """Share that ended more urgent than expected."""
    exact: float
    median_questions: float
    most_questions: int
    median_prompts: float
    """All that was asked, reprompts and signs asked back among it."""
    most_prompts: int
    seconds_aloud: float
    """Median; what both say, at 155 words a minute for the assistant and 150 for the person."""
    median_seconds: float
    no_outcome: int
    """Sessions that ended without any outcome (counted as under-triage of everything)."""


def report(results: Sequence[Simulated]) -> SafetyFigures:
    """Figures over ``results``; all zero for none."""
    gaps = [_gap(r) for r in results]
    emergencies = [r for r in results if r.patient.expect is Level.EMERGENCY]
    found = sum(r.level is Level.EMERGENCY for r in emergencies)
    return SafetyFigures(
        patients=len(results),
        emergencies=len(emergencies),
        emergency_sensitivity=_share(found, len(emergencies)),
        strict_safety=_share(sum(g <= 0 for g in gaps), len(gaps)),
        under_triage_by_one=sum(g == 1 for g in gaps),
        under_triage_by_two_or_more=sum(g >= 2 for g in gaps),
        over_triage=_share(sum(g < 0 for g in gaps), len(gaps)),
        exact=_share(sum(g == 0 for g in gaps), len(gaps)),
        median_questions=float(median([r.questions for r in results] or [0])),
        most_questions=max((r.questions for r in results), default=0),
        median_prompts=float(median([r.prompts for r in results] or [0])),
        most_prompts=max((r.prompts for r in results), default=0),
        seconds_aloud=round(median([r.aloud for r in results] or [0.0]), 1),
        median_seconds=round(median([r.seconds for r in results] or [0.0]), 4),
        no_outcome=sum(r.level is None for r in results),
    )


def _gap(result: Simulated) -> int:
    """Levels below what was expected; negative is over-triage. No outcome is below all levels."""
    reached = -1 if result.level is None else int(result.level)
    return int(result.patient.expect) - reached


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


_ROWS = {
    "patients": "patients",
    "emergencies": "expected emergencies",
    "emergency_sensitivity": "emergency sensitivity",
    "strict_safety": "strict safety (level >= expected)",
    "under_triage_by_one": "under-triage by one level",
    "under_triage_by_two_or_more": "under-triage by two or more",
    "over_triage": "over-triage",
    "exact": "exactly as expected",
    "median_questions": "questions, median",
    "most_questions": "questions, most",
    "median_prompts": "prompts, median",
    "most_prompts": "prompts, most",
    "seconds_aloud": "seconds aloud, median",
    "median_seconds": "seconds, median",
    "no_outcome": "sessions without outcome",
}
_SHARES = frozenset({"emergency_sensitivity", "strict_safety", "over_triage", "exact"})


def table(reports: Sequence[tuple[str, SafetyFigures]]) -> str:
    """Reports side by side as aligned text, one column each."""
    columns = [_column(name, report) for name, report in reports]
    labels = ["", *_ROWS.values()]
    label_width = max(map(len, labels))
    lines = []
    for row, label in enumerate(labels):
        cells = [column[row].rjust(max(map(len, column))) for column in columns]
        lines.append("  ".join([label.ljust(label_width), *cells]))
    return "\n".join(lines)


def _column(name: str, report: SafetyFigures) -> list[str]:
    values = asdict(report)
    return [name, *(_cell(key, values[key]) for key in _ROWS)]


def _cell(key: str, value: float) -> str:
    return f"{value:.1%}" if key in _SHARES else f"{value:g}"
