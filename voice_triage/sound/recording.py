"""Where sound may be recorded to: never over something that is no recording."""

from __future__ import annotations

import stat
from pathlib import Path

from voice_triage.errors import AudioFileError

_BEGIN, _KIND = (b"RIFF", b"RIFX", b"RF64"), b"WAVE"
_HEAD_BYTES = 12
"""Which kind of RIFF file it is, stands after the length, in bytes 8 to 11."""


def recordable(path: Path) -> Path:
    """``path`` if it ends in ``.wav`` and is new, empty or a WAV file; AudioFileError otherwise.

    A slip such as ``--output speakers`` or ``--output notes.txt`` must not cost anybody a file.
    """
    if path.suffix.lower() != ".wav":
        raise AudioFileError(f"{path}: does not end in .wav. Name a file such as talk.wav.")
    try:
        if not path.exists():
            return path
        if not stat.S_ISREG(path.stat().st_mode):
            raise AudioFileError(f"{path}: is no regular file. Name a new file.")
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise AudioFileError(
            f"{path}: cannot be written ({error.strerror or error}). Choose another place."
        ) from error
    if head and not (head.startswith(_BEGIN) and head.endswith(_KIND)):
        raise AudioFileError(
            f"{path}: is there already and is no WAV file; it was left as it is. Name a new file."
        )
    return path
