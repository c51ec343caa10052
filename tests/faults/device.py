"""The program on its shelf, as a person meets it: what it says and hears, and when."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.sound_server import SoundServer

ROOT = Path(__file__).parents[2]
LOUD = 300
"""Of 32,767: what is louder at the loudspeaker is speech."""


class Device:
    """`voice-triage run` by microphone, with its events as they come."""

    def __init__(self, server: SoundServer, *arguments: str, region: str = "UK") -> None:
        self.server = server
        self.events: list[dict[str, object]] = []
        command = [sys.executable, "-m", "voice_triage", "run", "--rate", "300", "--json"]
        self.process = subprocess.Popen(
            [*command, "--region", region, *arguments],
            cwd=ROOT,
            env=server.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.told = ""
        """What it wrote to standard error."""
        self._threads = [
            threading.Thread(target=self._read_events, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _read_events(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.events.append(json.loads(line))

    def _read_errors(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.told += line

    @property
    def child(self) -> int:
        """Process id of the session below the supervisor."""
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return int(children[0])

    def kill_child(self, how: signal.Signals) -> None:
        os.kill(self.child, how)

    def count(self, kind: str) -> int:
        return sum(event["event"] == kind for event in self.events)

    def wait_for(self, kind: str, times: int = 1, seconds: float = 40.0) -> dict[str, object]:
        """The event of that kind, when it has come so many times."""
        self.wait(lambda: self.count(kind) >= times, f"{times} {kind}", seconds)
        return [event for event in self.events if event["event"] == kind][times - 1]

    def wait(self, done, what: str, seconds: float = 40.0) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, f"never: {what}; {self.events} {self.told}"
            time.sleep(0.05)

    def end(self) -> None:
        with suppress(ProcessLookupError):
            self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=5)
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join(timeout=5)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream
            stream.close()


class Loudspeaker:
    """Listens to what the device says, and knows when it is quiet."""

    RATE = 8000

    def __init__(self, server: SoundServer) -> None:
        command = ["parec", "--device=speaker.monitor", "--format=s16le", "--channels=1"]
        command += [f"--rate={self.RATE}", "--latency-msec=20"]
        self._process = subprocess.Popen(command, env=server.env, stdout=subprocess.PIPE)
        self._last_loud: float | None = None
        self.loud_s = 0.0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout
        while pcm := self._process.stdout.read(self.RATE // 10 * 2):
            if max(memoryview(pcm).cast("h"), default=0) > LOUD:
                self._last_loud = time.monotonic()
                self.loud_s += 0.1

    @property
    def quiet_s(self) -> float:
        """For how long it has been quiet; 0 before the first sound."""
        return time.monotonic() - self._last_loud if self._last_loud else 0.0

    def wait_for_speech(self, seconds: float = 20.0) -> None:
        """Until more is said than before."""
        before, deadline = self.loud_s, time.monotonic() + seconds
        while self.loud_s < before + 0.3:
            assert time.monotonic() < deadline, "not a word"
            time.sleep(0.02)

    def wait_for_quiet(self, quiet_s: float = 2.3, seconds: float = 60.0) -> None:
        """A null sink tells only 2 s after the last sound that all was played."""
        deadline = time.monotonic() + seconds
        while self.quiet_s < quiet_s:
            assert time.monotonic() < deadline, "it talks for ever"
            time.sleep(0.02)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join(timeout=5)
        assert self._process.stdout
        self._process.stdout.close()


@contextmanager
def listening(server: SoundServer) -> Iterator[Loudspeaker]:
    loudspeaker = Loudspeaker(server)
    try:
        yield loudspeaker
    finally:
        loudspeaker.close()
