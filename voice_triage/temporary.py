"""Folders for files that live for moments, and the ones that killed processes left behind."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_MEMORY = Path("/dev/shm")
"""A folder in memory, to spare the SD card of a small computer."""
_NAME = re.compile(r"voice-triage-(\d+)-")


def temporary_folder(*, in_memory: bool = False) -> tempfile.TemporaryDirectory[str]:
    """A new folder whose name tells the process that made it; OSError where there is no place."""
    prefix = f"voice-triage-{os.getpid()}-"
    if in_memory:
        with suppress(OSError):
            return tempfile.TemporaryDirectory(prefix=prefix, dir=_MEMORY)
    return tempfile.TemporaryDirectory(prefix=prefix)


def remove_leftovers() -> None:
    """Remove the folders of processes that are no more: a crash must not fill the memory."""
    for place in {_MEMORY, Path(tempfile.gettempdir())}:
        with suppress(OSError):
            for folder in place.iterdir():
                made = _NAME.match(folder.name)
                ours = folder.stat().st_uid == os.getuid()
                if made and ours and not _runs(int(made[1])):
                    shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True
