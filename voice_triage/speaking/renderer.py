"""Text to sound, in a process that can be killed, with espeak-ng itself to fall back on."""

from __future__ import annotations

import contextlib
import json
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from voice_triage.conversation.state import DEFAULT_RATE_WPM, FASTEST_RATE_WPM, SLOWEST_RATE_WPM
from voice_triage.errors import AudioFileError, SynthesisError
from voice_triage.sound.audio import AudioClip, decode_wav
from voice_triage.temporary import temporary_folder

log = logging.getLogger(__name__)

_TIMEOUT_S = 3.0
"""For one sentence; it usually takes 0.01 s, on a small computer perhaps 0.2 s."""
_START_S = 8.0
"""For the first one, which starts Python and the synthesiser: 0.2 s, on a slow SD card 5 s."""
_WORKER = (sys.executable, "-P", str(Path(__file__).with_name("render_worker.py")))
_LOOK_S = 0.5
"""How often a wait gives a sign of life."""
_PATIENCE = 2
"""After so many failures in a row the worker is left alone: each may have cost its timeout."""
_ESPEAK = "espeak-ng"


class Renderer(Protocol):
    """Makes speech of text."""

    def render(
        self, text: str, *, rate: int = DEFAULT_RATE_WPM, voice: str | None = None
    ) -> AudioClip:
        """``rate`` in words a minute. Raises SynthesisError when no sound comes of it."""


class SpeechRenderer:
    """pyttsx3 in a child process, then espeak-ng; started when made, ready about 0.1 s later.

    ``voice`` is the default voice: the name of one of the synthesiser's, for espeak-ng also with a
    variant (``en-us+f3``). Threads may share it; texts are rendered one at a time.
    """

    def __init__(
        self,
        voice: str | None = None,
        *,
        worker: Sequence[str] = _WORKER,
        espeak: str = _ESPEAK,
        timeout_s: float = _TIMEOUT_S,
        waiting: Callable[[], None] = lambda: None,
    ) -> None:
        """``waiting``: called again and again while a text is being made."""
        self.voice = voice
        self._command = tuple(worker)
        self._espeak = espeak
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._folder = temporary_folder(in_memory=True)
        self._failures = 0
        self._waiting = waiting
        self._worker = _Worker(self._command)

    def render(
        self, text: str, *, rate: int = DEFAULT_RATE_WPM, voice: str | None = None
    ) -> AudioClip:
        rate = max(SLOWEST_RATE_WPM, min(FASTEST_RATE_WPM, rate))
        voice = voice or self.voice
        with self._lock:
            try:
                return self._by_worker(text, voice, rate)
            except SynthesisError as error:
                log.warning("speech synthesis: %s; falling back on %s", error, self._espeak)
                self._waiting()
                return self._by_espeak(text, voice, rate, error)

    def close(self) -> None:
        with self._lock:
            self._worker.end()
            self._folder.cleanup()

    def _by_worker(self, text: str, voice: str | None, rate: int) -> AudioClip:
        if self._failures >= _PATIENCE:
            raise SynthesisError("pyttsx3 failed before")
        if not self._worker.alive:
            self._worker.end()
            self._worker = _Worker(self._command)
        worker = self._worker
        file = Path(self._folder.name) / "speech.wav"
        try:
            request = {"text": text, "voice": voice, "rate": rate, "file": str(file)}
            worker.ask(request, self._timeout_s, self._waiting)
            clip = _sounding(file.read_bytes())
            self._failures = 0
            return clip
        except (OSError, AudioFileError, TimeoutError, EOFError) as error:
            worker.end()
            self._failures += 1
            raise SynthesisError(str(error)) from error
        except KeyboardInterrupt:
            worker.end()  # or its answer to this text would be taken for that to the next
            raise
        finally:
            file.unlink(missing_ok=True)

    def _by_espeak(self, text: str, voice: str | None, rate: int, cause: Exception) -> AudioClip:
        command = [self._espeak, "--stdout", "--stdin", "-s", str(rate)]
        command += ["-v", voice] if voice else []
        try:  # the text goes in by standard input: arguments can be read by every user
            done = subprocess.run(
                command, input=text.encode(), capture_output=True, timeout=_TIMEOUT_S, check=True
            )
            return _sounding(done.stdout)
        except (OSError, subprocess.SubprocessError, AudioFileError) as error:
            reason = getattr(error, "stderr", None) or str(error).encode()
            raise SynthesisError(
                f"No speech could be made ({cause}; {self._espeak}: {reason.decode().strip()}). "
                "Install it with: apt install espeak-ng. Or read instead: --output silent"
            ) from error


def _sounding(content: bytes) -> AudioClip:
    clip = decode_wav(content, "synthesised speech")
    if not any(clip.pcm):
        raise AudioFileError("the synthesiser made a silent file")
    return clip


class _Worker:
    """The child process; its answers are read by a thread, so that waiting can end."""

    def __init__(self, command: Sequence[str]) -> None:
        self._answers: queue.Queue[str] = queue.Queue()
        self._ready = False
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C is for the session, which has more to say
            )
        except OSError as error:
            raise SynthesisError(f"the speech process cannot be started ({error})") from error
        self._reader = threading.Thread(target=self._read, name="speech-answers", daemon=True)
        self._reader.start()
        with contextlib.suppress(OSError):
            self._send({})  # load the synthesiser now, not with the first sentence

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(
        self, request: Mapping[str, object], timeout_s: float, waiting: Callable[[], None]
    ) -> None:
        """Raises OSError, EOFError, TimeoutError, or SynthesisError with the worker's words."""
        if not self._ready:
            self._ready = True
            self._answer(max(_START_S, timeout_s), waiting)
        self._send(request)
        self._answer(timeout_s, waiting)

    def _send(self, request: Mapping[str, object]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def _answer(self, timeout_s: float, waiting: Callable[[], None]) -> None:
        deadline, line = time.monotonic() + timeout_s, None
        while line is None:
            waiting()
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise TimeoutError(f"no answer from the synthesiser for {timeout_s:g} s")
            with contextlib.suppress(queue.Empty):
                line = self._answers.get(timeout=min(left_s, _LOOK_S))
        if not line:
            raise EOFError("the speech process ended")
        error = json.loads(line).get("error")
        if error:
            raise SynthesisError(str(error))

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout as answers:
            for line in answers:
                self._answers.put(line)
        self._answers.put("")

    def end(self) -> None:
        """Kill and reap."""
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=1.0)
        assert self._process.stdin
        with contextlib.suppress(OSError):
            self._process.stdin.close()
