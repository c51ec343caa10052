"""Twelve plain patients, three per level, end where they should: typed, spoken, and in noise."""

from __future__ import annotations

import pytest

from tests.simulation.conftest import vignettes
from voice_triage.app.screen.plain import NoScreen
from voice_triage.simulation.sessions import simulate
from voice_triage.values import Level

PATIENTS = vignettes("first_slice")


def ids(patient):
    return patient.id


def test_there_are_three_patients_for_each_level():
    for level in Level:
        assert sum(p.expect is level for p in PATIENTS) == 3


@pytest.mark.parametrize("patient", PATIENTS, ids=ids)
def test_typed_answers_lead_to_the_expected_level(world, patient):
    assert simulate(world, patient, NoScreen()).level is patient.expect


@pytest.mark.native
@pytest.mark.speech
@pytest.mark.parametrize(("voice", "snr_db"), [("en-gb", None), ("en-us", 15.0)])
@pytest.mark.parametrize("patient", PATIENTS, ids=ids)
def test_spoken_answers_lead_to_the_expected_level(spoken_world, patient, voice, snr_db):
    result = simulate(spoken_world(voice, snr_db), patient, NoScreen())
    assert result.level is patient.expect
