"""Patient files (vignettes): YAML to values. The format is part of the contract, see README."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voice_triage.content.dialog import CLARIFY, CONFIRM, STORY, Dialog
from voice_triage.content.library import read_yaml
from voice_triage.content.reading.fields import FileReader, is_number, line_of
from voice_triage.errors import PatientFileError, Problem
from voice_triage.review.lint.minimal import ways
from voice_triage.values import FindingId, FindingKind, FindingValue, Level, Reply

KEYS = (
    *("id", "title", "expect", "findings", "says", "own_words", "manner", "interrupt"),
    *("silent_on", "source", "note", "tags"),
)
_MANNER = ("yes", "no", "unsure")


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Words said instead of the answer that follows ``after_question`` answered questions."""

    after_question: int
    words: str


@dataclass(frozen=True, slots=True)
class Lines:
    """What a patient says to one question."""

    said: tuple[str, ...]
    """First, second, third time that it is asked."""
    goes_on: bool
    """The last words are said again as often as it is asked; otherwise these words are the first
    answer only, and asked again the patient answers plainly."""


@dataclass(frozen=True, slots=True)
class Patient:
    """One vignette."""

    id: str
    title: str
    expect: Level
    findings: Mapping[FindingId, FindingValue]
    says: Mapping[str, Lines] = field(default_factory=dict)
    """By question or finding, ``story``, ``clarify`` or ``confirm``."""
    own_words: bool = False
    """Never answers in textbook words, also when asked again."""
    manner: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How this patient says yes, no and unsure where ``says`` has nothing; in turn."""
    interrupt: Interrupt | None = None
    silent_on: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()


def load_patients(paths: Sequence[Path], dialog: Dialog) -> tuple[Patient, ...]:
    """All patients of the files (one or a list in each); PatientFileError lists all problems."""
    patients: list[Patient] = []
    problems: list[Problem] = []
    for path in paths:
        reader = _PatientReader(str(path), dialog, {p.id for p in patients})
        patients += reader.patients(read_yaml(path))
        problems += reader.problems
    if problems:
        raise PatientFileError(problems)
    return tuple(patients)


class _PatientReader(FileReader):
    """Takes patients out of one file. Codes V001-V006."""

    def __init__(self, file: str, dialog: Dialog, ids: set[str]) -> None:
        super().__init__(file, ("V001", "V002", "V003"))
        self._dialog, self._ids = dialog, ids
        self._places = {*dialog.findings, *dialog.question_by_id, STORY, CLARIFY, CONFIRM}

    def patients(self, data: Any) -> Iterator[Patient]:
        nodes = data if isinstance(data, Sequence) and not isinstance(data, str) else [data]
        for node in nodes:
            body = self.mapping(node, "patient", line_of(node))
            if body:
                yield self._patient(body)

    def _patient(self, node: Mapping[str, Any]) -> Patient:
        name = self.text(node, "id", "patient")
        self.known_keys(node, KEYS, name)
        if name in self._ids:
            message = "this patient id is used twice; rename one"
            self.report("V004", name, message, line_of(node, "id"))
        self._ids.add(name)
        level = self.choice(node, "expect", name, [level.id for level in Level], "V005")
        own_words = self.flag(node, "own_words", name)
        says = self._optional(node, "says", name)
        silent_on = self.texts(node, "silent_on", name, default=())
        for place in (*says, *silent_on):
            if place not in self._places:
                message = f"'{place}' is neither a question nor a finding"
                self.report("V006", name, message, line_of(says, place))
        manner = self._optional(node, "manner", name)
        self.known_keys(manner, _MANNER, name)
        return Patient(
            name,
            self.text(node, "title", name, ""),
            Level.from_id(level or Level.SELF_CARE.id),
            self._findings(self._optional(node, "findings", name), name),
            {
                str(place): Lines(
                    self._said(says, place, name), own_words or not isinstance(said, str)
                )
                for place, said in says.items()
            },
            own_words,
            {str(reply): self._said(manner, reply, name) for reply in manner},
            self._interrupt(node, name),
            frozenset(silent_on),
            self.texts(node, "tags", name, default=()),
        )

    def _optional(self, node: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
        value = node.get(key)
        return {} if value is None else self.mapping(value, where, line_of(node, key))

    def _said(self, node: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        """One text, or a list of texts."""
        value = node[key]
        said = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
        if said and all(isinstance(text, str | int | float) for text in said):
            return tuple(map(str, said))
        message = f"'{key}' must be a text or a list of texts"
        self.report("V003", where, message, line_of(node, key))
        return ()

    def _interrupt(self, node: Mapping[str, Any], where: str) -> Interrupt | None:
        if node.get("interrupt") is None:
            return None
        body = self.mapping(node["interrupt"], where, line_of(node, "interrupt"))
        self.known_keys(body, ("after_question", "words"), where)
        after = int(self.number(body, "after_question", where))
        return Interrupt(after, self.text(body, "words", where))

    def _findings(self, named: Mapping[str, Any], where: str) -> dict[FindingId, FindingValue]:
        """What the patient has: what is named, what follows from it, and usual values."""
        known = self._dialog.findings
        found: dict[FindingId, FindingValue] = {
            f: Reply.NO for f, finding in known.items() if finding.kind is FindingKind.YES_NO
        }
        found |= self._dialog.usual
        for name, value in named.items():
            if name not in known:
                message = f"finding '{name}' is unknown; use one of {', '.join(known)}"
                self.report("V006", where, message, line_of(named, name))
                continue
            try:
                found[FindingId(name)] = _value(self._dialog, FindingId(name), value)
            except ValueError as error:
                self.report("V003", where, f"'{name}': {error}", line_of(named, name))
        for finding in known.values():  # what a derived one that is named is derived from
            if finding.derived is not None and found.get(finding.id) is Reply.YES:
                way = next(iter(ways(finding.derived)), {})
                found.update({f: value for f, value in way.items() if f not in named})
        return found


def _value(dialog: Dialog, name: FindingId, value: object) -> FindingValue:
    finding = dialog.findings[name]
    if value == Reply.UNSURE.value:
        return Reply.UNSURE
    if finding.kind is FindingKind.YES_NO:
        # YAML 1.2 keeps yes and no as texts; true and false are what they look like.
        word = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        if word not in ("yes", "no"):
            raise ValueError(f"{value!r} is not yes, no or unsure")
        return Reply(str(word))
    if finding.kind is FindingKind.CHOICE:
        listed = value if isinstance(value, list | tuple) else (value,)
        if not listed or not all(option in finding.options for option in listed):
            raise ValueError(f"{value!r} is none of {', '.join(finding.options)}")
        return tuple(map(str, listed))
    if not is_number(value) or value < 0:
        raise ValueError(f"{value!r} is not a number")
    if finding.kind is FindingKind.SEVERITY and value > 10:
        raise ValueError(f"{value!r} is not between 0 and 10")
    return float(value)
