"""A device that runs for months: no memory, thread or descriptor is lost between sessions."""

from __future__ import annotations

import argparse
import os
import resource
import threading

import pytest

from voice_triage.app.screen.plain import NoScreen
from voice_triage.app.wiring import Language
from voice_triage.places import data_folder
from voice_triage.simulation.patient_file import load_patients
from voice_triage.simulation.sessions import simulate
from voice_triage.simulation.world import simulated_world

pytestmark = [pytest.mark.faults]
SESSIONS = 100
MOST_GROWTH_MB = 5.0


def resident_mb() -> float:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def test_a_hundred_spoken_sessions_leave_nothing_behind():
    language = Language.load()
    options = argparse.Namespace(
        channel="speech", model=None, region=None, noise=None, seed=0, voice=None, dialog=None
    )
    patient = load_patients([data_folder("dialogs") / "demo.en.yaml"], language.dialog)[0]
    with simulated_world(language, options, snr_db=None, voice="en-gb") as world:
        for _ in range(SESSIONS // 10):  # caches fill
            simulate(world, patient, NoScreen())
        before = resident_mb(), threading.active_count(), len(os.listdir("/proc/self/fd"))
        for _ in range(SESSIONS):
            assert simulate(world, patient, NoScreen()).level is not None
        after = resident_mb(), threading.active_count(), len(os.listdir("/proc/self/fd"))
    assert after[0] - before[0] < MOST_GROWTH_MB
    assert after[1:] == before[1:]
