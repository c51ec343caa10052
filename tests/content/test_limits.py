"""A file that grows by its aliases, or is very deep, is refused at once, with its line."""

from __future__ import annotations

import time

import pytest

from tests.content.broken import Broken, found
from voice_triage.content.library import read_yaml
from voice_triage.content.reading.condition_reader import MOST_PARTS
from voice_triage.content.reading.yaml_limits import DEEPEST
from voice_triage.errors import DialogError

WHEN = "when: {all: [sudden_onset, weakness]}"


@pytest.fixture
def broken(tmp_path):
    return Broken(tmp_path)


def nested(wide, deep):
    """A condition of aliases of aliases: ``wide ** deep`` findings."""
    inner = "rash"
    for level in range(deep):
        rest = ", ".join([f"*a{level}"] * (wide - 1))
        inner = f"{{any: [&a{level} {inner}, {rest}]}}"
    return f"when: {inner}"


@pytest.mark.parametrize(
    ("wide", "deep", "code"), [(6, 4, "D008"), (10, 5, "D022"), (20, 5, "D022"), (40, 8, "D022")]
)
def test_conditions_that_multiply_by_aliases_are_refused(broken, wide, deep, code):
    broken.replace(WHEN, nested(wide, deep))
    begin = time.process_time()
    problems = broken.problems()
    # Not a measurement: it used to take from half a minute to for ever.
    assert time.process_time() - begin < 10
    assert {p.code for p in problems} == {code}
    assert {p.line for p in problems} == {broken.line("when: {any: [&a") if code == "D008" else
                                          problems[0].line}  # fmt: skip


def test_too_many_conditions_in_one_are_told_once(broken):
    broken.replace(WHEN, f"when: {{any: [{', '.join(['rash'] * (MOST_PARTS + 50))}]}}")
    (problem,) = broken.problems()
    assert problem.code == "D008"
    assert f"more than {MOST_PARTS} conditions" in problem.message


def test_a_condition_wide_and_within_itself_ends(broken):
    broken.replace(WHEN, f"when: &loop {{all: [{', '.join(['*loop'] * 20)}]}}")
    assert ("D008", broken.line("&loop")) in found(broken.problems())


@pytest.mark.parametrize("deep", [DEEPEST + 1, 900, 100_000])
def test_a_deep_file_is_refused_with_its_line(tmp_path, deep):
    path = tmp_path / "deep.yaml"
    path.write_text("a: 1\nb: " + "[" * deep + "]" * deep)
    with pytest.raises(DialogError) as error:
        read_yaml(path)
    assert found(error.value.problems) == {("D000", 2)}


def test_laughs_by_the_billion_are_refused(tmp_path):
    path = tmp_path / "laughs.yaml"
    lines = ["- &a0 ha"] + [f"- &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(9)]
    path.write_text("\n".join(lines))
    with pytest.raises(DialogError) as error:
        read_yaml(path)
    assert {p.code for p in error.value.problems} == {"D022"}
