"""Reading a words file reports every problem with its line, all of them at once."""

from __future__ import annotations

import pytest

from voice_triage.content.library import load_words
from voice_triage.errors import DialogError
from voice_triage.places import data_folder

SHIPPED = (data_folder("dialogs") / "en.yaml").read_text(encoding="utf-8")


def broken(folder, *edits):
    """The problems of the shipped words with ``edits``: code and the words on its line."""
    text = SHIPPED
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "en.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DialogError) as error:
        load_words("en", folder)
    lines = text.splitlines()
    return {(p.code, lines[p.line - 1].strip() if p.line else "") for p in error.value.problems}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("schema: 1", "schema: 2", "P005", "schema: 2"),
        ("schema: 1\n", "", "P005", ""),
        ("fillers: |", "filers: |", "P002", "filers: |"),
        ("  half: and a half, and half", "  half: [a]", "P003", "half: [a]"),
        ("  half: and a half, and half", "  half: and (a half", "P004", "half: and (a half"),
        ("    out_of: N [marks", "    out_of: N [[marks", "P004", "out_of: N [[marks"),
        ("  last_week: {7: last week,", "  last_week: {soon: last week,", "P003", "last_week: {"),
        ("  contrasts: but,", "  contrasts: but then,", "P003", "contrasts: but then,"),
        ("zero: 0, nought: 0,", "zero: none, nought: 0,", "P003", "zero: none,"),
        ("zero: 0, nought: 0,", "null: 0, nought: 0,", "P003", "values: {"),
        ("unsure: I don't know,", "", "P001", "plain: {"),
    ],
)
def test_a_mistake_has_its_code_and_line(tmp_path, old, new, code, line):
    found = broken(tmp_path, (old, new))
    assert any(code == c and at.startswith(line) for c, at in found), found


def test_all_mistakes_are_reported_at_once(tmp_path):
    edits = ("schema: 1", "schema: 2"), ("numbers:\n", "numerals:\n"), ("half: and", "haf: and")
    assert {code for code, _ in broken(tmp_path, *edits)} >= {"P001", "P002", "P005"}


@pytest.mark.parametrize("text", ["", "3", "[]", "- a", "schema: 1"])
def test_a_file_of_the_wrong_kind_is_a_dialog_error(tmp_path, text):
    (tmp_path / "en.yaml").write_text(text)
    with pytest.raises(DialogError):
        load_words("en", tmp_path)


def test_the_meaning_of_weekdays_and_months_does_not_rest_on_their_order():
    words = load_words("en")
    assert (words.times.months["january"], words.times.months["december"]) == (1, 12)
    assert words.times.weekdays["(sunday|sundays|sunday's)"] == 6
