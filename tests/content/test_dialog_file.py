"""A dialog file is either a whole dialog, or every mistake in it at once, each with its line."""

from __future__ import annotations

import pytest

from tests.content.broken import SHIPPED_TEXT, Broken
from voice_triage.content.dialog_file import parse_dialog
from voice_triage.content.library import load_dialog, read_yaml
from voice_triage.content.reading.texts_reader import TEXT_HOLES
from voice_triage.errors import DialogError

FEVER = "  fever: {kind: yes_no, asked: always"
RULE = "  - {id: rash, when: rash, level: urgent"
ASK = '    ask: "Take one slow, deep breath'

DERIVED = "asked: derived, clause: it has lasted"

MISTAKES = {
    "D001 section": ("advice:\n  cause", "adwice:\n  cause", "D001"),
    "D001 text": ("  goodbye: ", "  godbye: ", "D001"),
    "D002 section": ("version: ", "versions: 2\nversion: ", "D002"),
    "D002 key of a question": (ASK, "    asked: x\n" + ASK, "D002"),
    "D003 kind of value": ("language: en", "language: [en]", "D003"),
    "D004 finding in a rule": ("{id: rash, when: rash,", "{id: rash, when: rush,", "D004"),
    "D004 finding asked about": ("    asks: [rash]", "    asks: [rush]", "D004"),
    "D005 kind of finding": (FEVER, FEVER.replace("yes_no", "maybe"), "D005"),
    "D005 level": (RULE, RULE.replace("urgent", "soon"), "D005"),
    "D006 twice the same rule": (RULE, RULE.replace("id: rash", "id: injury"), "D006"),
    "D006 id in capitals": (RULE, RULE.replace("id: rash", "id: Rash"), "D006"),
    "D006 reserved name": ("  rash:\n    asks", "  clarify:\n    asks", "D006"),
    "D008 no condition": ("when: {all: [sudden_onset, weakness]}", "when: {all: []}", "D008"),
    "D008 negation": ("when: {all: [sudden_onset, weakness]}", "when: {not: weakness}", "D008"),
    "D009 choice": ("{finding: cause, is: lifting}", "{finding: cause, is: flying}", "D009"),
    "D010 which of": ("    which_of: numb_or_weak", "    which_of: numb", "D010"),
    "D012 hole": ("  goodbye: Goodbye", '  goodbye: "{name} Goodbye', "D012"),
    "D013 version": ("schema: 1\n", "schema: 2\n", "D013"),
    "D014 derived": (DERIVED, DERIVED.replace("derived", "always"), "D014"),
    "D019 part left out": ("      faint: {fine", "      fever: {fine", "D019"),
    "D015 kinds together": ("    asks: [rash]", "    asks: [rash, severity]", "D015"),
}


@pytest.fixture
def broken(tmp_path):
    return Broken(tmp_path)


def codes(broken):
    try:
        broken.dialog()
    except DialogError as error:
        return {problem.code for problem in error.problems}
    return set()


def test_shipped_dialog_is_read_whole():
    dialog = load_dialog()
    assert len(dialog.findings) == 35
    assert len(dialog.questions) == 29
    assert set(dialog.texts) == set(TEXT_HOLES)
    assert {rule.source for rule in dialog.rules} - {""}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_reported_by_its_code(broken, mistake):
    old, new, code = MISTAKES[mistake]
    if "goodbye: Goodbye" in old:
        new = '  goodbye: "{name}, take care."\n  unused: Goodbye'
    assert code in codes(broken.replace(old, new))


def test_problem_says_file_line_code_place_and_advice(broken):
    broken.replace("{id: rash, when: rash,", "{id: rash, when: rush,")
    with pytest.raises(DialogError) as caught:
        broken.dialog()
    (problem,) = caught.value.problems
    assert problem.line == broken.line("{id: rash, when: rush,")
    assert str(problem).startswith(f"{broken.path}:{problem.line}: D004 rash: ")
    assert "did you mean" in problem.message


def test_all_problems_are_reported_at_once(broken):
    broken.replace("{id: rash, when: rash,", "{id: rash, when: rush,")
    broken.replace("schema: 1\n", "schema: 2\n")
    broken.replace("{finding: cause, is: lifting}", "{finding: cause, is: flying}")
    assert {"D004", "D009", "D013"} <= codes(broken)


def test_a_key_twice_is_an_error_and_not_a_silent_choice(broken):
    broken.replace("language: en\n", "language: en\nlanguage: de\n")
    assert codes(broken) == {"D007"}


def test_yes_and_no_stay_words(broken):
    broken.replace("  goodbye: ", "  goodbye: no  # ")
    assert broken.dialog().texts["goodbye"] == "no"


@pytest.mark.parametrize("data", [None, [], "text", 5, {}, {"schema": 1}])
def test_anything_else_is_refused_with_a_list_of_what_is_missing(data):
    with pytest.raises(DialogError) as caught:
        parse_dialog(data, "other.yaml")
    assert all(problem.file == "other.yaml" for problem in caught.value.problems)


def test_ruleset_changes_with_rules_and_not_with_words_or_layout(broken):
    shipped = load_dialog().ruleset
    assert broken.replace("  goodbye: Goodbye", "  goodbye: Farewell").dialog().ruleset == shipped
    assert broken.replace("# Upper back pain:", "#   Back:").dialog().ruleset == shipped
    changed = broken.replace(RULE, RULE.replace("urgent", "doctor"))
    assert changed.dialog().ruleset != shipped
    assert shipped.startswith("sha256:")


def test_lines_of_questions_and_rules_are_kept_for_messages():
    dialog = load_dialog()
    lines = SHIPPED_TEXT.splitlines()
    for question in dialog.questions:
        assert lines[question.line - 1].strip() == f"{question.id}:"
    for rule in dialog.rules:
        assert f"{{id: {rule.id}," in lines[rule.line - 1]


def test_parsing_leaves_the_data_as_it_was(broken):
    broken.dialog()
    data = read_yaml(broken.path)
    parse_dialog(data, "x")
    assert parse_dialog(data, "x").ruleset == load_dialog().ruleset
