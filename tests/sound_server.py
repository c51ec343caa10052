"""A sound card made of software: PulseAudio with a loudspeaker and a microphone that exist nowhere.

What is played into the null sink ``mic`` is heard by the microphone; what the program says can be
recorded from the monitor of the null sink ``speaker``. Started in a private folder; the sound
server of the user, if there is one, is not touched. A null sink at rest delivers exact zeros, as
only a microphone does that is switched off: so there is a soft noise in the room.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from voice_triage.sound.audio import AudioClip, write_wav

TOOLS = ("pulseaudio", "paplay", "pacat", "parec", "pactl")
START_S = 10.0
CAPTURE_RATE_HZ = 16000
ASOUNDRC = """
pcm.pulse { type pulse }
ctl.pulse { type pulse }
pcm.!default { type pulse }
"""
ROOM_AMPLITUDE = 6
"""Of 32,767: about -80 dBFS, a very quiet room."""


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if not shutil.which(tool)]


@dataclass
class SoundServer:
    """The server, its environment, and ways to talk and listen to the program."""

    folder: Path
    own: dict[str, str] = field(default_factory=dict)
    """What is different in its environment."""
    _players: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _daemon: subprocess.Popen[bytes] | None = None
    _room: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.folder.chmod(0o700)
        (self.folder / "asoundrc").write_text(ASOUNDRC)
        config = f"</usr/share/alsa/alsa.conf>\n<{self.folder / 'asoundrc'}>\n"
        (self.folder / "asound.conf").write_text(config)
        noise = random.Random(0)
        samples = [noise.randint(-ROOM_AMPLITUDE, ROOM_AMPLITUDE) for _ in range(16000)]
        (self.folder / "room.raw").write_bytes(struct.pack("<16000h", *samples))
        self.own = {
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
            "PULSE_RUNTIME_PATH": str(self.folder),
            "PULSE_STATE_PATH": str(self.folder),
            "PULSE_SERVER": f"unix:{self.folder / 'socket'}",
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "ALSA_CONFIG_PATH": str(self.folder / "asound.conf"),
        }

    @property
    def env(self) -> dict[str, str]:
        """For subprocesses that are to use this sound card."""
        return {**os.environ, **self.own}

    def start(self, *, microphone: bool = True, noise: bool = True) -> None:
        socket = self.folder / "socket"
        socket.unlink(missing_ok=True)
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1"]
        command += ["--use-pid-file=no", "--disallow-exit=yes"]
        command += ["--log-target=stderr", "--log-level=error"]
        modules = [
            f"module-native-protocol-unix socket={socket} auth-anonymous=1",
            "module-always-sink",
            "module-null-sink sink_name=speaker rate=48000",
        ]
        if microphone:
            modules += [
                "module-null-sink sink_name=mic rate=48000",
                "module-remap-source source_name=microphone master=mic.monitor",
            ]
        for module in modules:
            command += ["-L", module]
        with (self.folder / "pulseaudio.log").open("ab") as log:
            self._daemon = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)
        wait_until(socket.exists, (self.folder / "pulseaudio.log").read_text())
        self.control("set-default-sink", "speaker")
        if microphone:
            self.control("set-default-source", "microphone")
            if noise:
                self.make_room_noise()

    def make_room_noise(self) -> None:
        script = 'while :; do cat "$0"; done | pacat --device=mic --rate=16000 --channels=1'
        script += " --format=s16le --latency-msec=50"
        command = ["sh", "-c", script, str(self.folder / "room.raw")]
        self._room = subprocess.Popen(
            command, env=self.env, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def control(self, *arguments: str) -> str:
        """One command of ``pactl``; what it prints."""
        done = subprocess.run(
            ["pactl", *arguments], env=self.env, check=True, timeout=10, capture_output=True
        )
        return done.stdout.decode().strip()

    def unplug(self, part: str) -> None:
        """Take away the device whose module has ``part`` among its arguments."""
        modules = self.control("list", "short", "modules").splitlines()
        (number,) = [line.split()[0] for line in modules if part in f"{line} "]
        self.control("unload-module", number)

    def signal(self, number: int) -> None:
        """Send the server a signal (SIGSTOP: it hangs)."""
        assert self._daemon
        self._daemon.send_signal(number)

    def kill(self) -> None:
        """The server dies at once, and all that were connected to it notice."""
        if self._room:
            with suppress(ProcessLookupError):
                os.killpg(self._room.pid, signal.SIGKILL)
            self._room.wait()
            self._room = None
        if self._daemon:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None

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
                wait_until(lambda: _quiet(path.read_bytes()), "the loudspeaker is never quiet")
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
        self.kill()


def _quiet(pcm: bytes) -> bool:
    """Nothing is left of what an earlier test played: a null sink keeps up to 2 s of it."""
    last = pcm[-CAPTURE_RATE_HZ:]  # half a second
    return len(last) == CAPTURE_RATE_HZ and not any(last)


def wait_until(done, reason: str, seconds: float = START_S) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(reason)
        time.sleep(0.02)
