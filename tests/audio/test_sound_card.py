"""The real microphone and loudspeaker adapters on a sound card made of software."""

from __future__ import annotations

import threading
import time
from contextlib import closing

import pytest

from voice_triage.errors import AudioDeviceError
from voice_triage.hearing.model_store import locate
from voice_triage.hearing.vosk_ear import VoskEar
from voice_triage.hearing.vosk_model import load_model
from voice_triage.ports import Heard, ListenRequest, NoInput
from voice_triage.sound.audio import AudioClip, dbfs, join, silence
from voice_triage.sound.devices import Direction, choose, devices, refresh
from voice_triage.sound.earcons import Earcon, tone
from voice_triage.sound.microphone import Microphone
from voice_triage.sound.player import Loudspeaker
from voice_triage.speaking.renderer import SpeechRenderer

pytestmark = pytest.mark.audio


@pytest.fixture(scope="module", autouse=True)
def _portaudio_sees_the_server(sound_server):
    refresh()  # it may have been started before the server


def test_the_default_microphone_and_loudspeaker_are_found():
    table = devices()
    assert table[choose(table, Direction.INPUT, None)].rate >= 16000
    assert table[choose(table, Direction.OUTPUT, "PULSE")].name == "pulse"


def test_a_device_that_is_absent_is_replaced_by_the_default_and_those_there_are_are_listed(caplog):
    assert Microphone("walkman").device.name in ("pulse", "default")
    assert "No microphone is called 'walkman'" in caplog.text
    assert "'pulse'" in caplog.text


def test_what_the_server_records_instead_of_a_microphone_is_none(sound_server):
    sound_server.control("set-default-source", "speaker.monitor")
    try:
        with pytest.raises(AudioDeviceError, match="would record the loudspeaker instead"):
            _ = Microphone().device
    finally:
        sound_server.control("set-default-source", "microphone")


def test_a_loudspeaker_that_nobody_hears_is_none(sound_server):
    module = sound_server.control("load-module", "module-null-sink", "sink_name=auto_null")
    sound_server.control("set-default-sink", "auto_null")
    try:
        with pytest.raises(AudioDeviceError, match="plays to nobody"):
            _ = Loudspeaker().device
    finally:
        sound_server.control("set-default-sink", "speaker")
        sound_server.control("unload-module", module)


def test_what_is_played_comes_out_of_the_loudspeaker(sound_server):
    beep = tone(Earcon.EMERGENCY, 22050)
    with sound_server.recording() as heard:
        Loudspeaker("pulse").play([beep, beep])
    loud = [c for c in heard[0].split(0.02) if dbfs(c.samples) > -30]
    assert sum(c.seconds for c in loud) == pytest.approx(2 * 3 * 0.18, abs=0.1)


def test_a_loudspeaker_falls_silent_at_once_when_aborted(sound_server):
    speaker = Loudspeaker("pulse")
    long = AudioClip(tone(Earcon.LISTENING, 22050).pcm * 50, 22050)
    playing = threading.Thread(target=speaker.play, args=([long],))
    with sound_server.recording() as heard:
        playing.start()
        time.sleep(1.5)
        speaker.abort()
        playing.join(timeout=1.0)
        assert not playing.is_alive()
    loud = sum(c.seconds for c in heard[0].split(0.02) if dbfs(c.samples) > -30)
    assert 0.2 < loud < 2.0  # of 6 s


def ear_at(microphone):
    model = load_model(locate().folder)
    return VoskEar(Microphone(microphone), model, is_danger=lambda text: False)


def test_an_answer_spoken_into_the_microphone_is_heard(sound_server):
    ear = ear_at("pulse")
    with closing(SpeechRenderer("en-us")) as renderer:
        words = renderer.render("no none of those")
    # A sink that was idle swallows the first moments of a sound.
    words = join([silence(0.5, words.rate), words], words.rate)
    threading.Timer(0.8, sound_server.speak, [words], {"wait": False}).start()
    hearing = ear.listen(ListenRequest())
    assert isinstance(hearing, Heard)
    assert hearing.text == "no none of those"


def test_a_quiet_room_is_no_input_after_the_time_given():
    ear = ear_at("pulse")
    hearing = ear.listen(ListenRequest(no_input_seconds=1.0))
    assert isinstance(hearing, NoInput)
    assert not hearing.ended


def test_what_was_said_between_turns_is_not_heard_in_the_next(sound_server):
    ear = ear_at("pulse")
    with closing(SpeechRenderer("en-us")) as renderer:
        sound_server.speak(renderer.render("yes i do"))  # like an echo of our own prompt
    time.sleep(0.3)
    hearing = ear.listen(ListenRequest(no_input_seconds=1.0))
    assert isinstance(hearing, NoInput)
