"""A stream whose failure ends nothing: what cannot be shown any more is still said aloud."""

from __future__ import annotations

import os
import sys
from typing import TextIO, cast


class _Lasting:
    """Writes to another stream until that fails, and then nowhere."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._failed = False

    def write(self, text: str) -> int:
        if not self._failed:
            try:
                self._stream.write(text)
            except (OSError, ValueError) as error:  # ValueError: it was closed
                self._drop(error)
        return len(text)

    def flush(self) -> None:
        if not self._failed:
            try:
                self._stream.flush()
            except (OSError, ValueError) as error:
                self._drop(error)

    def isatty(self) -> bool:
        return not self._failed and self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def _drop(self, error: Exception) -> None:
        self._failed = True
        try:  # what is still in its buffer would fail again when the program ends
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            pass  # a stream without a file of the system
        if self._name:
            reason = getattr(error, "strerror", None) or error
            message = f"voice-triage: {self._name} failed ({reason}); going on without it."
            print(message, file=lasting(sys.stderr, ""))


def lasting(stream: TextIO, name: str) -> TextIO:
    """``stream``, but after its first failure one line on stderr names it, and it takes all text
    to nowhere. No line for an empty ``name``."""
    return cast(TextIO, _Lasting(stream, name))
