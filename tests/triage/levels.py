"""What each finding alone amounts to (content contract)."""

from __future__ import annotations

from tests.talk import DIALOG
from voice_triage.triage.levels import assess

EMERGENCY = [
    "breathless",
    "faint",
    "chest_pain",
    "tearing_pain",
    "cough_blood",
    "confusion",
    "stroke_signs",
    "leg_weakness",
    "bladder_bowel",
    "injury_serious",
]
URGENT = [
    "breath_pain",
    "leg_swelling",
    "injury",
    "fever",
    "cancer_history",
    "weight_loss",
    "urine_symptoms",
    "rash",
    "weakness",
    "sudden_severe",
]
DOCTOR = [
    "aorta_risk",
    "weak_bones",
    "numb_tingling",
    "worsening",
    "over_one_week",
    "daily_life",
    "not_responding",
]
NO_LEVEL = ["clot_risk", "sudden_onset", "cough_sneeze_pain"]


def level_of(evidence):
    return assess(DIALOG, evidence).level
