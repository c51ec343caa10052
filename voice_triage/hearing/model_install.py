"""Puts a speech model in its place: from a local zip, a local folder, or the network.

The network is used only by ``download``, only when the person asked for that model by name.
"""

from __future__ import annotations

import logging
import shutil
import stat
import tempfile
import urllib.request
import zipfile
from pathlib import Path, PurePosixPath

from voice_triage.errors import ModelError
from voice_triage.hearing.model_store import (
    LocatedModel,
    ModelEntry,
    check_files,
    installed_root,
    registry,
    sha256_of,
)

log = logging.getLogger(__name__)

_TIMEOUT_S = 30.0
"""Without an answer for this long, the download is given up."""
_BLOCK_BYTES = 1 << 18
_LARGEST_UNPACKED_BYTES = 4 << 30
"""Larger than any Vosk model; a zip that unpacks to more is not one."""
_BY_HAND = "Or fetch the zip on another computer and run: voice-triage models install FILE.zip"


def install(source: str, root: Path | None = None) -> LocatedModel:
    """Install a model by name (from the network), zip file or folder; where it lies now."""
    place = root or installed_root()
    path = Path(source).expanduser()
    if path.is_dir():
        return _install_folder(path.resolve(), path.resolve().name, place)
    if path.is_file():
        return install_zip(path, place)
    entry = registry().models.get(source)
    if entry is None:
        raise ModelError(
            f"{source} is no zip file, no folder and no known model "
            f"({', '.join(registry().models)}). See: voice-triage models list"
        )
    if entry.bundled:
        raise ModelError(f"{source} comes with Voice Triage; there is nothing to install.")
    return download(entry, place)


def download(entry: ModelEntry, root: Path) -> LocatedModel:
    """Fetch a model of the registry; size and checksum must be those of the registry."""
    if not entry.url.startswith("https://"):
        raise ModelError(f"{entry.name}: no safe address to fetch it from. {_BY_HAND}")
    with _workplace(root) as place:
        archive = Path(place) / "model.zip"
        log.info("fetching %s, %d MB", entry.url, entry.bytes // 1_000_000)
        try:
            with (
                urllib.request.urlopen(entry.url, timeout=_TIMEOUT_S) as answer,
                archive.open("wb") as file,
            ):
                received = 0
                while (block := answer.read(_BLOCK_BYTES)) and received <= entry.bytes:
                    received += file.write(block)
        except OSError as error:
            raise ModelError(
                f"{entry.url} cannot be fetched ({error}). Check the network. {_BY_HAND}"
            ) from error
        _check_zip(archive, entry)
        return _unpack(archive, entry.name, root)


def install_zip(archive: Path, root: Path) -> LocatedModel:
    """Install a model from a zip; compared with the registry if it is a model known there."""
    size = archive.stat().st_size
    known = registry().models.values()
    alike = [e for e in known if e.url and (e.name == archive.stem or e.bytes == size)]
    if alike:
        _check_zip(archive, alike[0])
    return _unpack(archive, alike[0].name if alike else archive.stem, root)


def _check_zip(archive: Path, entry: ModelEntry) -> None:
    size = archive.stat().st_size
    if size != entry.bytes or sha256_of(archive) != entry.sha256:
        raise ModelError(
            f"{archive}: not the {entry.name} that is known ({size} bytes, {entry.bytes} "
            "expected, or another checksum). Fetch it again; nothing was installed."
        )


def _workplace(root: Path) -> tempfile.TemporaryDirectory[str]:
    """A hidden folder on the same disk, so that the last step is one rename."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix=".installing-", dir=root)
    except OSError as error:
        raise ModelError(
            f"{root}: cannot be written ({error}). Set VOICE_TRIAGE_MODELS."
        ) from error


def _unpack(archive: Path, name: str, root: Path) -> LocatedModel:
    with _workplace(root) as place:
        try:
            with zipfile.ZipFile(archive) as file:
                _check_members(file, archive)
                file.extractall(place)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            raise ModelError(f"{archive}: cannot be unpacked ({error}). Fetch it again.") from error
        found = [p.parent.parent for p in Path(place).rglob("am/final.mdl")]
        if len(found) != 1:
            raise ModelError(f"{archive}: holds {len(found)} Vosk models, not one.")
        return _move(found[0], name, root)


def _check_members(file: zipfile.ZipFile, archive: Path) -> None:
    """Refuse a zip that would write outside of its folder, hold links, or fill the disk."""
    for member in file.infolist():
        path = PurePosixPath(member.filename.replace("\\", "/"))
        linked = stat.S_ISLNK(member.external_attr >> 16)
        if path.is_absolute() or ".." in path.parts or ":" in member.filename or linked:
            raise ModelError(f"{archive}: unsafe entry {member.filename!r}; nothing was installed.")
    if sum(member.file_size for member in file.infolist()) > _LARGEST_UNPACKED_BYTES:
        raise ModelError(f"{archive}: too large to be a speech model; nothing was installed.")


def _install_folder(folder: Path, name: str, root: Path) -> LocatedModel:
    check_files(folder)
    with _workplace(root) as place:
        copy = Path(place) / "model"
        shutil.copytree(folder, copy)
        return _move(copy, name, root)


def _move(folder: Path, name: str, root: Path) -> LocatedModel:
    """The last step: the model appears whole or not at all."""
    check_files(folder)
    target = root / name
    if target.exists():
        raise ModelError(f"{target} is there already. Remove it first to install it again.")
    try:
        folder.rename(target)
    except OSError as error:
        raise ModelError(
            f"{target}: cannot be written ({error}). Nothing was installed."
        ) from error
    entry = registry().models.get(name)
    return LocatedModel(name, target, entry.unknown_token if entry else "[unk]", entry)
