"""Speech models by name: which there are, where they lie, whether they are whole."""

from __future__ import annotations

import hashlib
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from voice_triage.errors import ModelError
from voice_triage.places import data_folder

NEEDED_FILES = ("am/final.mdl", "conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst")
_STATIC_GRAPH = "graph/HCLG.fst"
_LIST = "See: voice-triage models list"


@dataclass(frozen=True, slots=True)
class FileSum:
    """What a file must be."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of models/registry.toml."""

    name: str
    title: str
    language: str
    licence: str
    bytes: int
    """Of all files together where bundled, of the zip otherwise."""
    unknown_token: str
    bundled: str = ""
    """Folder beside the registry; empty where the model has to be installed."""
    files: Mapping[str, FileSum] = field(default_factory=dict)
    """By path inside the folder; empty where unknown."""
    url: str = ""
    folder: str = ""
    """The one folder inside the zip."""
    sha256: str = ""
    """Of the zip."""


@dataclass(frozen=True, slots=True)
class LocatedModel:
    """A model that lies on this machine."""

    name: str
    folder: Path
    unknown_token: str = "[unk]"
    entry: ModelEntry | None = None
    """None for a folder of the user's own."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The models known by name."""

    default: str
    models: Mapping[str, ModelEntry]


def installed_root() -> Path:
    """Where ``models install`` puts models; $VOICE_TRIAGE_MODELS overrides it."""
    chosen = os.environ.get("VOICE_TRIAGE_MODELS")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "voice-triage" / "models"


@cache
def registry() -> Registry:
    """The registry that came with this program."""
    path = data_folder("models") / "registry.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        models = {name: _entry(name, row) for name, row in data["models"].items()}
        return Registry(data["default"], models)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path}: the list of models cannot be read ({error}). Install Voice Triage again."
        ) from error


def _entry(name: str, row: Mapping[str, object]) -> ModelEntry:
    renamed = {("unknown_token" if key == "unknown" else key): v for key, v in row.items()}
    sums = renamed.pop("files", {})
    if not isinstance(sums, dict):
        raise TypeError(f"{name}: files is no table")
    listed = {path: FileSum(**file_sum) for path, file_sum in sums.items()}
    return ModelEntry(name=name, files=listed, **renamed)  # type: ignore[arg-type]


def folder_of(entry: ModelEntry) -> Path:
    """Where a model of the registry lies, or would lie once installed."""
    return data_folder("models") / entry.bundled if entry.bundled else installed_root() / entry.name


def model_of(language: str) -> str:
    """The name of a model of ``language``: the default one, or the first in the registry."""
    known = registry()
    for name in (known.default, *known.models):
        if known.models[name].language.partition("-")[0] == language.partition("-")[0]:
            return name
    raise ModelError(
        f"No speech model of the language “{language}” is known. Name its folder with --model, or "
        "add it to models/registry.toml. Typing needs none: voice-triage run --input keyboard"
    )


def locate(name_or_folder: str | None = None, language: str | None = None) -> LocatedModel:
    """The model of this name or in this folder, known to be usable; by default one of ``language``,
    or the bundled one."""
    known = registry()
    wanted = name_or_folder or (model_of(language) if language else known.default)
    entry = known.models.get(wanted)
    if entry:
        located = LocatedModel(entry.name, folder_of(entry), entry.unknown_token, entry)
        if not located.folder.is_dir() and not entry.bundled:
            raise ModelError(
                f"The speech model {wanted} is not installed. "
                f"Install it with: voice-triage models install {wanted}"
            )
    else:
        folder = Path(wanted).expanduser()
        own = installed_root() / wanted
        if not folder.is_dir() and "/" not in wanted and own.is_dir():
            folder = own
        if not folder.is_dir():
            raise ModelError(
                f"{wanted} is neither a folder nor a known speech model "
                f"({', '.join(known.models)}). {_LIST}"
            )
        located = LocatedModel(folder.resolve().name, folder.resolve())
    check_files(located.folder)
    return located


def check_files(folder: Path) -> None:
    """Raise ModelError unless ``folder`` holds a model that can take grammars.

    Vosk itself would only say “Failed to create a model”, and with a static graph it would listen
    for any words whatever the question.
    """
    if not folder.is_dir():
        raise ModelError(f"{folder}: there is no such folder. {_LIST}")
    missing = [name for name in NEEDED_FILES if not (folder / name).is_file()]
    if (folder / _STATIC_GRAPH).is_file() and missing:
        raise ModelError(
            f"{folder}: this model has a static graph (HCLG.fst) and cannot limit itself to the "
            f"answers of a question. Choose one with HCLr.fst and Gr.fst. {_LIST}"
        )
    if missing:
        raise ModelError(
            f"{folder}: not a usable Vosk model, it lacks {', '.join(missing)}. "
            f"Give the folder that holds am, conf and graph. {_LIST}"
        )


def verify(model: LocatedModel) -> int:
    """Compare every listed file with the registry; the number of files compared.

    Raises ModelError naming each file that is missing or changed. 0: nothing is known of it.
    """
    check_files(model.folder)
    entry = model.entry or _copied_from(model.folder)
    sums = entry.files if entry else {}
    wrong = [name for name, wanted in sums.items() if _sum(model.folder / name) != wanted]
    if wrong:
        raise ModelError(
            f"{model.folder}: missing or damaged: {', '.join(wrong)}. "
            "Install Voice Triage, or this model, again."
        )
    return len(sums)


def _copied_from(folder: Path) -> ModelEntry | None:
    """The model that ``folder`` is a copy of, perhaps a damaged one: most files have its sizes."""
    for entry in registry().models.values():
        sizes = {name: wanted.bytes for name, wanted in entry.files.items()}
        same = sum(_size(folder / name) == size for name, size in sizes.items())
        if sizes and same > len(sizes) / 2:
            return entry
    return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _sum(path: Path) -> FileSum | None:
    try:
        return FileSum(path.stat().st_size, sha256_of(path))
    except OSError:
        return None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def installed() -> tuple[LocatedModel, ...]:
    """Every model that lies on this machine, the bundled ones first."""
    known = registry().models
    found = {e.name: LocatedModel(e.name, folder_of(e), e.unknown_token, e) for e in known.values()}
    root = installed_root()
    if root.is_dir():
        for folder in sorted(root.iterdir()):
            if folder.is_dir() and not folder.name.startswith("."):
                found.setdefault(folder.name, LocatedModel(folder.name, folder))
    return tuple(model for model in found.values() if model.folder.is_dir())
