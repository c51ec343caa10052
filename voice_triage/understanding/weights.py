"""The trained weights of the reader: tables that the trainer wrote and the reader adds up.

A table has one column for each class but the first, which all others are measured against, and a
row for each place a feature can have. Written as text: a first line for people and version control,
one line of JSON about the tables, then the weights, a printable character each.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from voice_triage.content.dialog import Dialog, Finding
from voice_triage.errors import ModelError, UsageError
from voice_triage.files import MOST_WEIGHTS_BYTES, read_bytes
from voice_triage.places import data_folder
from voice_triage.understanding.features import read_classes
from voice_triage.values import FindingKind

TITLE = "Voice Triage reader, version 1: made by scripts/train, do not edit"
ASKED, MENTIONED = "asked", "mentioned"
FILE, CLASSES_FILE = "weights.txt", "word-classes.txt"
MOST = 46
"""A weight is a whole number from -MOST to MOST, times the table's unit."""
_ZERO = ord("O")
"""The character of a weight of zero: 46 characters to either side are printable ASCII."""
_LINE = 128


@dataclass(frozen=True)
class Table:
    """Softmax regression over hashed features."""

    classes: tuple[str, ...]
    biases: tuple[float, ...]
    """One for each class; the first is zero."""
    unit: float
    size: int
    """Rows; a power of two."""
    columns: tuple[array[int], ...]
    """One for each class but the first."""

    def shares(self, places: Sequence[int]) -> dict[str, float]:
        """How likely each class is for features at ``places``; together one."""
        totals = [0.0]
        for bias, column in zip(self.biases[1:], self.columns, strict=True):
            totals.append(bias + self.unit * sum(map(column.__getitem__, places)))
        most = max(totals)
        powers = [math.exp(total - most) for total in totals]
        whole = sum(powers)
        return {c: power / whole for c, power in zip(self.classes, powers, strict=True)}

    def weight(self, place: int, of: str, against: str) -> float:
        """What the feature at ``place`` says for class ``of`` and against another."""
        return self._weight(place, of) - self._weight(place, against)

    def _weight(self, place: int, of: str) -> float:
        at = self.classes.index(of)
        return self.unit * self.columns[at - 1][place] if at else 0.0


@dataclass(frozen=True)
class Weights:
    """All tables of one reader, by name."""

    tables: Mapping[str, Table]
    material: str
    """``sha256:…`` over what the trainer read, itself included."""
    classes: Mapping[str, int] = field(default_factory=dict, repr=False)
    """The class of like meaning that a word belongs to."""

    @classmethod
    def read(cls, folder: Path) -> Weights:
        """Raises ModelError where the file is missing, of another version or damaged."""
        path = folder / FILE
        classes = folder / CLASSES_FILE
        try:
            known = read_classes(_text(classes)) if classes.exists() else {}
            title, head, body = read_bytes(path, MOST_WEIGHTS_BYTES).split(b"\n", 2)
        except OSError as error:
            raise _broken(path, error.strerror or str(error)) from error
        except UsageError as error:
            raise ModelError(str(error)) from None
        except ValueError:
            raise _broken(path, "it is cut short") from None
        if title.decode("ascii", "replace") != TITLE:
            raise _broken(path, f"it does not begin with “{TITLE}”")
        try:
            about = json.loads(head)
            tables = _tables(about, body.replace(b"\n", b""))
            return cls(tables, str(about["material"]), known)
        except (ValueError, KeyError, TypeError) as error:
            raise _broken(path, f"its tables cannot be read: {error}") from error

    @classmethod
    def of(cls, dialog: Dialog) -> Weights:
        """The trained reader of a dialog: beside its file where it has its own, else the shipped
        one of its language. ModelError where there is none, or it is damaged."""
        name = f"reader-{dialog.language}"
        own = Path(dialog.file).parent / name
        folder = own if (own / FILE).is_file() else data_folder("models") / name
        if not (folder / FILE).is_file():
            raise ModelError(
                f"There is no reader for {dialog.file}, neither in {folder} nor in {own}. Make "
                f"one: scripts/train --dialog {dialog.file} --replies FOLDER --into {own}"
            )
        weights = cls.read(folder)
        unknown = [f.id for f in dialog.findings.values() if not weights.has_learned(f)]
        if unknown:
            raise ModelError(
                f"{folder}: this reader has not learned {', '.join(unknown)}. Train one with: "
                f"scripts/train --dialog {dialog.file} --replies FOLDER --into {own}"
            )
        return weights

    def has_learned(self, finding: Finding) -> bool:
        """Was it trained for this finding, with all its options?"""
        if finding.kind is FindingKind.YES_NO:
            return finding.id in self.tables[MENTIONED].classes
        table = self.tables.get(finding.id)
        return table is not None and set(finding.options) <= set(table.classes)

    def write(self, folder: Path) -> None:
        about = {
            "material": self.material,
            "tables": [
                {
                    "name": name,
                    "classes": table.classes,
                    "biases": [round(bias, 3) for bias in table.biases],
                    "unit": table.unit,
                    "size": table.size,
                }
                for name, table in self.tables.items()
            ],
        }
        columns = (column for table in self.tables.values() for column in table.columns)
        body = "".join(chr(_ZERO + weight) for column in columns for weight in column)
        lines = (body[at : at + _LINE] for at in range(0, len(body), _LINE))
        text = "\n".join([TITLE, json.dumps(about), *lines, ""])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(text.encode("ascii"))


def _text(path: Path) -> str:
    return read_bytes(path, MOST_WEIGHTS_BYTES).decode("utf-8")


def _tables(about: Mapping[str, object], body: bytes) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    at = 0
    signed = bytes((code - _ZERO) % 256 for code in range(256))
    weights = memoryview(body.translate(signed)).cast("b")
    described = about["tables"]
    assert isinstance(described, list)
    for table in described:
        size, classes = int(table["size"]), tuple(table["classes"])
        columns = []
        for _ in classes[1:]:
            column = array("b", weights[at : at + size].tobytes())
            if len(column) != size:
                raise ValueError("weights are missing at the end")
            columns.append(column)
            at += size
        tables[str(table["name"])] = Table(
            classes, tuple(map(float, table["biases"])), float(table["unit"]), size, tuple(columns)
        )
    if at != len(body):
        raise ValueError("there are more weights than tables for them")
    return tables


def _broken(path: Path, why: str) -> ModelError:
    return ModelError(f"{path}: cannot be used, {why}. Make it anew with: scripts/train")
