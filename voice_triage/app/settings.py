"""What the person chose for a session, and how the country is told from the machine's settings."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from voice_triage.content.dialog import Dialog, Region
from voice_triage.conversation.state import DEFAULT_RATE_WPM, FASTEST_RATE_WPM, SLOWEST_RATE_WPM
from voice_triage.errors import UsageError

_TERRITORIES = {"GB": "UK", "CA": "CA", "AU": "AU", "NZ": "NZ"}
"""Territories of a language setting that name a country whose number differs from 112.

``en_US`` is not among them: it is the setting of many machines outside the United States, so it
leads to the region ``en-US``, which names both numbers.
"""


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """One session's choices."""

    input: str = "mic"
    """``mic``, ``keyboard`` or the path of a WAV file."""
    output: str = "speaker"
    """``speaker``, ``silent`` or the path of a WAV file to write."""
    dialog: Path | None = None
    model: str | None = None
    rate_wpm: int = DEFAULT_RATE_WPM
    region: str | None = None
    standby: bool = False
    wake: Sequence[str] = ()
    """Phrases that start a session at standby; none: those of the dialog."""
    require_mic: bool = False
    json: bool = False
    story: bool = False
    large_print: bool = False
    microphone: str | None = None
    speaker: str | None = None
    """Part of a device's name; None is the system's default."""

    @classmethod
    def of(cls, options: argparse.Namespace) -> SessionSettings:
        """From the arguments of a command, as many of them as it has; UsageError for a bad one."""
        chosen = {f.name: getattr(options, f.name) for f in fields(cls) if hasattr(options, f.name)}
        checked_rate(chosen.get("rate_wpm", DEFAULT_RATE_WPM))
        return cls(**chosen)


def checked_rate(words_per_minute: int) -> int:
    """``words_per_minute`` if the voice can speak so; UsageError otherwise."""
    if SLOWEST_RATE_WPM <= words_per_minute <= FASTEST_RATE_WPM:
        return words_per_minute
    raise UsageError(
        f"--rate {words_per_minute}: use {SLOWEST_RATE_WPM} to {FASTEST_RATE_WPM} words a minute"
    )


def choose_region(
    dialog: Dialog, name: str | None, environment: Mapping[str, str] = os.environ
) -> Region:
    """The named region, or the one that the language setting tells; ``other`` if none does."""
    if name is not None:
        wanted = {"GB": "UK"}.get(name.upper(), name)
        for region in dialog.regions.values():
            if region.id.lower() == wanted.lower():
                return region
        known = ", ".join(dialog.regions)
        raise UsageError(f"--region {name}: unknown region; use one of {known}")
    setting = next(
        (environment[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(k)), ""
    )
    language, _, territory = setting.partition(".")[0].partition("_")
    guess = _TERRITORIES.get(territory, f"{language}-{territory}")
    return dialog.regions.get(guess, dialog.regions["other"])
