"""What the clinical contract demands of any upper back pain dialog, written apart from the dialog.

The dialog file says what the program does; this table says what it must do. `review.proof` holds
one against the other on every path, so that a slip in either shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice_triage.content.conditions import AtLeast, Condition, Count, Is, Present, all_of, any_of
from voice_triage.triage.evidence import Evidence
from voice_triage.values import FindingId, Level, Reply

_LONE = {
    Level.EMERGENCY: "breathless faint chest_pain tearing_pain cough_blood confusion stroke_signs"
    " leg_weakness bladder_bowel injury_serious",
    Level.URGENT: "breath_pain leg_swelling injury fever cancer_history weight_loss urine_symptoms"
    " rash weakness sudden_severe",
    Level.DOCTOR: "aorta_risk weak_bones numb_tingling worsening over_one_week daily_life"
    " not_responding",
}
"""Levels that one finding forces alone."""

_ALWAYS = (
    "breathless faint chest_pain leg_weakness bladder_bowel sudden_onset tearing_pain injury"
    " breath_pain cough_blood leg_swelling fever cancer_history weight_loss weak_bones"
    " numb_tingling weakness"
    " urine_symptoms rash duration_days worsening severity daily_life not_responding location"
    " quality cause"
)
_FOLLOW_UPS = {
    "aorta_risk": "sudden_onset",
    "injury_serious": "injury",
    "clot_risk": "breath_pain leg_swelling",
    "confusion": "fever",
}
"""Findings asked after any of the others."""

SEVERE = 7.0
"""Out of ten (content contract)."""
DAYS_OF_A_WEEK = 7.0


def _any(names: str) -> Condition:
    return any_of(*(Present(FindingId(name)) for name in names.split()))


def _with(name: str, others: Condition) -> Condition:
    return all_of(Present(FindingId(name)), others)


_SEVERE = AtLeast(FindingId("severity"), SEVERE)
_CORD = "leg_weakness bladder_bowel numb_tingling weakness"
_A_WEEK = AtLeast(FindingId("duration_days"), DAYS_OF_A_WEEK)
_FAILING = (
    *(Present(FindingId(f)) for f in ("worsening", "daily_life", "not_responding")),
    any_of(Present(FindingId("over_one_week")), _A_WEEK),
)

_COMBINATIONS: tuple[tuple[Condition, Level], ...] = (
    (
        _with("breath_pain", _any("breathless faint cough_blood leg_swelling clot_risk")),
        Level.EMERGENCY,
    ),
    (_with("leg_swelling", _any("clot_risk sudden_onset")), Level.EMERGENCY),
    (_with("aorta_risk", _any("sudden_onset sudden_severe chest_pain")), Level.EMERGENCY),
    (_with("sudden_onset", _any("weakness")), Level.EMERGENCY),
    *(
        (_with(name, _any(_CORD)), Level.EMERGENCY)
        for name in ("injury", "fever", "cancer_history")
    ),
    (
        _with(
            "weak_bones",
            any_of(_any("injury sudden_onset"), Is(FindingId("cause"), "lifting"), _SEVERE),
        ),
        Level.URGENT,
    ),
    (
        all_of(Count(2, _FAILING), _SEVERE),
        Level.URGENT,
    ),
    (_with("sudden_onset", _SEVERE), Level.URGENT),
)


@dataclass(frozen=True)
class Contract:
    """Levels that evidence must reach, and findings that must be asked about."""

    lone: Mapping[FindingId, Level]
    """By yes/no finding."""
    certain: tuple[tuple[Condition, Level], ...] = ()
    """Level for a condition that clearly holds; open answers do not count."""
    combinations: tuple[tuple[Condition, Level], ...] = ()
    """Level for a condition in which open answers count as present."""
    always: frozenset[FindingId] = frozenset()
    """Asked of everyone whose questions are not ended by an emergency."""
    follow_ups: Mapping[FindingId, Condition] = field(default_factory=dict)
    """Asked where the condition holds, open answers included."""
    halves: Mapping[FindingId, int] = field(default_factory=dict)
    """Findings that take so many questions before the answer is no."""
    most_questions: int = 0
    """For anybody. 0: no limit."""
    most_questions_if_well: int = 0
    """For a person who answers every yes/no question with no."""

    def level(self, evidence: Evidence) -> Level:
        """The level that ``evidence`` must have, no more and no less."""
        if evidence.called_for_help or evidence.silent or evidence.one_of or evidence.heard:
            return Level.EMERGENCY
        levels = [Level.SELF_CARE]
        for finding, level in self.lone.items():
            counts_open = level is Level.URGENT
            if evidence.is_yes(finding) or (counts_open and evidence.is_open_or_yes(finding)):
                levels.append(level)
        levels += [lv for when, lv in self.certain if when.holds(evidence, open_counts=False)]
        levels += [lv for when, lv in self.combinations if when.holds(evidence, open_counts=True)]
        levels += [self._open_level(evidence, sign.findings) for sign in evidence.open_signs]
        return max(levels)

    def _open_level(self, evidence: Evidence, together: tuple[FindingId, ...]) -> Level:
        """Signs left open together: urgent, or emergency beside anything else that is serious."""
        grave = [f for f in together if self.lone.get(f) is Level.EMERGENCY]
        if not any(evidence.get(f) is Reply.UNSURE for f in grave):
            return Level.SELF_CARE
        serious = (f for f, level in self.lone.items() if level >= Level.URGENT)
        others = (f for f in serious if f not in together)
        beside = any(evidence.is_open_or_yes(f) for f in others)
        return Level.EMERGENCY if beside else Level.URGENT


UPPER_BACK_PAIN = Contract(
    lone={FindingId(f): level for level, names in _LONE.items() for f in names.split()},
    certain=((_SEVERE, Level.DOCTOR), (_A_WEEK, Level.DOCTOR)),
    combinations=_COMBINATIONS,
    always=frozenset(map(FindingId, _ALWAYS.split())),
    follow_ups={FindingId(f): _any(after) for f, after in _FOLLOW_UPS.items()},
    halves={FindingId("clot_risk"): 2},
    most_questions=28,
    most_questions_if_well=21,
)
"""For dialogs/upper_back_pain.en.yaml."""
