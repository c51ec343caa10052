"""Deliberately broken dialogs: the shipped file with a small edit, and what the checker says."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from voice_triage.content.dialog import Dialog
from voice_triage.content.library import DEFAULT_DIALOG, load_dialog, read_yaml
from voice_triage.content.words import Words
from voice_triage.conversation.effects import SupportsInterpret
from voice_triage.errors import DialogError, Problem
from voice_triage.places import data_folder
from voice_triage.review.lint import lint_dialog

SHIPPED = data_folder("dialogs") / DEFAULT_DIALOG
SHIPPED_TEXT = SHIPPED.read_text(encoding="utf-8")


def shipped_data() -> dict[str, Any]:
    """The shipped dialog as plain dicts and lists, free to be changed; quick, without lines."""
    return deepcopy(_shipped_data())


@cache
def _shipped_data() -> dict[str, Any]:
    data = _plain(read_yaml(SHIPPED))
    assert isinstance(data, dict)
    return data


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(value) for value in node] if isinstance(node, list) else node


class Broken:
    """The shipped dialog with edits; lines are found by what stands on them."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "broken.en.yaml"
        self.text = SHIPPED_TEXT

    def replace(self, old: str, new: str, *, after: str = "") -> Broken:
        """Replace the only ``old`` (or the first one after the only ``after``)."""
        start = self._only(after) if after else 0
        if not after:
            self._only(old)
        at = self.text.find(old, start)
        assert at >= 0, f"the shipped dialog has no {old!r} after {after!r}"
        self.text = self.text[:at] + new + self.text[at + len(old) :]
        return self

    def cut(self, first: str, before: str) -> Broken:
        """Remove everything from ``first`` up to ``before``."""
        start, end = self._only(first), self._only(before)
        assert start < end
        self.text = self.text[:start] + self.text[end:]
        return self

    def move(self, first: str, before: str, to: str) -> Broken:
        """Move everything from ``first`` up to ``before`` to stand before ``to``."""
        start, end = self._only(first), self._only(before)
        moved = self.text[start:end]
        self.text = self.text[:start] + self.text[end:]
        return self.replace(to, moved + to)

    def line(self, marker: str, *, after: str = "") -> int:
        """The line on which ``marker`` stands, the first one after ``after``."""
        start = self._only(after) if after else 0
        at = self.text.find(marker, start)
        assert at >= 0, f"no {marker!r} in the broken dialog"
        return self.text.count("\n", 0, at) + 1

    def dialog(self) -> Dialog:
        self.path.write_text(self.text, encoding="utf-8")
        return load_dialog(self.path)

    def problems(
        self,
        words: Words | None = None,
        interpreter: SupportsInterpret | None = None,
        known: Callable[[str], bool] | None = None,
    ) -> tuple[Problem, ...]:
        try:
            return lint_dialog(self.dialog(), words, interpreter, known)
        except DialogError as error:
            return error.problems

    def _only(self, text: str) -> int:
        count = self.text.count(text)
        assert count == 1, f"{text!r} is in the shipped dialog {count} times, not once"
        return self.text.index(text)


def found(problems: tuple[Problem, ...]) -> set[tuple[str, int]]:
    """Codes with their lines."""
    return {(problem.code, problem.line) for problem in problems}
