"""Whatever ends the session's process, the next one goes on with what is known."""

from __future__ import annotations

import signal

import pytest

pytestmark = [pytest.mark.faults]
CRASHES = [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL]


@pytest.mark.parametrize("how", CRASHES)
def test_a_session_goes_on_at_the_same_question(start, server, loudspeaker, voice, how):
    device = start()
    device.wait_for("ask")
    loudspeaker.wait_for_quiet()
    server.speak(voice.render("no none of those"))
    second = device.wait_for("ask", 2)
    device.kill_child(how)
    again = device.wait_for("ask", 3, seconds=10)
    assert again["question"] == second["question"]
    assert again["findings"] == second["findings"]
    assert how.name in device.told


@pytest.mark.parametrize("how", CRASHES)
def test_a_known_emergency_is_announced_first(start, server, loudspeaker, voice, how):
    device = start()
    device.wait_for("ask")
    loudspeaker.wait_for_quiet()
    server.speak(voice.render("i feel faint"))
    device.wait_for("outcome")
    loudspeaker.wait_for_speech()
    device.kill_child(how)
    loudspeaker.wait_for_speech(seconds=8)
    loudspeaker.wait_for_quiet()
    server.speak(voice.render("okay"))
    device.process.wait(timeout=30)
    assert device.process.returncode == 0
    assert device.count("ask") == 1


def test_a_session_that_hangs_is_started_again(start, server, loudspeaker):
    device = start()
    device.wait_for("ask")
    device.kill_child(signal.SIGSTOP)
    device.wait_for("ask", 2, seconds=12)
    assert "no sign of life" in device.told


def test_whoever_ends_the_program_ends_it(start, loudspeaker):
    device = start()
    device.wait_for("ask")
    device.process.terminate()
    assert device.process.wait(timeout=5) == 128 + signal.SIGTERM
