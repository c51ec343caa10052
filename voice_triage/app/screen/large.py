"""Large print for low vision: few words a line, bold, much space around each sentence."""

from __future__ import annotations

import os
import textwrap
from typing import TextIO

from voice_triage.app.screen.printable import printable

LINE_LENGTH = 32
"""Characters a line: fits a terminal whose font was enlarged about threefold."""
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class LargePrintScreen:
    """Wraps narrowly and separates sentences by blank lines; bold only on a terminal that can."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bold = stream.isatty() and os.environ.get("TERM") != "dumb"

    def show(self, text: str, *, speaker: str) -> None:
        if speaker == "person":
            text = f"You: {text}"
        lines = textwrap.wrap(printable(text), LINE_LENGTH) or [""]
        if self._bold and speaker == "assistant":
            lines = [f"{_BOLD}{line}{_PLAIN}" for line in lines]
        self._stream.write("\n".join(["", *lines, ""]) + "\n")
        self._stream.flush()
