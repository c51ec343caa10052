"""The service files: no words in the journal, watched, and never given up in silence."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

import pytest

from voice_triage.app.guard.supervisor import HEARTBEAT_S
from voice_triage.app.settings import session_settings
from voice_triage.cli import parser_for

SCRIPTS = Path(__file__).parents[3] / "scripts"


@pytest.fixture
def unit():
    def read(name):
        parser = ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment, method-assign]
        parser.read(SCRIPTS / f"{name}.service")
        return parser

    return read


def test_what_a_person_says_does_not_reach_the_journal(unit):
    assert unit("voice-triage")["Service"]["StandardOutput"] == "null"


def test_systemd_waits_longer_for_a_sign_of_life_than_the_program_itself(unit):
    service = unit("voice-triage")["Service"]
    assert service["Type"] == "notify"
    assert float(service["WatchdogSec"]) > 2 * HEARTBEAT_S


def test_the_command_is_one_that_the_program_has_and_waits_for_devices(unit):
    command = unit("voice-triage")["Service"]["ExecStart"].split()
    assert command[0] == "%h/voice-triage/scripts/run"
    settings = session_settings(parser_for("run").parse_args(command[1:]), {})
    assert settings.standby
    assert not settings.require_mic


def test_a_service_that_is_given_up_says_so_aloud(unit):
    limits = unit("voice-triage")["Unit"]
    assert limits["OnFailure"] == "voice-triage-failed.service"
    assert int(limits["StartLimitBurst"]) > 1
    assert (
        "voice_triage.app.guard.last_words" in unit("voice-triage-failed")["Service"]["ExecStart"]
    )
