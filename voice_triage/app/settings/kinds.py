"""What values a setting can have: reads text of a flag or variable, or a value of a TOML file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_SOUND_FILE = ".wav"
_YES_NO = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}


class NotAllowedError(Exception):
    """A value that the setting cannot have; a message, if any, says more."""


class Kind(Protocol):
    """A kind of values."""

    @property
    def shown(self) -> str:
        """What stands for a value in the help."""

    @property
    def allowed(self) -> str:
        """The values that there are, to end “use …”."""

    def read(self, value: object, folder: Path) -> object:
        """The value meant; NotAllowedError where it is none. ``folder``: of relative paths."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """True or false."""

    shown: str = "yes|no"
    allowed: str = "true or false"

    def read(self, value: object, folder: Path) -> bool:
        known = _YES_NO.get(str(value).strip().lower())
        if known is None or not isinstance(value, str | bool):
            raise NotAllowedError
        return known


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A number with limits; ``unit`` such as “words a minute”."""

    lowest: int
    highest: int
    unit: str
    shown: str

    @property
    def allowed(self) -> str:
        return f"{self.lowest} to {self.highest} {self.unit}"

    def read(self, value: object, folder: Path) -> int:
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise NotAllowedError
        try:
            number = int(value)
        except ValueError:
            raise NotAllowedError from None
        if not self.lowest <= number <= self.highest:
            raise NotAllowedError
        return number


@dataclass(frozen=True, slots=True)
class Text:
    """Any text that is not empty."""

    shown: str
    allowed: str

    def read(self, value: object, folder: Path) -> str:
        if not isinstance(value, str) or not value.strip():
            raise NotAllowedError
        return value.strip()


@dataclass(frozen=True, slots=True)
class Texts:
    """Several texts: a flag that is given again, a list in a file, commas in a variable."""

    shown: str
    allowed: str

    def read(self, value: object, folder: Path) -> tuple[str, ...]:
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple):
            raise NotAllowedError
        one = Text(self.shown, self.allowed)
        return tuple(one.read(part, folder) for part in parts)


@dataclass(frozen=True, slots=True)
class NameOrFolder:
    """A name, or a path that begins with ``/``, ``.`` or ``~``."""

    shown: str
    allowed: str

    def read(self, value: object, folder: Path) -> str:
        text = Text(self.shown, self.allowed).read(value, folder)
        return str(_path(text, folder)) if text.startswith(("~", ".")) else text


@dataclass(frozen=True, slots=True)
class ExistingFile:
    """The path of a file that is there."""

    shown: str
    allowed: str

    def read(self, value: object, folder: Path) -> Path:
        path = _path(Text(self.shown, self.allowed).read(value, folder), folder)
        if not os.path.exists(path):  # unlike Path.exists: false for folders that may not be read
            raise NotAllowedError(f"{path}: no such file")
        return path


@dataclass(frozen=True, slots=True)
class WordOrSoundFile:
    """One of ``words``, or the path of a WAV file."""

    words: tuple[str, ...]

    @property
    def shown(self) -> str:
        return "|".join((*self.words, f"FILE{_SOUND_FILE}"))

    @property
    def allowed(self) -> str:
        return f"{', '.join(self.words)} or a file that ends in {_SOUND_FILE}"

    def read(self, value: object, folder: Path) -> str:
        text = Text(self.shown, self.allowed).read(value, folder)
        if text in self.words:
            return text
        if not text.lower().endswith(_SOUND_FILE):
            raise NotAllowedError
        return str(_path(text, folder))


def _path(text: str, folder: Path) -> Path:
    # Not Path.expanduser: it fails for a user without a home.
    return folder / os.path.expanduser(text)
