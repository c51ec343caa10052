"""The whole corpus of vignettes, typed: the safety figures that a release must reach."""

from __future__ import annotations

import pytest

from tests.simulation.conftest import vignettes
from voice_triage.app.screen.plain import NoScreen
from voice_triage.simulation.figures import report
from voice_triage.simulation.sessions import simulate
from voice_triage.values import Level

CORPUS = ("first_slice", "emergency", "urgent", "doctor", "self_care")


@pytest.fixture(scope="module")
def results(world):
    return [simulate(world, patient, NoScreen()) for patient in vignettes(*CORPUS)]


def below(results, levels):
    return [
        (r.patient.id, r.level and r.level.id)
        for r in results
        if r.level is None or r.patient.expect - r.level >= levels
    ]


def test_the_corpus_is_large_enough_to_mean_something(results):
    assert len(results) >= 80
    assert sum(r.patient.expect is Level.EMERGENCY for r in results) >= 25
    assert sum("benign" in r.patient.tags for r in results) >= 20


def test_every_emergency_is_recognised(results):
    emergencies = [r for r in results if r.patient.expect is Level.EMERGENCY]
    assert below(emergencies, 1) == []


def test_nobody_ends_two_levels_too_low(results):
    assert below(results, 2) == []


def test_nearly_nobody_ends_too_low_at_all(results):
    assert report(results).strict_safety >= 0.98, below(results, 1)


def test_few_are_sent_further_than_needed(results):
    assert report(results).over_triage <= 0.25


def test_benign_cases_stay_below_urgent(results):
    benign = [r for r in results if "benign" in r.patient.tags]
    raised = [r.patient.id for r in benign if r.level is None or r.level >= Level.URGENT]
    assert raised == []


def test_nobody_answers_more_than_28_questions(results):
    assert report(results).most_questions <= 28
