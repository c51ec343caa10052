"""The standard streams of this process: fit to be used, whatever they were started with."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from voice_triage.app.screen.lasting import lasting


class ClosedInput(io.StringIO):
    """Stands for a standard input that was closed before we began: at its end from the start."""


@contextmanager
def usable_streams() -> Iterator[None]:
    """Within it no standard stream is missing, stdin and stdout take any byte and any letter, and
    stderr may fail without ending anything."""
    before = sys.stdin, sys.stdout, sys.stderr
    if None in before:
        _fill_descriptors()
    if sys.stdin is None:
        sys.stdin = ClosedInput()
    if sys.stdout is None:
        sys.stdout = _nowhere()
    sys.stderr = lasting(sys.stderr or _nowhere(), "")
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


def _fill_descriptors() -> None:
    """Lead the descriptors 0 to 2 nowhere where they are closed: the next file or socket that is
    opened would get that number, and whatever native code prints."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def _nowhere() -> io.TextIOWrapper:
    return open(os.devnull, "w", encoding="utf-8")
