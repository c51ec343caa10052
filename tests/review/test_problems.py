"""``check_dialogs``: the dialog, its words file and the model's vocabulary together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.broken import SHIPPED, SHIPPED_TEXT
from voice_triage.errors import Problem, UsageError
from voice_triage.review import problems as check
from voice_triage.review.problems import check_dialog, check_dialogs


def test_language_without_a_words_file_is_a_problem(tmp_path):
    path = tmp_path / "dialog.xx.yaml"
    path.write_text(SHIPPED_TEXT.replace("\nlanguage: en\n", "\nlanguage: xx\n"), encoding="utf-8")
    (problem,) = check_dialog(path)
    line = SHIPPED_TEXT[: SHIPPED_TEXT.index("\nlanguage:")].count("\n") + 2
    assert (problem.code, problem.line, problem.where) == ("D169", line, "language")
    assert "xx.yaml" in problem.message


def test_unreadable_dialog_gives_its_problems(tmp_path):
    path = tmp_path / "dialog.en.yaml"
    path.write_text("schema: 1\nschema: 1\n", encoding="utf-8")
    assert [p.code for p in check_dialog(path)] == ["D007"]


def test_missing_file_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        check_dialog(tmp_path / "none.yaml")


def test_problems_in_the_words_file_have_a_line():
    problems = check_dialog(SHIPPED, lambda language: lambda word: word != "ambulance")
    (problem,) = [p for p in problems if p.where == "ambulance"]
    text = Path(problem.file).read_text(encoding="utf-8").splitlines()
    assert "ambulance" in text[problem.line - 1]


def test_shipped_dialog_is_checked_where_none_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(check, "_vocabulary", lambda name: lambda word: True)
    seen: list[Path] = []

    def note(path: Path, known: object) -> tuple[Problem, ...]:
        seen.append(path)
        return ()

    monkeypatch.setattr(check, "check_dialog", note)
    assert check_dialogs([]) == ()
    assert check_dialogs([tmp_path]) == ()
    assert seen == [SHIPPED, tmp_path]


@pytest.mark.native
def test_shipped_files_have_no_problems():
    assert [str(p) for p in check_dialogs([])] == []
