"""Whatever ends or hangs a session, another one goes on with what is known."""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
import time

import pytest

from voice_triage.app.guard import supervisor
from voice_triage.app.guard.supervisor import EXIT_CRASHED, MOST_CRASHES, supervised


def crash(how=signal.SIGSEGV):
    faulthandler.disable()  # pytest's report of the crash is not wanted here
    os.kill(os.getpid(), how)


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


def never(known):
    raise AssertionError(f"given up, knowing {known}")


def test_the_exit_code_of_the_session_is_passed_on():
    assert supervised(lambda line: 3, never) == 3


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL, signal.SIGBUS])
def test_after_a_crash_the_next_session_goes_on_with_what_was_known_last(how, capfd):
    def session(line):
        if not line.restarted:
            assert line.known == ""
            line.keep("one")
            line.keep("two")
            crash(how)
        return 7 if line.known == "two" else 1

    assert supervised(session, never) == 7
    assert how.name in capfd.readouterr().err


def test_a_long_state_is_not_torn_by_signs_of_life_of_another_thread():
    state = "x" * 300_000

    def session(line):
        if line.restarted:
            return 0 if line.known == state else 1
        beats = threading.Thread(target=lambda: [line._send(b".") for _ in range(3000)])
        beats.start()
        line.keep(state)
        beats.join()
        return EXIT_CRASHED

    assert supervised(session, never) == 0


def test_an_error_that_nobody_expected_is_printed_and_survived(capfd):
    def session(line):
        if not line.restarted:
            raise KeyError("the sum of all fears")
        return 0

    assert supervised(session, never) == 0
    assert "the sum of all fears" in capfd.readouterr().err


def test_a_session_without_a_sign_of_life_is_ended_and_started_again(monkeypatch, capfd):
    monkeypatch.setattr(supervisor, "HEARTBEAT_S", 0.5)

    def session(line):
        line.keep("state")
        line.beat()
        if not line.restarted:
            time.sleep(60)
        return 0 if line.known == "state" else 1

    began = time.monotonic()
    assert supervised(session, never) == 0
    assert time.monotonic() - began < 10
    assert "no sign of life" in capfd.readouterr().err


def test_whoever_gives_signs_of_life_may_take_all_the_time_in_the_world(monkeypatch):
    monkeypatch.setattr(supervisor, "HEARTBEAT_S", 0.8)

    def session(line):
        for _ in range(30):
            line.beat()
            time.sleep(0.05)
        return 4 if not line.restarted else 1

    assert supervised(session, never) == 4


def test_endless_crashes_end_with_last_words_about_what_is_known(count):
    told: list[str] = []

    def session(line):
        note(count)
        line.keep("an emergency")
        crash()
        return 0

    assert supervised(session, told.append) == 1
    assert starts(count) == MOST_CRASHES
    assert told == ["an emergency"]


def test_crashes_of_long_ago_do_not_count(monkeypatch, count):
    monkeypatch.setattr(supervisor, "CRASH_WINDOW_S", 0.0)

    def session(line):
        note(count)
        return EXIT_CRASHED if starts(count) < MOST_CRASHES + 3 else 0

    assert supervised(session, never) == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_end_is_no_crash(count, how):
    def session(line):
        note(count)
        os.kill(os.getpid(), how)
        time.sleep(5)
        return 0

    assert supervised(session, never) == 128 + how
    assert starts(count) == 1


def test_systemd_hears_that_it_is_ready_and_alive(monkeypatch, tmp_path):
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(1.0)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))

        def session(line):
            line.beat()
            line.ready()
            return 0

        assert supervised(session, never) == 0
        told = [systemd.recv(100) for _ in range(3)]
    assert {b"READY=1", b"WATCHDOG=1"} == set(told)
