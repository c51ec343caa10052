"""Sixty crashes at random moments: what is known stays known, and an emergency comes first."""

from __future__ import annotations

import random
import signal
import time

import pytest

pytestmark = [pytest.mark.faults]
EACH = 7
"""Of one device: at ten in ten minutes it gives up, as it should."""
HOW = (signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL)


@pytest.mark.parametrize("seed", range(5))
def test_the_question_stays_the_same(start, server, loudspeaker, voice, seed):
    moments = random.Random(seed)
    device = start()
    device.wait_for("ask")
    loudspeaker.wait_for_quiet()
    server.speak(voice.render("no none of those"))
    question = device.wait_for("ask", 2)["question"]
    for number in range(EACH):
        time.sleep(moments.uniform(0.0, 3.0))
        asked = device.count("ask")
        device.kill_child(moments.choice(HOW))
        again = device.wait_for("ask", asked + 1, seconds=10)
        assert again["question"] == question, f"after crash {number}"
    assert device.count("outcome") == 0


@pytest.mark.parametrize("seed", range(4))
def test_a_known_emergency_is_said_each_time(start, server, loudspeaker, voice, seed):
    moments = random.Random(100 + seed)
    device = start()
    device.wait_for("ask")
    loudspeaker.wait_for_quiet()
    server.speak(voice.render("i feel faint"))
    device.wait_for("outcome")
    for _ in range(EACH):
        time.sleep(moments.uniform(0.0, 4.0))
        device.kill_child(moments.choice(HOW))
        time.sleep(0.5)  # what is in the sound server's buffer
        loudspeaker.wait_for_speech(seconds=8)
        device.wait(lambda: device.child > 0, "a session", 5)
    assert device.count("ask") == 1
    assert device.process.poll() is None
