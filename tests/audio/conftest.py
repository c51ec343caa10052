"""A sound card made of software: PulseAudio with a loudspeaker and a microphone that exist nowhere.

What is played into the null sink ``mic`` is heard by the microphone; what the program says can be
recorded from the monitor of the null sink ``speaker``. Started by the tests in a private folder;
the sound server of the user, if there is one, is not touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from voice_triage.sound.audio import AudioClip, write_wav

TOOLS = ("pulseaudio", "paplay", "parec", "pactl")
START_S = 10.0
CAPTURE_RATE_HZ = 16000
ASOUNDRC = """
pcm.pulse { type pulse }
ctl.pulse { type pulse }
pcm.!default { type pulse }
"""


@dataclass
class SoundServer:
    """The running server, its environment, and ways to talk and listen to the program."""

    folder: Path
    env: dict[str, str]
    """For subprocesses that are to use this sound card."""
    _players: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def speak(self, clip: AudioClip, *, wait: bool = True) -> None:
        """Play into the microphone, in real time."""
        path = self.folder / f"say-{len(self._players)}.wav"
        write_wav(path, clip)
        command = ["paplay", "--device=mic", "--latency-msec=50", str(path)]
        player = subprocess.Popen(command, env=self.env)
        self._players.append(player)
        if wait:
            player.wait(timeout=clip.seconds + 10)

    @contextmanager
    def recording(self) -> Iterator[list[AudioClip]]:
        """What comes out of the loudspeaker meanwhile; the list holds it afterwards."""
        path = self.folder / "speaker.raw"
        command = ["parec", "--device=speaker.monitor", "--format=s16le", "--channels=1"]
        command += [f"--rate={CAPTURE_RATE_HZ}", "--latency-msec=20"]
        heard: list[AudioClip] = []
        with path.open("wb") as file:
            recorder = subprocess.Popen(command, stdout=file, env=self.env)
            try:
                _wait_until(lambda: _quiet(path.read_bytes()), "the loudspeaker is never quiet")
                begin = path.stat().st_size // 2 * 2
                yield heard
                time.sleep(0.2)  # let the last of it arrive
            finally:
                recorder.terminate()
                recorder.wait(timeout=5)
        heard.append(AudioClip(path.read_bytes()[begin:], CAPTURE_RATE_HZ))

    def close(self) -> None:
        for player in self._players:
            with suppress(ProcessLookupError):
                player.terminate()
            player.wait(timeout=5)


def _quiet(pcm: bytes) -> bool:
    """Nothing is left of what an earlier test played: a null sink keeps up to 2 s of it."""
    last = pcm[-CAPTURE_RATE_HZ:]  # half a second
    return len(last) == CAPTURE_RATE_HZ and not any(last)


def _wait_until(done, reason: str, seconds: float = START_S) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(reason)
        time.sleep(0.02)


@pytest.fixture(scope="session")
def sound_server(tmp_path_factory) -> Iterator[SoundServer]:
    """A private PulseAudio with ``speaker`` and ``mic``; tests are skipped where it cannot run.

    Its environment is also that of the test process, so that PortAudio finds it as the default.
    """
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        pytest.skip(f"no software sound card: {', '.join(missing)} not installed")
    folder = tmp_path_factory.mktemp("sound")
    folder.chmod(0o700)
    (folder / "asoundrc").write_text(ASOUNDRC)
    (folder / "asound.conf").write_text(f"</usr/share/alsa/alsa.conf>\n<{folder / 'asoundrc'}>\n")
    own = {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_STATE_PATH": str(folder),
        "PULSE_SERVER": f"unix:{folder / 'socket'}",
        "PULSE_COOKIE": str(folder / "cookie"),
        "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
    }
    env = {**os.environ, **own}
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    command += ["--disallow-exit=yes", "--log-target=stderr", "--log-level=error"]
    for module in (
        f"module-native-protocol-unix socket={folder / 'socket'} auth-anonymous=1",
        "module-null-sink sink_name=speaker rate=48000",
        "module-null-sink sink_name=mic rate=48000",
        "module-remap-source source_name=microphone master=mic.monitor",
    ):
        command += ["-L", module]
    with (folder / "pulseaudio.log").open("wb") as log:
        daemon = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    patch = pytest.MonkeyPatch()
    server = SoundServer(folder, env)
    try:
        _wait_until((folder / "socket").exists, (folder / "pulseaudio.log").read_text())
        for default in (["set-default-sink", "speaker"], ["set-default-source", "microphone"]):
            subprocess.run(["pactl", *default], env=env, check=True, timeout=10)
        for name, value in own.items():
            patch.setenv(name, value)
        yield server
    finally:
        server.close()
        patch.undo()
        daemon.terminate()
        daemon.wait(timeout=10)
