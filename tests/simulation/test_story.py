"""Beginning in one's own words: what is told is not asked again, and danger is not waited for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.simulation.conftest import vignettes
from voice_triage.app.screen.plain import NoScreen
from voice_triage.simulation.patient_file import Lines
from voice_triage.simulation.sessions import simulate
from voice_triage.values import Level

WELL = next(p for p in vignettes("first_slice") if p.expect is Level.SELF_CARE)
TOLD = "my upper back has been stiff for two days after sitting at my desk"
DANGER = "it started three days ago and it hurts when i breathe in and i feel faint"


def telling(words):
    return replace(WELL, says={"story": Lines((words,), goes_on=False)})


def test_what_was_told_is_not_asked_again(world):
    skipped = simulate(world, WELL, NoScreen(), story=True)
    told = simulate(world, telling(TOLD), NoScreen(), story=True)
    assert skipped.level is told.level is Level.SELF_CARE
    assert skipped.questions == 21
    assert told.questions <= 19


def test_danger_in_the_story_leads_to_the_emergency_at_once(world):
    result = simulate(world, telling(DANGER), NoScreen(), story=True)
    assert result.level is Level.EMERGENCY
    assert result.questions == 0


@pytest.mark.native
@pytest.mark.speech
@pytest.mark.parametrize(("words", "level"), [(TOLD, Level.SELF_CARE), (DANGER, Level.EMERGENCY)])
def test_a_spoken_story_is_understood_without_a_grammar(spoken_world, words, level):
    result = simulate(spoken_world("en-gb", None), telling(words), NoScreen(), story=True)
    assert result.level is level
