"""What can go wrong for a user of Voice Triage, and the exit code that says so.

VoiceTriageError
├── UsageError (exit 2: a wrong argument or a bad file)
│   ├── FileProblems         carries every problem of a file at once
│   │   ├── DialogError          dialog or words file broken
│   │   └── PatientFileError     vignette file broken
│   └── AudioFileError       WAV file missing or of the wrong kind
├── UnavailableError (exit 3: something this machine lacks)
│   ├── ModelError           speech model missing, damaged or of the wrong kind
│   ├── AudioDeviceError     no microphone or loudspeaker, or it went away
│   │   └── MutedError           a microphone that delivers exact zeros
│   ├── AlreadyRunningError  another session of the same user has the microphone
│   └── SynthesisError       no speech synthesis library, or it made no sound
└── InternalError (exit 1: our own mistake; please report)

Every message says what happened, where, and what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

EXIT_OK = 0
EXIT_INTERNAL = 1
EXIT_USAGE = 2
EXIT_UNAVAILABLE = 3
EXIT_INTERRUPTED = 130


class VoiceTriageError(Exception):
    """Base of every error that this package raises on purpose."""

    exit_code: ClassVar[int] = EXIT_INTERNAL


class UsageError(VoiceTriageError):
    """An argument or a file given by the user cannot be used."""

    exit_code = EXIT_USAGE


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a file: where it is, what it is, what to do."""

    file: str
    line: int
    """1-based; 0 where the file as a whole is meant."""
    code: str
    """Stable id such as ``D012``; see dialogs/README.md for the catalogue."""
    where: str
    """The id of the question, rule, finding or phrase concerned."""
    message: str
    """What is wrong and what to do about it, in one sentence each."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code} {self.where}: {self.message}"


class FileProblems(UsageError):
    """A file cannot be used; ``problems`` lists everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class DialogError(FileProblems):
    """A dialog, words or contract file cannot be used."""


class PatientFileError(FileProblems):
    """A patient (vignette) file cannot be used."""


class AudioFileError(UsageError):
    """A WAV file is missing, unreadable, or not 16-bit mono PCM."""


class UnavailableError(VoiceTriageError):
    """This machine lacks hardware, a model or a library."""

    exit_code = EXIT_UNAVAILABLE


class ModelError(UnavailableError):
    """The speech model is missing, damaged, or cannot take grammars."""


class AudioDeviceError(UnavailableError):
    """No usable microphone or loudspeaker, or it stopped delivering audio."""


class MutedError(AudioDeviceError):
    """The microphone delivers nothing but exact zeros, as one does that is switched off."""


class AlreadyRunningError(UnavailableError):
    """Another session of the same user listens already."""


class SynthesisError(UnavailableError):
    """No speech synthesis is installed, or it produced no audio."""


class InternalError(VoiceTriageError):
    """A state that this program should never reach."""
