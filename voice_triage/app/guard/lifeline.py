"""The child's line to the parent that watches it: signs of life, and what is known so far."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress

BEAT = b"."
READY = b"!"
KNOWN = b"="
END = b"\n"
"""A line of the pipe begins with what it is; after KNOWN comes the state, in one line of JSON."""
_BEAT_EVERY_S = 0.5


class Lifeline:
    """Tells the parent that the session is alive, and hands over its state after every event.

    What the person said never leaves memory: the parent keeps it, no file does.
    """

    def __init__(
        self, pipe: int | None = None, known: str = "", *, restarted: bool = False
    ) -> None:
        """``pipe``: a file descriptor to write to; None: nobody watches. ``known``: the state of
        the session before this one, as the parent got it."""
        self._pipe = pipe
        self.known = known
        self.restarted = restarted
        self._last_beat = 0.0
        self._writing = threading.Lock()
        """A state is longer than what a pipe takes in one piece, and speech is made ahead by
        another thread, which gives signs of life too."""

    def beat(self) -> None:
        """Alive; call it at least once a second wherever something is waited for."""
        now = time.monotonic()
        if now - self._last_beat >= _BEAT_EVERY_S:
            self._last_beat = now
            self._send(BEAT)

    def ready(self) -> None:
        """The first words are about to be spoken."""
        self._send(READY)

    def keep(self, state: str) -> None:
        """``state``: one line; empty where there is nothing to go on with."""
        self._send(KNOWN + state.encode())

    def _send(self, line: bytes) -> None:
        if self._pipe is None:
            return
        rest = line + END
        with self._writing, suppress(OSError):  # the parent is gone: `supervisor` ends this process
            while rest:
                rest = rest[os.write(self._pipe, rest) :]
