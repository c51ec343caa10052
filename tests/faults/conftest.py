"""Each test has a sound server of its own: it is killed, stopped and unplugged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults.device import Device, Loudspeaker, listening
from tests.sound_server import SoundServer, missing_tools
from voice_triage.speaking.renderer import SpeechRenderer


@pytest.fixture
def server(tmp_path) -> Iterator[SoundServer]:
    if missing := missing_tools():
        pytest.skip(f"no software sound card: {', '.join(missing)} not installed")
    folder = tmp_path / "sound"
    folder.mkdir()
    server = SoundServer(folder)
    server.start()
    yield server
    server.close()


@pytest.fixture
def start(server) -> Iterator[Callable[..., Device]]:
    """Starts the program, and ends it after the test."""
    devices: list[Device] = []

    def begin(*arguments: str) -> Device:
        devices.append(Device(server, *arguments))
        return devices[-1]

    yield begin
    for device in devices:
        device.end()


@pytest.fixture
def loudspeaker(server) -> Iterator[Loudspeaker]:
    with listening(server) as loudspeaker:
        yield loudspeaker


@pytest.fixture(scope="session")
def voice() -> Iterator[SpeechRenderer]:
    """Of the person."""
    renderer = SpeechRenderer("en-gb")
    yield renderer
    renderer.close()
