"""Typed answers: replaces the ear, and watches for a key while another ear listens."""

from __future__ import annotations

import select
from contextlib import closing
from typing import TextIO

from voice_triage.ports import Heard, Hearing, KeyPress, ListenRequest, NoInput, Source
from voice_triage.sound.source import Chunks, SoundSource


class KeyboardEar:
    """One line is one answer; an empty line is silence, or a key press after an outcome."""

    def __init__(self, lines: TextIO, prompt: TextIO | None = None) -> None:
        """``prompt``: where to show that an answer is awaited; None for no prompt."""
        self._lines = lines
        self._prompt = prompt

    def listen(self, request: ListenRequest) -> Hearing:
        if self._prompt is not None:
            self._prompt.write("> ")
            self._prompt.flush()
        try:
            line = self._lines.readline()
        except (OSError, ValueError):  # the terminal went away, or it was never one to read from
            line = ""
        if not line:
            return NoInput(0.0, ended=True)
        words = line.strip()
        if words:
            return Heard(words, 0.0, Source.KEYBOARD)
        return KeyPress() if request.question is None else NoInput(0.0)

    def close(self) -> None: ...


class KeyWatch:
    """Tells whether Enter was pressed on the terminal; never waits."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.seen = False
        """Pressed since the last ``clear``."""

    def clear(self) -> None:
        """Forget earlier presses, those still waiting in the terminal included."""
        self.look()
        self.seen = False

    def look(self) -> bool:
        """Look now; True if a key was pressed since ``clear``."""
        try:
            waiting = self._stream.isatty() and select.select([self._stream], [], [], 0)[0]
            if waiting and self._stream.readline():
                self.seen = True
        except (OSError, ValueError):
            pass  # nobody can press a key there
        return self.seen


class KeySource:
    """A source of sound that ends its turn when a key is pressed."""

    def __init__(self, source: SoundSource, keys: KeyWatch) -> None:
        self._source = source
        self._keys = keys

    @property
    def kind(self) -> Source:
        return self._source.kind

    @property
    def reliable(self) -> bool:
        return self._source.reliable

    def turn(self) -> Chunks:
        with closing(self._source.turn()) as chunks:
            for chunk in chunks:
                if self._keys.look():
                    return
                yield chunk

    def close(self) -> None:
        self._source.close()
