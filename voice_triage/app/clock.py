"""Whether the machine knows what day it is: a Raspberry Pi without network may not."""

from __future__ import annotations

import ctypes
import os
from datetime import date
from pathlib import Path

_CLOCKS = Path("/sys/class/rtc")
"""Clocks with a battery, which go on without power."""
_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
_BOARDS = Path("/proc/device-tree/model")
"""There on small boards; other machines have a clock with a battery, if not one that is shown."""
_UNSYNCHRONISED = 5
"""What adjtimex answers as long as nobody has set the clock right since the machine was started
(TIME_ERROR in adjtimex(2))."""
_TIMEX_BYTES = 256
"""Room for a struct timex, zeroed: it asks, and changes nothing."""


def today() -> date | None:
    """Today; None where the machine cannot know: “since Tuesday” is then no number of days."""
    return date.today() if trusted() else None


def trusted() -> bool:
    """Was the clock set since the start, or has it gone on meanwhile?"""
    if not _BOARDS.exists() or _SYNCHRONISED.exists():
        return True
    try:
        if os.listdir(_CLOCKS):
            return True
    except OSError:  # none
        pass
    return _kernel_state() != _UNSYNCHRONISED


def _kernel_state() -> int:
    try:
        answer = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):  # no Linux
        return 0
    return int(answer)
