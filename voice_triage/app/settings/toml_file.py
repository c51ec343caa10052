"""The settings file: which one it is, what stands in it, and on which line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from voice_triage.errors import UsageError
from voice_triage.files import read_text

MOST_BYTES = 16_000
"""A file with every setting and much about each has 2 kB."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The keys and values of one file, not yet checked."""

    path: Path
    text: str
    values: Mapping[str, object]

    def lines(self, keys: Iterable[str]) -> dict[str, int]:
        """The line on which the value of each key ends, counted from 1.

        The reader of TOML tells no lines, so the file is read again and again, each time a line
        longer, until the key is there. Right however it is written, and only done for messages.
        """
        missing = set(keys)
        found: dict[str, int] = {}
        read = ""
        for number, line in enumerate(self.text.splitlines(keepends=True), start=1):
            read += line
            if not missing or not line.strip() or line.lstrip().startswith("#"):
                continue
            try:
                there = missing & tomllib.loads(read).keys()
            except tomllib.TOMLDecodeError:
                continue  # in the middle of a text or list of several lines
            found |= dict.fromkeys(there, number)
            missing -= there
        return found


def usual_file(environment: Mapping[str, str]) -> Path:
    """``voice-triage/settings.toml`` where the user's settings lie, whether it is there or not."""
    folder = Path(environment.get("XDG_CONFIG_HOME") or "")
    if not folder.is_absolute():  # the XDG specification: a relative one is to be ignored
        folder = Path(os.path.expanduser("~")) / ".config"
    return folder / "voice-triage" / "settings.toml"


def read_settings(path: Path) -> SettingsFile:
    """Raises UsageError where it cannot be read, or is not TOML."""
    text = read_text(path, MOST_BYTES)
    try:
        return SettingsFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
        at = re.search(r" \(at line (\d+), column \d+\)$", reason)
        place = f"{path}:{at[1]}" if at else str(path)
        what = reason[: at.start()] if at else reason
        raise UsageError(f"{place}: {what}; write a setting as: rate = 140") from None
