"""A loudspeaker whose sound comes back late, as from a television: our own words are no answer."""

from __future__ import annotations

import time

import pytest

pytestmark = [pytest.mark.faults]


@pytest.mark.parametrize("late_ms", [700, 2000])
def test_nobody_but_the_person_is_heard(start, server, loudspeaker, voice, late_ms):
    loop = ("module-loopback", "source=speaker.monitor", "sink=mic", f"latency_msec={late_ms}")
    server.control("load-module", *loop)
    device = start()
    device.wait_for("ask")
    loudspeaker.wait_for_quiet()
    time.sleep(late_ms / 1000 + 0.5)
    server.speak(voice.render("no none of those"))
    device.wait_for("ask", 2)
    loudspeaker.wait_for_speech()
    loudspeaker.wait_for_quiet()
    time.sleep(late_ms / 1000 + 0.5)
    server.speak(voice.render("i feel faint"))
    outcome = device.wait_for("outcome")
    assert outcome["findings"]["faint"] == "yes"
    words = [event["text"] for event in device.events if event["event"] == "heard"]
    assert len(words) == 2, words
