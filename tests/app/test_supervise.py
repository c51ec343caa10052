"""A crash of native code starts the session again; the parent never dies silently."""

from __future__ import annotations

import faulthandler
import os
import signal

import pytest

from voice_triage.app.supervise import MOST_RESTARTS, supervised


def crash():
    faulthandler.disable()  # pytest's report of the crash is not wanted here
    os.kill(os.getpid(), signal.SIGSEGV)


@pytest.fixture
def count(tmp_path):
    """How often the session was started: children share nothing else with the test."""
    file = tmp_path / "starts"
    file.touch()
    return file


def starts(file):
    return len(file.read_text())


def note(file):
    with file.open("a") as stream:
        stream.write("x")


def test_the_exit_code_of_the_session_is_passed_on():
    assert supervised(lambda restarted: 3) == 3


def test_after_a_crash_the_next_session_knows_that_it_is_a_restart(capfd):
    def session(restarted):
        if not restarted:
            crash()
        return 7

    assert supervised(session) == 7
    assert "SIGSEGV" in capfd.readouterr().err


def test_endless_crashes_end_with_the_advice_to_call(count, capfd):
    def session(restarted):
        note(count)
        crash()
        return 0

    assert supervised(session) == 1
    assert starts(count) == MOST_RESTARTS + 1
    assert "call your emergency number now" in capfd.readouterr().err


def test_being_told_to_terminate_is_no_crash(count):
    def session(restarted):
        note(count)
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    assert supervised(session) == 128 + signal.SIGTERM
    assert starts(count) == 1
