"""What was chosen, and where: by flag, else in the environment, else in the file, else nowhere."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voice_triage.app.settings.kinds import NotAllowedError
from voice_triage.app.settings.session import SETTINGS, VARIABLE_PREFIX, SessionSettings, Setting
from voice_triage.app.settings.toml_file import SettingsFile, read_settings, usual_file
from voice_triage.errors import UsageError

DEFAULT = "default"
_FILE_VARIABLE = f"{VARIABLE_PREFIX}SETTINGS"
_OTHER_VARIABLES = frozenset(
    {_FILE_VARIABLE, f"{VARIABLE_PREFIX}MODELS", f"{VARIABLE_PREFIX}SHARED"}
)
"""Ours, but no settings of a session: the file itself, where models lie, data for the tests."""
_KEPT = {setting.name: setting for setting in SETTINGS if setting.kept}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The value of one setting."""

    setting: Setting
    value: object
    origin: str
    """``--rate``, ``VOICE_TRIAGE_RATE``, ``FILE:3`` or ``default``."""


def session_settings(
    options: argparse.Namespace, environment: Mapping[str, str] = os.environ
) -> SessionSettings:
    """The settings of a command with its flags; UsageError names all that is wrong."""
    chosen = choices(options, environment)
    named = {
        c.setting.field: c.origin
        if c.origin.startswith(("--", VARIABLE_PREFIX))
        else f"{c.origin}: {c.setting.name}"
        for c in chosen
        if c.origin != DEFAULT
    }
    return SessionSettings(**{c.setting.field: c.value for c in chosen}, origins=named)  # type: ignore[arg-type]


def choices(
    options: argparse.Namespace, environment: Mapping[str, str] = os.environ
) -> tuple[Chosen, ...]:
    """Every setting with its value and where that comes from, in the order of their declaration.

    All sources are checked, also what another one overrides. Raises UsageError with a line for
    each mistake.
    """
    file = _file(options, environment)
    collected = _Collected()
    if file is not None:
        collected.file(file)
    collected.variables(environment)
    collected.flags(options)
    if collected.problems:
        raise UsageError("\n".join(collected.problems))
    return tuple(collected.chosen.get(s.field, Chosen(s, s.default, DEFAULT)) for s in SETTINGS)


def settings_file(options: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> Path:
    """The file that was named, or the usual one, which need not be there."""
    named = getattr(options, "settings", None) or environment.get(_FILE_VARIABLE)
    return Path(named) if named else usual_file(environment)


def _file(options: argparse.Namespace, environment: Mapping[str, str]) -> SettingsFile | None:
    """None where the usual file is not there; one that was named has to be."""
    file = settings_file(options, environment)
    usual = file == usual_file(environment)
    return None if usual and not os.path.exists(file) else read_settings(file)


class _Collected:
    """What was found so far; a later source overrides an earlier one."""

    def __init__(self) -> None:
        self.chosen: dict[str, Chosen] = {}
        self.problems: list[str] = []

    def file(self, file: SettingsFile) -> None:
        lines = file.lines(file.values)
        for key, value in file.values.items():
            place = f"{file.path}:{lines[key]}" if key in lines else str(file.path)
            setting = _KEPT.get(key)
            if setting is None:
                self.problems.append(f"{place}: {key}: unknown setting; use one of {_names()}")
            else:
                self._take(setting, value, place, f"{place}: {key} = {value}", file.path.parent)

    def variables(self, environment: Mapping[str, str]) -> None:
        known = {setting.variable: setting for setting in _KEPT.values()}
        for name in sorted(environment):
            value = environment[name]
            if not name.startswith(VARIABLE_PREFIX) or name in _OTHER_VARIABLES or not value:
                continue
            if name in known:
                self._take(known[name], value, name, f"{name}={value}", Path())
            else:
                names = ", ".join(known)
                self.problems.append(f"{name}: unknown variable; use one of {names}")

    def flags(self, options: argparse.Namespace) -> None:
        for setting in SETTINGS:
            value = getattr(options, setting.field, None)
            if value is not None:
                said = f"{setting.flag} {value}"
                self._take(setting, value, setting.flag, said, Path())

    def _take(self, setting: Setting, value: object, origin: str, said: str, folder: Path) -> None:
        """``said`` is how a message quotes it; a relative path is one in ``folder``."""
        try:
            read = setting.kind.read(value, folder)
        except NotAllowedError as error:
            reason = f"{error}; " if str(error) else ""
            self.problems.append(f"{said}: {reason}use {setting.kind.allowed}")
            return
        self.chosen[setting.field] = Chosen(setting, read, origin)


def _names() -> str:
    return ", ".join(_KEPT)
