"""One sound card of software for all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sound_server import SoundServer, missing_tools


@pytest.fixture(scope="session")
def sound_server(tmp_path_factory) -> Iterator[SoundServer]:
    """A private PulseAudio with ``speaker`` and ``mic``; tests are skipped where it cannot run.

    Its environment is also that of the test process, so that PortAudio finds it as the default.
    """
    if missing := missing_tools():
        pytest.skip(f"no software sound card: {', '.join(missing)} not installed")
    server = SoundServer(tmp_path_factory.mktemp("sound"))
    patch = pytest.MonkeyPatch()
    try:
        server.start()
        for name, value in server.own.items():
            patch.setenv(name, value)
        yield server
    finally:
        server.close()
        patch.undo()
