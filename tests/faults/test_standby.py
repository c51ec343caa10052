"""A device that waits: it wakes when it is called, also after what happens to devices."""

from __future__ import annotations

import signal
import time

import pytest

from tests.faults.device import listening

pytestmark = [pytest.mark.faults]


@pytest.fixture
def waiting(start, loudspeaker):
    """A device at standby that has said so."""
    device = start("--standby")
    loudspeaker.wait_for_speech()
    loudspeaker.wait_for_quiet()
    time.sleep(1.0)
    return device


def test_it_wakes_when_it_is_called(waiting, server, voice):
    server.speak(voice.render("help me"))
    assert waiting.wait_for("ask", seconds=15)["question"] == "danger_signs"


def test_danger_words_alone_go_straight_to_the_emergency(waiting, server, voice):
    time.sleep(2.5)
    server.speak(voice.render("i can't breathe"))
    assert waiting.wait_for("outcome", seconds=15)["level"] == "emergency"
    assert waiting.count("ask") == 0


def test_after_a_crash_it_waits_again_and_wakes(waiting, server, loudspeaker, voice):
    waiting.kill_child(signal.SIGKILL)
    loudspeaker.wait_for_speech()
    loudspeaker.wait_for_quiet()
    time.sleep(1.5)
    server.speak(voice.render("help me"))
    waiting.wait_for("ask", seconds=15)


def test_after_the_sound_server_was_away_it_wakes(waiting, server, voice):
    server.kill()
    time.sleep(3.0)
    server.start()
    with listening(server):
        time.sleep(5.0)
        server.speak(voice.render("help me"))
        waiting.wait_for("ask", seconds=15)
