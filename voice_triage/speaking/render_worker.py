"""Renders one text after the other in a process of its own: the only importer of pyttsx3.

Speaks JSON, one object a line: ``{"text", "voice", "rate", "file"}`` in, ``{}`` or ``{"error"}``
out. Imports nothing of this package, so that it can be started as a plain file from anywhere.

pyttsx3 is used to write files and for nothing else: queued texts replace each other, ``stop``
hangs, and without a sound card it reports success. A hang here costs the parent one ``kill``.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import sys
import time
from typing import TextIO

_ATTEMPTS = 5
_PR_SET_PDEATHSIG = 1
"""Of prctl(2)."""
_START_S = 0.02
"""espeak's thread is busy with the settings of pyttsx3 for this long after loading."""
_SETTLED_S = 0.2
"""Settings are applied within a millisecond; a driver that rounds the rate never says so."""
_IDLE_S = 0.003
"""Until espeak's thread is idle again after applying them; longer with every new attempt."""


class Engine:
    """pyttsx3 with its error events turned into exceptions."""

    def __init__(self) -> None:
        import pyttsx3

        self._engine = pyttsx3.init()  # kept for good: dropped early, its callbacks fail
        self._usual_voice = self._engine.getProperty("voice")
        self._known: dict[str, str] = {}
        self._errors: list[Exception] = []
        self._cut = False
        # Until its first run, the engine puts settings off; so let there be one without a text.
        time.sleep(_START_S)
        self._engine.runAndWait()
        self._engine.connect("error", lambda name, exception: self._errors.append(exception))
        self._engine.connect("finished-utterance", self._finished)

    def _finished(self, name: str | None, completed: bool) -> None:
        self._cut = self._cut or not completed

    def render(self, text: str, voice: str | None, rate: int, file: str) -> None:
        """``voice``: a name, language or id of the driver's, or a part of one; None: the usual.

        espeak applies settings in a thread of its own. If runAndWait begins before that, pyttsx3
        takes the thread for speech and cancels it: the new rate is lost, or the text.
        """
        # Looked up beforehand: a driver that refuses a setting is not to be trusted afterwards.
        wanted = {"voice": self._id_of(voice) if voice else self._usual_voice, "rate": rate}
        for attempt in range(_ATTEMPTS):
            for name, value in wanted.items():
                self._engine.setProperty(name, value)
            self._settle(rate, attempt)
            self._cut = False
            self._engine.save_to_file(text, file)
            self._engine.runAndWait()
            if self._errors:
                raise self._errors.pop()
            if not self._cut and self._engine.getProperty("rate") == rate:
                return
        raise RuntimeError("pyttsx3 cut the text off")

    def _settle(self, rate: int, attempt: int) -> None:
        deadline = time.monotonic() + _SETTLED_S
        while self._engine.getProperty("rate") != rate and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(_IDLE_S * (attempt + 1))

    def _id_of(self, name: str) -> str:
        base, plus, variant = name.lower().partition("+")
        if base not in self._known:
            for voice in self._engine.getProperty("voices"):
                languages = [str(language).lower() for language in voice.languages or ()]
                for called in (voice.id.lower(), voice.name.lower(), *languages):
                    self._known.setdefault(called, voice.id)
            parts = [known for known in self._known if base in known]
            if not parts:
                raise LookupError(f"no voice is called {name!r}")
            self._known.setdefault(base, self._known[parts[0]])
        return self._known[base] + plus + variant


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer every request; ends when the parent closes its side."""
    engine: Engine | None = None
    for line in requests:
        try:
            request = json.loads(line)
            engine = engine or Engine()
            if request:  # an empty one only warms the engine up
                engine.render(**request)
            answer = {}
        except Exception as error:  # whatever it was, the parent must hear of it
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _die_with_parent() -> None:
    """Killed by the kernel when the session ends, even while stopped (Linux; elsewhere the end of
    its input ends it)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> None:
    _die_with_parent()
    # pyttsx3 prints “Audio saved to …” on every render: keep that out of the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
