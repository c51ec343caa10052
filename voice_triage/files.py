"""Files that somebody names are read within a limit: never a device, never more than fits."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from voice_triage.errors import UsageError

MOST_TEXT_BYTES = 1_000_000
"""Of a dialog, a words file or patients: the largest that comes with the program has 150 kB."""
MOST_WEIGHTS_BYTES = 50_000_000
"""Of a trained reader: ours has 2 MB."""
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe without a writer would otherwise be waited for without end."""


def read_bytes(path: Path, most: int) -> bytes:
    """What is in the file; UsageError if it is no regular file or has more than ``most`` bytes.

    Raises OSError where it cannot be opened or read: callers know what to say about it.
    """
    descriptor = os.open(path, os.O_RDONLY | _WITHOUT_WAITING)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        what = "a folder" if stat.S_ISDIR(mode) else "a device or pipe"
        raise UsageError(f"{path}: cannot be read, it is {what}; name a regular file")
    with open(descriptor, "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise UsageError(f"{path}: cannot be read, it is too large; at most {_size(most)} is taken")
    return content


def read_text(path: Path, most: int = MOST_TEXT_BYTES) -> str:
    """The UTF-8 text in the file; UsageError says why it cannot be read."""
    try:
        return read_bytes(path, most).decode("utf-8")
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file; check the path") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as UTF-8 text ({error})") from None


def _size(count: int) -> str:
    """``count`` bytes, in words."""
    return f"{count / 1e6:g} MB" if count >= 1e6 else f"{count / 1e3:g} kB"
