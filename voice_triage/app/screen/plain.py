"""Plain lines: one per sentence, no colour, no cursor movement, kind to screen readers."""

from __future__ import annotations

from typing import TextIO

from voice_triage.app.screen.printable import printable

_PREFIX = {"assistant": "", "person": "  You: ", "note": "  * "}


class PlainScreen:
    """Writes each text as one line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, text: str, *, speaker: str) -> None:
        self._stream.write(f"{_PREFIX[speaker]}{printable(text)}\n")
        self._stream.flush()


class NoScreen:
    """Shows nothing: for simulations, and for ``--json``, which owns standard output."""

    def show(self, text: str, *, speaker: str) -> None:
        del text, speaker
