"""Typed answers: in place of the ear, and beside one that listens."""

from __future__ import annotations

import os
import select
from collections import deque
from contextlib import closing
from typing import TextIO

from voice_triage.ports import Ear, Heard, Hearing, KeyPress, ListenRequest, NoInput, Source
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
        return _meant(line.strip(), request)

    def close(self) -> None: ...


def _meant(words: str, request: ListenRequest) -> Hearing:
    if words:
        return Heard(words, 0.0, Source.KEYBOARD)
    return KeyPress() if request.question is None else NoInput(0.0)


class TypedLines:
    """Lines typed at the terminal meanwhile; never waits for them.

    Read from the descriptor itself: of several lines at once a text stream would hide all but the
    first.
    """

    def __init__(self, stream: TextIO) -> None:
        try:
            self._file: int | None = stream.fileno() if stream.isatty() else None
        except (OSError, ValueError):  # closed
            self._file = None
        self._begun = b""
        self._lines: deque[str] = deque()

    def look(self) -> bool:
        """Look now; True if a line is waiting."""
        while self._file is not None and select.select([self._file], [], [], 0)[0]:
            try:
                data = os.read(self._file, 4096)
            except OSError:
                data = b""
            if not data:  # the terminal is gone: nothing will ever come
                self._file = None
            *whole, self._begun = (self._begun + data).split(b"\n")
            self._lines += (line.decode(errors="replace").strip() for line in whole)
        return bool(self._lines)

    def forget_keys(self) -> None:
        """Enter, pressed before anything was asked, is no answer; typed words are one."""
        self.look()
        self._lines = deque(line for line in self._lines if line)

    def next(self) -> str | None:
        """The first line that was typed, empty for a mere key; None if there is none."""
        return self._lines.popleft() if self.look() else None


class EarOrKeys:
    """Another ear, or a typed line, whichever comes first."""

    def __init__(self, ear: Ear, typed: TypedLines) -> None:
        self._ear = ear
        self._typed = typed

    def listen(self, request: ListenRequest) -> Hearing:
        self._typed.forget_keys()
        heard = None if self._typed.look() else self._ear.listen(request)
        line = self._typed.next()
        if line is None:
            assert heard is not None
            return heard
        return Heard(line, 0.0, Source.KEYBOARD) if line else KeyPress()

    def close(self) -> None:
        self._ear.close()


class SourceOrKeys:
    """A source of sound that ends its turn when a line is typed."""

    def __init__(self, source: SoundSource, typed: TypedLines) -> None:
        self._source = source
        self._typed = typed

    @property
    def kind(self) -> Source:
        return self._source.kind

    @property
    def reliable(self) -> bool:
        return self._source.reliable

    def turn(self) -> Chunks:
        with closing(self._source.turn()) as chunks:
            for chunk in chunks:
                if self._typed.look():
                    return
                yield chunk

    def close(self) -> None:
        self._source.close()
