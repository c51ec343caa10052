"""Collects the problems of one dialog; finds the line, adds the advice of the code."""

from __future__ import annotations

from voice_triage.content.dialog import Dialog
from voice_triage.content.reading.fields import Place
from voice_triage.errors import Problem
from voice_triage.review.lint.catalogue import CODES


class Report:
    """Problems of one dialog, each reported once."""

    def __init__(self, dialog: Dialog) -> None:
        self._dialog = dialog
        self._problems: dict[Problem, None] = {}

    def add(self, code: str, path: Place, what: str, *, where: str = "") -> None:
        """``path``: keys from the top of the file; ``what``: what is wrong, without a full stop.

        ``where``: the id concerned, where the path does not name it (rules are a list).
        """
        message = f"{what}; {CODES[code].advice}"
        self.add_at(code, self._dialog.file, self.line(path), where or _where(path), message)

    def add_at(self, code: str, file: str, line: int, where: str, message: str) -> None:
        """A problem in another file, such as the words file."""
        self._problems[Problem(file, line, code, where, message)] = None

    def line(self, path: Place) -> int:
        """The line of ``path``, or of the nearest thing around it."""
        lines = self._dialog.lines
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path, 0)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._problems))


def _where(path: Place) -> str:
    """The id that people know: ``fever`` rather than ``questions.fever.again.1``."""
    names = [str(part) for part in path if isinstance(part, str)]
    if len(names) > 1 and names[0] in {"findings", "questions", "outcomes", "regions", "texts"}:
        return names[1]
    return names[0] if names else "dialog"
