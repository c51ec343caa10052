"""The questions of the interpretation tests, and an interpreter for them."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from voice_triage.core.dialog import Asked, Finding, Question
from voice_triage.core.interpret import Interpreter
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.values import FindingId, FindingKind, Level, QuestionId
from voice_triage.library import load_lexicon

SUNDAY = date(2026, 11, 22)

LONE_LEVEL = {
    FindingId(finding): level
    for level, findings in {
        Level.EMERGENCY: "breathless faint chest_pain tearing_pain cough_blood confusion "
        "stroke_signs leg_weakness bladder_bowel injury_serious",
        Level.URGENT: "breath_pain leg_swelling injury fever cancer_history weight_loss "
        "urine_symptoms rash weakness",
        Level.DOCTOR: "aorta_risk weak_bones numb_tingling worsening daily_life not_responding",
    }.items()
    for finding in findings.split()
}

KINDS = {
    "severity": FindingKind.SEVERITY,
    "duration_days": FindingKind.DAYS,
    "location": FindingKind.CHOICE,
    "quality": FindingKind.CHOICE,
    "cause": FindingKind.CHOICE,
}

ASKS = {
    "danger_signs": "breathless faint chest_pain",
    "legs_bladder": "leg_weakness bladder_bowel",
    "sudden_onset": "sudden_onset",
    "tearing_pain": "tearing_pain",
    "aorta_risk": "aorta_risk",
    "leg_swelling": "leg_swelling",
    "injury": "injury",
    "injury_serious": "injury_serious",
    "breath_pain": "breath_pain",
    "cough_blood": "cough_blood",
    "leg_swelling_breath": "leg_swelling",
    "clot_risk_recent": "clot_risk",
    "clot_risk_history": "clot_risk",
    "fever": "fever",
    "confusion": "confusion",
    "cancer_history": "cancer_history",
    "weight_loss": "weight_loss",
    "weak_bones": "weak_bones",
    "numb_or_weak": "numb_tingling weakness",
    "numb_or_weak_which": "numb_tingling weakness",
    "urine_symptoms": "urine_symptoms",
    "rash": "rash",
    "duration_days": "duration_days",
    "worsening": "worsening",
    "severity": "severity",
    "daily_life": "daily_life",
    "not_responding": "not_responding",
    "location": "location",
    "quality": "quality",
    "cause": "cause",
}


def question(name: str, asks: str) -> Question:
    ids = tuple(FindingId(finding) for finding in asks.split())
    return Question(
        id=QuestionId(name),
        asks=ids,
        kind=KINDS.get(ids[0], FindingKind.YES_NO),
        ask="",
        again=("", ""),
        help="",
        no_also=(FindingId("tearing_pain"),) if name == "sudden_onset" else (),
        which_of=QuestionId("numb_or_weak") if name == "numb_or_weak_which" else None,
    )


QUESTIONS: Mapping[str, Question] = {name: question(name, asks) for name, asks in ASKS.items()}

FINDINGS = {
    finding: Finding(finding, KINDS.get(finding, FindingKind.YES_NO), Asked.ALWAYS, "", "")
    for finding in dict.fromkeys(
        [f for q in QUESTIONS.values() for f in q.asks]
        + [FindingId("stroke_signs"), FindingId("cough_sneeze_pain")]
    )
}


@cache
def lexicon() -> Lexicon:
    return load_lexicon("en")


@cache
def interpreter(today: date | None = SUNDAY) -> Interpreter:
    return Interpreter(lexicon(), FINDINGS, LONE_LEVEL, today=today)


def asking(finding: FindingId) -> Question | None:
    """The first question that asks ``finding``."""
    return next((q for q in QUESTIONS.values() if finding in q.asks), None)
