"""Everything that can be found wrong with dialog files before anybody is asked anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from voice_triage.core.interpret import Interpreter
from voice_triage.core.lint import lint_dialog
from voice_triage.core.lint.catalogue import CODES
from voice_triage.core.phrase_file import two_meanings
from voice_triage.errors import DialogError, Problem
from voice_triage.library import DEFAULT_DIALOG, data_folder, load_dialog, load_lexicon

KnownWord = Callable[[str], bool]

_QUOTED = re.compile("“([^”]+)”")


def check_dialogs(paths: Sequence[Path], model_name: str | None = None) -> tuple[Problem, ...]:
    """All problems of ``paths`` (default: the shipped dialog), words against the model included.

    Raises UsageError where a file cannot be read, ModelError where the model cannot.
    """
    known = _vocabulary(model_name)
    chosen = paths or [data_folder("dialogs") / DEFAULT_DIALOG]
    return tuple(dict.fromkeys(p for path in chosen for p in check_dialog(path, known)))


def check_dialog(path: Path, known: KnownWord | None = None) -> tuple[Problem, ...]:
    """All problems of one dialog file and of the phrase file of its language."""
    try:
        dialog = load_dialog(path)
    except DialogError as error:
        return error.problems
    phrases = data_folder("dialogs") / f"phrases.{dialog.language}.yaml"
    if not phrases.is_file():
        line = dialog.lines.get(("language",), 0)
        message = f"{phrases} does not exist; {CODES['D169'].advice}"
        missing = Problem(str(path), line, "D169", "language", message)
        return (*lint_dialog(dialog), missing)
    try:
        lexicon = load_lexicon(dialog.language)
    except DialogError as error:
        return (*lint_dialog(dialog), *error.problems)
    # Answers such as “since Monday” need a date; any will do here.
    today = date(2024, 1, 1)
    interpreter = Interpreter(lexicon, dialog.findings, dialog.lone_level, today=today)
    found = lint_dialog(dialog, lexicon, interpreter, known, phrase_file=str(phrases))
    return _located((*found, *two_meanings(lexicon, str(phrases))), phrases)


def _located(problems: Sequence[Problem], phrases: Path) -> tuple[Problem, ...]:
    """``problems`` with the lines of those in the phrase file, as far as its text shows them."""
    text = phrases.read_text(encoding="utf-8").splitlines()
    lines = [line.partition(" #")[0] if not line.startswith("#") else "" for line in text]
    return tuple(
        replace(p, line=_line_of(p, lines)) if p.file == str(phrases) and not p.line else p
        for p in problems
    )


def _line_of(problem: Problem, lines: Sequence[str]) -> int:
    """The first line with the phrase or word concerned, or else with its section."""
    quoted = _QUOTED.search(problem.message)
    wanted = [quoted[1]] if quoted else []
    wanted += [problem.where, f"{problem.where.rpartition('.')[2]}:"]
    for words in wanted:
        whole = re.compile(rf"(?<![\w~']){re.escape(words)}(?![\w'])")
        for number, line in enumerate(lines, start=1):
            if whole.search(line):
                return number
    return 0


def _vocabulary(model_name: str | None) -> KnownWord:
    from voice_triage.model_store import locate
    from voice_triage.speech.vosk_model import VoskModel

    return VoskModel(locate(model_name)).known
