"""Patient files (vignettes): YAML to values. The format is part of the contract, see README."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voice_triage.content.dialog import Dialog
from voice_triage.content.fields import line_of
from voice_triage.content.library import read_yaml
from voice_triage.content.nodes import CLARIFY, CONFIRM, STORY
from voice_triage.errors import PatientFileError
from voice_triage.review.lint.minimal import ways
from voice_triage.values import FindingId, FindingKind, FindingValue, Level, Reply

IGNORED_KEYS = frozenset({"source", "note", "tags"})
_KEYS = frozenset(
    {"id", "title", "expect", "findings", "says", "own_words", "manner", "interrupt", "silent_on"}
)
_MANNER = ("yes", "no", "unsure")


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Words said instead of the answer that follows ``after_question`` answered questions."""

    after_question: int
    words: str


@dataclass(frozen=True, slots=True)
class Words:
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
    says: Mapping[str, Words] = field(default_factory=dict)
    """By question or finding, ``story``, ``clarify`` or ``confirm``."""
    own_words: bool = False
    """Never answers in textbook words, also when asked again."""
    manner: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How this patient says yes, no and unsure where ``says`` has nothing; in turn."""
    interrupt: Interrupt | None = None
    silent_on: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()


def load_patients(paths: Sequence[Path], dialog: Dialog) -> tuple[Patient, ...]:
    """All patients of the files (one or a list in each); PatientFileError says file and line."""
    patients = tuple(p for path in paths for p in _load(path, dialog))
    seen: set[str] = set()
    for patient in patients:
        if patient.id in seen:
            raise PatientFileError(f"patient id '{patient.id}' is used twice; rename one")
        seen.add(patient.id)
    return patients


def _load(path: Path, dialog: Dialog) -> Iterator[Patient]:
    data = read_yaml(path)
    nodes = data if isinstance(data, Sequence) and not isinstance(data, str) else [data]
    for node in nodes:
        yield _parse(node, path, dialog)


def _parse(node: Any, path: Path, dialog: Dialog) -> Patient:
    def wrong(message: str, key: str | None = None) -> PatientFileError:
        return PatientFileError(f"{path}:{line_of(node, key)}: {message}")

    if not isinstance(node, Mapping):
        raise wrong("expected a patient (keys and values) or a list of patients")
    for key in node:
        if key not in _KEYS | IGNORED_KEYS:
            allowed = ", ".join(sorted(_KEYS | IGNORED_KEYS))
            raise wrong(f"key '{key}' is unknown; use one of {allowed}", key)
    for key in ("id", "expect"):
        if not isinstance(node.get(key), str):
            raise wrong(f"'{key}' is missing or not a text; add it", key)
    try:
        expect = Level.from_id(node["expect"])
    except KeyError:
        levels = ", ".join(level.id for level in Level)
        raise wrong(
            f"'expect: {node['expect']}' is no level; use one of {levels}", "expect"
        ) from None
    named = node.get("findings") or {}
    if not isinstance(named, Mapping):
        raise wrong("'findings' must be keys and values", "findings")
    findings: dict[FindingId, FindingValue] = {
        f: Reply.NO for f, finding in dialog.findings.items() if finding.kind is FindingKind.YES_NO
    }
    findings |= dialog.usual
    for name, value in named.items():
        if name not in dialog.findings:
            at = line_of(named, name)
            known = ", ".join(dialog.findings)
            raise PatientFileError(f"{path}:{at}: finding '{name}' is unknown; use one of {known}")
        try:
            findings[name] = _value(dialog, name, value)
        except ValueError as error:
            raise PatientFileError(f"{path}:{line_of(named, name)}: '{name}': {error}") from None
    _imply(dialog, findings, named)
    says = node.get("says") or {}
    places = {*dialog.findings, *dialog.question_by_id, STORY, CLARIFY, CONFIRM}
    silent_on = node.get("silent_on") or ()
    own_words = node.get("own_words", False)
    if not isinstance(own_words, bool):
        raise wrong("'own_words' must be true or false", "own_words")
    manner = node.get("manner") or {}
    if not isinstance(manner, Mapping) or not set(manner) <= set(_MANNER):
        raise wrong(f"'manner' must have lists of words for {', '.join(_MANNER)}", "manner")
    if isinstance(silent_on, str) or not isinstance(says, Mapping):
        raise wrong("'says' must be keys and values, 'silent_on' a list")
    for name in (*says, *silent_on):
        if name not in places:
            raise wrong(f"'{name}' is neither a question nor a finding", "says")
    interrupt = node.get("interrupt")
    if interrupt is not None:
        try:
            interrupt = Interrupt(int(interrupt["after_question"]), str(interrupt["words"]))
        except (TypeError, KeyError, ValueError):
            message = "'interrupt' needs after_question (a number) and words"
            raise wrong(message, "interrupt") from None
    return Patient(
        node["id"],
        str(node.get("title", "")),
        expect,
        findings,
        {
            str(key): Words(
                _texts(value, key, wrong),
                own_words or (isinstance(value, Sequence) and not isinstance(value, str)),
            )
            for key, value in says.items()
        },
        own_words,
        {str(key): _texts(value, "manner", wrong) for key, value in manner.items()},
        interrupt,
        frozenset(map(str, silent_on)),
        tuple(map(str, node.get("tags") or ())),
    )


def _texts(
    value: object, key: str, wrong: Callable[[str, str | None], PatientFileError]
) -> tuple[str, ...]:
    """One text, or a list of texts."""
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    if not listed or not all(isinstance(text, str | int | float) for text in listed):
        raise wrong(f"'{key}' must be a text or a list of texts", key)
    return tuple(map(str, listed))


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
        if not listed or not set(listed) <= set(finding.options):
            raise ValueError(f"{value!r} is none of {', '.join(finding.options)}")
        return tuple(map(str, listed))
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError(f"{value!r} is not a number")
    if finding.kind is FindingKind.SEVERITY and value > 10:
        raise ValueError(f"{value!r} is not between 0 and 10")
    return float(value)


def _imply(
    dialog: Dialog, findings: dict[FindingId, FindingValue], named: Mapping[str, object]
) -> None:
    """Make what a derived finding is derived from agree with it, where the file names only it."""
    for finding in dialog.findings.values():
        if finding.derived is None or findings.get(finding.id) is not Reply.YES:
            continue
        way = next(iter(ways(finding.derived)), {})
        findings.update({f: value for f, value in way.items() if f not in named})
