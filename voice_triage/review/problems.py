"""Everything that can be found wrong with dialog files before anybody is asked anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from voice_triage.content.library import DEFAULT_DIALOG, load_dialog, load_words
from voice_triage.errors import DialogError, ModelError, Problem
from voice_triage.files import read_text
from voice_triage.places import data_folder
from voice_triage.review.lint import lint_dialog
from voice_triage.review.lint.catalogue import CODES
from voice_triage.understanding.interpreter import Interpreter
from voice_triage.understanding.weights import Weights

KnownWord = Callable[[str], bool]
Vocabulary = Callable[[str], KnownWord | None]


def check_dialogs(paths: Sequence[Path], model_name: str | None = None) -> tuple[Problem, ...]:
    """All problems of ``paths`` (default: the shipped dialog), words against the model included.

    Raises UsageError where a file cannot be read, ModelError where the model cannot.
    """
    known = cache(lambda language: _vocabulary(model_name, language))
    chosen = paths or [data_folder("dialogs") / DEFAULT_DIALOG]
    return tuple(dict.fromkeys(p for path in chosen for p in check_dialog(path, known)))


def check_dialog(path: Path, vocabulary: Vocabulary | None = None) -> tuple[Problem, ...]:
    """All problems of one dialog file and of the words file of its language; ``vocabulary``: the
    words that a speech model of a language knows, None where there is no such model."""
    try:
        dialog = load_dialog(path)
    except DialogError as error:
        return error.problems
    file = data_folder("dialogs") / f"{dialog.language}.yaml"
    if not file.is_file():
        line = dialog.lines.get(("language",), 0)
        message = f"{file} does not exist; {CODES['D169'].advice}"
        return (*lint_dialog(dialog), Problem(str(path), line, "D169", "language", message))
    try:
        words = load_words(dialog.language)
    except DialogError as error:
        return (*lint_dialog(dialog), *error.problems)
    try:
        weights = Weights.of(dialog)
    except ModelError as error:
        return (*lint_dialog(dialog), Problem(str(path), 0, "D170", "findings", str(error)))
    # Answers such as “since Monday” need a date; any will do here.
    interpreter = Interpreter(dialog, words, weights, date(2024, 1, 1))
    known = None if vocabulary is None else vocabulary(dialog.language)
    found = lint_dialog(dialog, words, interpreter, known, phrase_file=str(file))
    if vocabulary is not None and known is None:
        line = dialog.lines.get(("language",), 0)
        message = f"nobody can speak with it, only type; {CODES['D171'].advice}"
        found = (*found, Problem(str(path), line, "D171", "language", message))
    lines = read_text(file).splitlines()
    return tuple(
        replace(problem, line=_line_of(problem.where, lines))
        if problem.file == str(file)
        else problem
        for problem in found
    )


def _line_of(word: str, lines: Sequence[str]) -> int:
    """The first line with ``word`` in it, remarks left out; 0 if there is none."""
    whole = re.compile(rf"(?<![\w~']){re.escape(word)}(?![\w'])")
    said = (line.partition(" #")[0] for line in lines)
    numbered = enumerate(said, start=1)
    return next((n for n, line in numbered if not line.startswith("#") and whole.search(line)), 0)


def _vocabulary(model_name: str | None, language: str) -> KnownWord | None:
    from voice_triage.hearing.model_store import locate, model_of
    from voice_triage.hearing.vosk_model import VoskModel

    if model_name is None:
        try:
            model_of(language)
        except ModelError:
            return None
    return VoskModel(locate(model_name, language)).known
