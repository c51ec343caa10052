"""One session by microphone at a time for each user: two would answer each other."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

from voice_triage.errors import AlreadyRunningError


class OneAtATime:
    """Held from its making to the end of the process, however that ends."""

    def __init__(self, folder: Path | None = None) -> None:
        """Raises AlreadyRunningError where another one is held. ``folder``: of the user."""
        folder = folder or Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        path = folder / f"voice-triage-{os.getuid()}.lock"
        try:
            self._file = path.open("a")
        except OSError:
            return  # a read-only or a full disk must keep nobody from being heard
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise AlreadyRunningError(
                "Voice Triage is listening already, on this machine and for this user: two would "
                "answer each other. Stop the other one first (perhaps: systemctl --user stop "
                "voice-triage), or answer by keyboard: voice-triage run --input keyboard"
            ) from error
