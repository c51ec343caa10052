"""Reading a dialog reports every structural problem with its line, and never crashes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.content.broken import SHIPPED, SHIPPED_TEXT, Broken, found, shipped_data
from voice_triage.content.dialog_file import parse_dialog
from voice_triage.content.library import load_dialog
from voice_triage.errors import DialogError, Problem
from voice_triage.review.lint import lint_dialog
from voice_triage.review.lint.catalogue import CODES, STRUCTURE
from voice_triage.values import QuestionId


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    return Broken(tmp_path)


EDITS = [
    ("D001", "    help: A painful band of spots is treated best within three days, the health "
     "service says.\n", "", "asks: [rash]"),
    ("D001", '  US: {emergency_number: "911"}', "  US: {}", "US: {}"),
    ("D002", "which_of: numb", "whichof: numb", "whichof"),
    ("D003", "title: Upper back pain", "title: [a, b]", "title: [a, b]"),
    ("D003", "asks: [rash]", "asks: [rash]\n    half: maybe", "half: maybe"),
    ("D003", "asks: [rash]", "asks: [rash]\n    no_also: once", "no_also: once"),
    ("D004", "asks: [rash]", "asks: [rush]", "asks: [rush]"),
    ("D005", "when: rash, level: urgent", "when: rash, level: fast", "when: rash, level: fast"),
    ("D006", "- {id: rash,", "- {id: Rash,", "- {id: Rash,"),
    ("D006", "- {id: rash,", "- {id: fever,", "when: rash"),
    ("D006", "  rash:\n    asks", "  opening:\n    asks", "  opening:\n"),
    ("D008", "when: {all: [sudden_onset, weakness]}", "when: {all: []}", "when: {all: []}"),
    ("D008", "when: {all: [sudden_onset, weakness]}", "when: {none: [rash]}", "when: {none"),
    ("D009", "{finding: cause, is: lifting}", "{finding: cause, is: golf}", "is: golf"),
    ("D009", "  posture: Sit", "  golf: Sit", "  golf: Sit"),
    ("D009", "low back: This", "big toe: This", "big toe: This"),
    ("D009", "quality: dull, cause", "quality: blue, cause", "quality: blue"),
    ("D003", "usual: {severity: 3", "usual: {severity: much", "severity: much"),
    ("D004", "remarks:\n  location", "remarks:\n  place", "  place:"),
    ("D010", "which_of: numb_or_weak", "which_of: [a]", "which_of: [a]"),
    ("D011", "when: {finding: severity, at_least: 7}", "when: severity", "when: severity"),
    ("D021", "  severity:\n    asks", "  how_bad:\n    asks", "  how_bad:"),
    ("D011", "{finding: cause, is: lifting}", "cause", "injury, cause,"),
    ("D011", "{finding: cause, is: lifting}", "{finding: rash, at_least: 1}", "finding: rash"),
    ("D012", "Let us go back.", "'Let us go {where}.'", "{where}"),
    ("D012", "Let us go back.", "'Call {emergency_number!x}.'", "{emergency_number!x}"),
    ("D012", "Do not drive yourself.", "'Do not {drive.'", "'Do not {drive.'"),
    ("D013", "schema: 1", "schema: 2", "schema: 2"),
    ("D013", "schema: 1", "schema: true", "schema: true"),
    ("D014", "asked: derived, clause: it", "asked: always, clause: it", "over_one_week: {kind"),
    ("D015", "asks: [rash]", "asks: [rash, severity]", "  rash:\n    asks"),
    ("D017", "when: {finding: severity, at_least: 7}", "when: {finding: severity, at_least: x}",
     "at_least: x"),
    ("D017", "at_least: 7}, level: doctor", "at_least: .inf}, level: doctor", ".inf"),
    ("D017", "{at_least: 2, of:", "{at_least: 5, of:", "{at_least: 5, of:"),
    ("D017", "{at_least: 2, of:", "{at_least: true, of:", "{at_least: true, of:"),
    ("D018", "asks: [rash]", "asks: []", "asks: []"),
    ("D019", "asks: [rash]", "asks: [rash]\n    parts: {fever: {fine: Good., ask: Is it?}}",
     "parts: {fever"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "old", "new", "at"), EDITS)
def test_problem_has_its_code_and_line(broken, code, old, new, at):
    broken.replace(old, new)
    assert (code, broken.line(at)) in found(broken.problems())


@pytest.mark.parametrize(
    "section",
    ["findings", "rules", "questions", "outcomes", "advice", "texts", "regions"],
)
def test_missing_section_is_reported(section):
    data = shipped_data()
    del data[section]
    with pytest.raises(DialogError) as error:
        parse_dialog(data, "dialog")
    assert "D001" in {p.code for p in error.value.problems}


@pytest.mark.parametrize("junk", [None, 3, "text", [], {}, True, [None], {"a": None}, {3: [4]}])
@pytest.mark.parametrize(
    "section",
    ["findings", "rules", "questions", "outcomes", "advice", "texts", "regions", "schema", "title"],
)
def test_section_of_the_wrong_kind_is_a_dialog_error(section, junk):
    data = shipped_data()
    data[section] = junk
    if (section, junk) in (("advice", {}), ("title", "text")):
        return  # good, or for the checker
    with pytest.raises(DialogError):
        parse_dialog(data, "dialog")


@pytest.mark.parametrize("junk", [None, 3, "text", [], [[]]])
def test_whole_file_of_the_wrong_kind_is_a_dialog_error(junk):
    with pytest.raises(DialogError):
        parse_dialog(junk, "dialog")


def test_condition_that_contains_itself_is_a_dialog_error(broken):
    broken.replace("when: {all: [sudden_onset, weakness]}", "when: &loop {all: [*loop]}")
    assert ("D008", broken.line("&loop")) in found(broken.problems())


def _paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    paths = []
    for key, value in entries:
        paths.append((*path, key))
        if isinstance(value, dict | list):
            paths += _paths(value, (*path, key))
    return paths


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["fever", "{reason}", "{", "}", "yes", "emergency"]),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=4)), max_size=3),
    st.dictionaries(
        st.one_of(st.none(), st.integers(), st.sampled_from(["all", "of", "at_least", "finding"])),
        st.one_of(st.none(), st.integers(), st.just("fever"), st.lists(st.just("fever"))),
        max_size=3,
    ),
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_value_anywhere_is_a_dialog_that_can_be_checked_or_a_dialog_error(data):
    dialog = shipped_data()
    for _ in range(data.draw(st.integers(1, 3))):
        *parents, last = data.draw(st.sampled_from(_paths(dialog)))
        node = dialog
        for key in parents:
            node = node[key]
        if data.draw(st.booleans()) or isinstance(node, list):
            node[last] = data.draw(JUNK)
        else:
            node[data.draw(st.one_of(st.integers(), st.text(max_size=4)))] = node.pop(last)
    problems: Sequence[Problem] = ()
    try:
        lint_dialog(parse_dialog(dialog, "dialog"))
    except DialogError as error:
        problems = error.problems
    assert {p.code for p in problems} <= STRUCTURE.keys()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_well_formed_dialog_can_be_checked(data):
    """Entries are dropped and conditions, findings and levels mixed up; all stay well-formed."""
    dialog = shipped_data()
    findings = [f for f, body in dialog["findings"].items() if body["kind"] == "yes_no"]
    finding = st.sampled_from(findings)
    condition = st.recursive(
        finding,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            st.lists(inner, min_size=2, max_size=4).map(lambda p: {"at_least": 2, "of": p}),
        ),
        max_leaves=8,
    )
    for question in data.draw(st.lists(st.sampled_from(list(dialog["questions"])), unique=True)):
        if question not in ("numb_or_weak", "blood_or_leg") and len(dialog["questions"]) > 1:
            del dialog["questions"][question]
    for body in dialog["questions"].values():
        if body["asks"][0] in findings and data.draw(st.booleans()):
            body["when"] = data.draw(condition)
            body["asks"] = data.draw(st.lists(finding, min_size=1, max_size=4))
            body.pop("parts", None)
            body["half"] = data.draw(st.booleans())
    for rule in dialog["rules"]:
        if data.draw(st.booleans()):
            rule["when"] = data.draw(condition)
            rule["level"] = data.draw(st.sampled_from(["emergency", "urgent", "doctor"]))
    for problem in lint_dialog(parse_dialog(dialog, "dialog")):
        assert problem.code in CODES
        assert problem.message.endswith(CODES[problem.code].advice)


@pytest.mark.parametrize(
    ("text", "code"),
    [("a: b: c", "D000"), ("a: 1\na: 2\n", "D007"), ("{" * 4000, "D000"), ("a: !!int x", "D000"),
     ("a: \x00", "D000"), ("- &a [*a", "D000")],
)  # fmt: skip
def test_unreadable_yaml_is_a_dialog_error(tmp_path, text, code):
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DialogError) as error:
        load_dialog(path)
    assert [p.code for p in error.value.problems] == [code]


def test_lines_are_known_for_every_text(tmp_path):
    dialog = load_dialog(SHIPPED)
    at = dialog.lines["questions", "fever", "again", 1]
    assert dialog.question_by_id[QuestionId("fever")].again[1] in SHIPPED_TEXT.splitlines()[at - 1]
