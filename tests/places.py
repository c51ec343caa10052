"""Where in the shipped dialog a conversation test begins, and what the dialog says there."""

from __future__ import annotations

from tests.talk import DIALOG, YES, Talk
from voice_triage.values import FindingId, Level, QuestionId

LONE = DIALOG.lone_level
GRAVE = [q for q in DIALOG.questions if DIALOG.question_level(q) is Level.EMERGENCY]
URGENT = [q for q in DIALOG.questions if DIALOG.is_red_flag(q) and q not in GRAVE]
"""The other red flags."""
SERIOUS = [q for q in (*GRAVE, *URGENT) if any(LONE.get(f, 0) >= Level.URGENT for f in q.asks)]
NUMBERS = [q for q in DIALOG.questions if q.id in ("severity", "duration_days")]
SLIGHT = [q for q in DIALOG.questions if q not in GRAVE and q not in URGENT]
GATES = {
    "tearing_pain": {"sudden_onset": YES},
    "aorta_risk": {"sudden_onset": YES},
    "injury_serious": {"injury": YES},
    "clot_risk_recent": {"breath_pain": YES},
    "clot_risk_history": {"breath_pain": YES},
    "confusion": {"fever": YES},
}
"""Findings of a person who comes to a follow-up question."""


def text(key, **holes):
    return DIALOG.texts[key].format(emergency_number="112", **holes)


def question(name):
    return DIALOG.question_by_id[QuestionId(name)]


def at(name):
    """A person with nothing else who comes to the question ``name``."""
    if name == "numb_or_weak_which":
        return Talk().until("numb_or_weak").say("yes")
    if name == "blood_or_leg_which":
        return Talk().until("blood_or_leg").say("yes")
    return Talk().until(name, GATES.get(name))


def ids(questions):
    return [q.id for q in questions]


def sign(finding):
    return DIALOG.findings[FindingId(finding)].sign
