"""Sound servers are restarted, microphones unplugged and switched off, loudspeakers taken away."""

from __future__ import annotations

import signal
import time

import pytest

from tests.faults.device import listening

pytestmark = [pytest.mark.faults]


@pytest.fixture
def restarted(server):
    def restart(after_s: float = 2.0) -> None:
        server.kill()
        time.sleep(after_s)
        server.start()

    return restart


def test_the_sound_server_restarts_while_it_listens(start, server, loudspeaker, voice, restarted):
    device = start()
    device.wait_for("ask")
    loudspeaker.wait_for_quiet()
    restarted()
    with listening(server) as after:
        again = device.wait_for("ask", 2, seconds=20)
        assert again["question"] == "danger_signs"
        after.wait_for_speech()
        after.wait_for_quiet()
        server.speak(voice.render("i feel faint"))
        assert device.wait_for("outcome")["level"] == "emergency"


def test_the_sound_server_restarts_while_it_speaks(start, server, loudspeaker, voice, restarted):
    device = start()
    loudspeaker.wait_for_speech()
    restarted()
    with listening(server) as after:
        after.wait_for_speech()
        after.wait_for_quiet()
        server.speak(voice.render("i feel faint"))
        assert device.wait_for("outcome")["level"] == "emergency"
    assert device.process.poll() is None


def test_the_sound_server_restarts_in_the_emergency(start, server, loudspeaker, voice, restarted):
    device = start()
    device.wait_for("ask")
    loudspeaker.wait_for_quiet()
    server.speak(voice.render("i feel faint"))
    device.wait_for("outcome")
    loudspeaker.wait_for_speech()
    restarted()
    with listening(server) as after:
        after.wait_for_speech()
        after.wait_for_quiet()
        assert after.loud_s > 3  # from its beginning, not only its end
        server.speak(voice.render("okay"))
        assert device.process.wait(timeout=30) == 0


def test_a_sound_server_that_hangs_is_no_silence_without_end(start, server, loudspeaker):
    device = start()
    device.wait_for("ask")
    loudspeaker.wait_for_quiet()
    server.signal(signal.SIGSTOP)
    time.sleep(9)
    server.signal(signal.SIGCONT)
    device.wait_for("ask", 2, seconds=30)


def test_a_microphone_that_is_unplugged_is_noticed_and_no_emergency(start, server, loudspeaker):
    device = start()
    device.wait_for("ask")
    loudspeaker.wait_for_quiet()
    server.unplug("sink_name=mic ")
    device.wait(lambda: "No microphone was found" in device.told, "it is noticed", 15)
    loudspeaker.wait_for_speech(seconds=15)
    time.sleep(15)
    assert device.count("outcome") == 0


def test_a_microphone_that_is_switched_off_is_told_of(start, server):
    server.kill()
    server.start(noise=False)
    device = start()
    device.wait(lambda: "muted or switched off" in device.told, "it is noticed", 40)
    assert device.count("outcome") == 0


def test_a_loudspeaker_that_is_gone_is_noticed_and_back_again(start, server):
    server.kill()
    server.start(microphone=False)
    server.control("load-module", "module-null-source", "source_name=microphone")
    server.control("set-default-source", "microphone")
    device = start()
    device.wait_for("ask")
    time.sleep(3)
    server.unplug("sink_name=speaker")
    device.wait(lambda: "plays to nobody" in device.told, "it is noticed", 40)
    server.control("load-module", "module-null-sink", "sink_name=speaker", "rate=48000")
    server.control("set-default-sink", "speaker")
    with listening(server) as after:
        after.wait_for_speech()
        after.wait_for_quiet()
        assert after.loud_s > 3  # all of it
