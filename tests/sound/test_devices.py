"""Choosing devices, and what happens when a microphone misbehaves (with a false PortAudio)."""

from __future__ import annotations

import builtins
from contextlib import closing
from types import SimpleNamespace

import pytest

from tests.sound.false_audio import FalseAudio, PortAudioError
from voice_triage.errors import AudioDeviceError, MutedError
from voice_triage.sound import devices as devices_module
from voice_triage.sound import microphone as microphone_module
from voice_triage.sound import player as player_module
from voice_triage.sound.audio import AudioClip
from voice_triage.sound.devices import Device, Direction, choose, devices, portaudio
from voice_triage.sound.microphone import Microphone
from voice_triage.sound.player import Loudspeaker

CLIP = AudioClip(bytes(n % 251 for n in range(2 * 16000)), 16000)


@pytest.fixture
def audio(monkeypatch):
    def install(*behaviour, **options):
        false = FalseAudio(*behaviour, **options)
        monkeypatch.setattr(devices_module, "portaudio", lambda: false)
        monkeypatch.setattr(microphone_module, "portaudio", lambda: false)
        monkeypatch.setattr(microphone_module, "WAKING_S", 0.02)
        monkeypatch.setattr(microphone_module, "SILENT_CALLBACK_S", 0.01)
        return false

    return install


def drain(microphone, limit=100):
    with closing(microphone.turn()) as chunks:
        return [chunk for _, chunk in zip(range(limit), chunks, strict=False)]


def test_a_device_that_stops_delivering_ends_the_turn_and_is_closed(audio):
    false = audio("dies")
    with pytest.raises(AudioDeviceError, match="'Desk Mic' stopped working"):
        drain(Microphone())
    assert false.open == 0


def test_exact_zeros_are_a_microphone_that_is_switched_off(audio):
    audio("floods")
    with pytest.raises(MutedError, match="muted or switched off"):
        drain(Microphone())


def test_who_was_heard_before_is_told_of_zeros_only_once(audio):
    audio("speaks", "floods", "floods")
    microphone = Microphone()
    drain(microphone, limit=5)
    with pytest.raises(MutedError):
        drain(microphone)
    assert len(drain(microphone, limit=45)) == 45


def test_overflow_makes_a_turn_unreliable_and_the_next_one_starts_anew(audio):
    audio("overflows", "dies")
    microphone = Microphone()
    drain(microphone, limit=1)
    assert not microphone.reliable
    drain(microphone, limit=1)
    assert microphone.reliable


def test_sound_that_nobody_fetches_is_dropped_and_counted_not_piled_up(audio):
    audio("floods")
    microphone = Microphone()
    drain(microphone, limit=1)
    assert not microphone.reliable
    assert microphone._inbox.chunks.qsize() <= 50


def test_the_first_fifth_of_a_second_is_thrown_away(audio):
    audio("dies", "dead")
    microphone = Microphone()
    assert sum(chunk.seconds for chunk in drain(microphone, limit=3)) == pytest.approx(0.3)
    audio("dies", "dead")
    with pytest.raises(AudioDeviceError):  # only 0.3 s of the 0.5 s are left
        drain(Microphone(), limit=4)


def test_a_busy_device_is_reported_with_its_name(audio):
    audio("busy")
    with pytest.raises(AudioDeviceError, match=r"'Desk Mic' cannot be opened.*unavailable"):
        drain(Microphone())


def test_telephone_quality_headsets_are_refused(audio):
    audio(rate=8000)
    with pytest.raises(AudioDeviceError, match=r"8000 Hz.*Bluetooth"):
        _ = Microphone().device


def test_without_a_loudspeaker_the_error_says_what_to_do(audio):
    audio()
    with pytest.raises(AudioDeviceError, match=r"No loudspeaker was found.*--output silent"):
        _ = Loudspeaker().device


def test_the_table_tells_the_default_device(audio):
    audio()
    assert devices() == (Device("Desk Mic", 1, 0, 16000, "ALSA", default_input=True),)


def test_a_missing_portaudio_library_says_what_to_install(monkeypatch):
    original = builtins.__import__

    def without(name, *rest):
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return original(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(AudioDeviceError, match="apt install libportaudio2"):
        portaudio()


TABLE = (
    Device("hw: USB Mic", 1, 0, 48000, "ALSA"),
    Device("HDMI", 0, 2, 48000, "ALSA"),
    Device("USB Mic via pulse", 2, 2, 44100, "ALSA", default_input=True),
    Device("usb mic", 1, 0, 16000, "ALSA"),
)


@pytest.mark.parametrize(
    ("direction", "name", "number"),
    [
        (Direction.INPUT, None, 2),
        (Direction.OUTPUT, None, 1),
        (Direction.INPUT, "USB MIC", 3),
        (Direction.INPUT, "mic", 2),
        (Direction.OUTPUT, "hdmi", 1),
    ],
)
def test_devices_are_chosen_by_name_the_sound_server_before_bare_hardware(direction, name, number):
    assert choose(TABLE, direction, name) == number


def test_a_loudspeaker_is_no_microphone():
    with pytest.raises(AudioDeviceError, match="No microphone is called 'hdmi'"):
        choose(TABLE, Direction.INPUT, "hdmi")


class FalseSpeaker(FalseAudio):
    """One loudspeaker that plays at 48 kHz only; it may be stuck, or refuse to open at first."""

    def __init__(self, *, stuck=False, busy=0):
        super().__init__()
        self.default = SimpleNamespace(device=(-1, 0))
        self.stuck, self.busy = stuck, busy
        self.played = b""
        self.samplerate = 48000.0

    def query_devices(self):
        outputs = {"max_input_channels": 0, "max_output_channels": 2}
        return [{"name": "HDMI", "default_samplerate": 48000, "hostapi": 0, **outputs}]

    def check_output_settings(self, device, channels, dtype, samplerate):
        if samplerate != 48000:
            raise PortAudioError("Invalid sample rate [PaErrorCode -9997]")

    def RawOutputStream(self, *, samplerate, device, channels, dtype):
        assert samplerate == 48000
        if self.busy:
            self.busy -= 1
            raise PortAudioError("Device unavailable [PaErrorCode -9985]")
        return self

    @property
    def write_available(self):
        return 0 if self.stuck else 1000

    def write(self, pcm):
        assert len(pcm) <= 2000
        self.played += pcm

    def start(self):
        pass

    stop = abort = close = start


@pytest.fixture
def speaker(monkeypatch):
    def install(**options):
        false = FalseSpeaker(**options)
        monkeypatch.setattr(devices_module, "portaudio", lambda: false)
        monkeypatch.setattr(player_module, "portaudio", lambda: false)
        monkeypatch.setattr(player_module, "_STUCK_S", 0.02)
        return false

    return install


def test_hardware_that_refuses_our_sampling_rate_gets_its_own(speaker):
    false = speaker()
    Loudspeaker().play([CLIP, CLIP])
    assert len(false.played) / 2 / 48000 == pytest.approx(2.3)


def test_a_busy_loudspeaker_is_reported_with_its_name(speaker):
    speaker(busy=1)
    with pytest.raises(AudioDeviceError, match=r"'HDMI' does not work.*unavailable"):
        Loudspeaker().play([CLIP])


def test_a_loudspeaker_that_takes_no_sound_does_not_hold_up_the_session(speaker):
    speaker(stuck=True)
    with pytest.raises(AudioDeviceError, match="'HDMI' does not play"):
        Loudspeaker().play([CLIP])
