"""Every setting of a session, declared once: flags, variables and the file are made from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from voice_triage.app.settings.kinds import (
    ExistingFile,
    Kind,
    NameOrFolder,
    Text,
    Texts,
    WholeNumber,
    WordOrSoundFile,
    YesNo,
)
from voice_triage.conversation.state import DEFAULT_RATE_WPM, FASTEST_RATE_WPM, SLOWEST_RATE_WPM

VARIABLE_PREFIX = "VOICE_TRIAGE_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be chosen."""

    field: str
    """The attribute of ``SessionSettings``."""
    name: str
    """The key in the file, and the flag without its dashes."""
    default: object
    kind: Kind
    help: str
    in_demo: bool
    """``demo`` has it too."""
    kept: bool
    """Can stand in the file or in a variable; otherwise it is a flag only."""

    @property
    def flag(self) -> str:
        return f"--{self.name}"

    @property
    def variable(self) -> str:
        return VARIABLE_PREFIX + self.name.replace("-", "_").upper()


def _setting(
    default: object,
    kind: Kind,
    help: str,
    *,
    name: str = "",
    in_demo: bool = False,
    kept: bool = True,
) -> Any:
    """A field of ``SessionSettings``; ``name`` where it is not just the field's."""
    about = {"name": name, "kind": kind, "help": help, "in_demo": in_demo, "kept": kept}
    return field(default=default, metadata=about)


_RATES = WholeNumber(SLOWEST_RATE_WPM, FASTEST_RATE_WPM, "words a minute", "WPM")
_DEVICE = Text("NAME", "part of a name that voice-triage devices lists")


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """One session's choices. A new setting is one more line here."""

    input: str = _setting("mic", WordOrSoundFile(("mic", "keyboard")), "where answers come from")
    output: str = _setting(
        "speaker", WordOrSoundFile(("speaker", "silent")), "where speech goes to", in_demo=True
    )
    dialog: Path | None = _setting(  # noqa: RUF009 (a field)
        None, ExistingFile("FILE", "the path of a dialog file"), "another dialog file", in_demo=True
    )
    model: str | None = _setting(
        None,
        NameOrFolder("NAME|DIR", "a name that voice-triage models list shows, or a folder"),
        "speech model by name or folder (default: bundled)",
        in_demo=True,
    )
    rate_wpm: int = _setting(DEFAULT_RATE_WPM, _RATES, "words a minute", name="rate", in_demo=True)
    region: str | None = _setting(
        None,
        Text("REGION", "a region of the dialog, such as US, UK or EU"),
        "country for the emergency number: US, UK, EU, … (default: by the language setting)",
        in_demo=True,
    )
    standby: bool = _setting(False, YesNo(), "wait for “help” or a key, session after session")
    wake: tuple[str, ...] = _setting(
        (),
        Texts("PHRASE", "words to be said, such as help me"),
        "start a session at standby when this is said (again for more; default: the dialog's)",
    )
    require_mic: bool = _setting(False, YesNo(), "exit with code 3 if there is no microphone")
    story: bool = _setting(False, YesNo(), "begin by asking what is wrong, in your own words")
    large_print: bool = _setting(False, YesNo(), "few words a line, bold")
    microphone: str | None = _setting(
        None, _DEVICE, "part of the device's name (default: the system's)"
    )
    speaker: str | None = _setting(
        None, _DEVICE, "part of the device's name (default: the system's)"
    )
    json: bool = _setting(
        False,
        YesNo(),
        "events as JSON lines on standard output, and nothing else there",
        in_demo=True,
        kept=False,
    )
    origins: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """By field, where its value comes from, for messages about it."""

    def origin(self, name: str) -> str:
        """What to call the setting of that field in a message: ``--region``, ``FILE:3: region``."""
        flag = next(s.flag for s in SETTINGS if s.field == name)
        return self.origins.get(name, flag)


SETTINGS: tuple[Setting, ...] = tuple(
    Setting(
        f.name,
        f.metadata["name"] or f.name.replace("_", "-"),
        f.default,
        f.metadata["kind"],
        f.metadata["help"],
        f.metadata["in_demo"],
        f.metadata["kept"],
    )
    for f in fields(SessionSettings)
    if "kind" in f.metadata
)
