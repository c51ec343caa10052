"""The checker tries out what would be heard: echoes, half denials, phrases with two meanings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.core.broken import SHIPPED, Broken, found
from voice_triage.core.dialog import Dialog, Question
from voice_triage.core.interpret import Interpreter
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.lint import lint_dialog
from voice_triage.core.lint.echo import check_echo
from voice_triage.core.lint.report import Report
from voice_triage.core.values import Answer, Command, FindingId, Understanding
from voice_triage.errors import Problem
from voice_triage.library import load_dialog, load_lexicon


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    return Broken(tmp_path)


@pytest.fixture(scope="module")
def dialog() -> Dialog:
    return load_dialog(SHIPPED)


@pytest.fixture(scope="module")
def few(dialog: Dialog) -> Dialog:
    """Two danger questions and two others: trying out all of them takes seconds."""
    names = ("danger_signs", "blood_or_leg", "rash", "severity")
    chosen = tuple(q for q in dialog.questions if q.id in names)
    return replace(dialog, questions=chosen)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon("en")


@pytest.fixture(scope="module")
def interpreter(dialog: Dialog, lexicon: Lexicon) -> Interpreter:
    today = date(2024, 1, 1)
    return Interpreter(lexicon, dialog.findings, dialog.lone_level, today=today)


class Misled:
    """Understands like the real interpreter, but for one mistake."""

    def __init__(
        self, inner: Interpreter, mistake: Callable[[Understanding], Understanding]
    ) -> None:
        self._inner = inner
        self._mistake = mistake

    def interpret(
        self, text: str, question: Question | None, other_readings: tuple[str, ...] = ()
    ) -> Understanding:
        return self._mistake(self._inner.interpret(text, question))


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in problems}


RASH = "Is there a painful rash in a stripe on one side of your body?"


def test_shipped_dialog_has_no_problems_of_its_own(dialog, lexicon, interpreter):
    problems = lint_dialog(dialog, lexicon, interpreter)
    assert [str(p) for p in problems if p.file == dialog.file] == []


# Echo


def echoes(
    dialog: Dialog, lexicon: Lexicon, interpreter: Interpreter | None
) -> tuple[Problem, ...]:
    report = Report(dialog)
    check_echo(dialog, lexicon, interpreter, report)
    return report.problems


@pytest.mark.parametrize(
    ("ending", "meaning"),
    [
        ("in a band, yes or no?", "answers “no”"),
        ("in a band, or not sure?", "answers"),
        ("in a band? You can say repeat.", "command “repeat”"),
    ],
)
def test_prompt_that_ends_in_an_answer_is_reported(broken, lexicon, interpreter, ending, meaning):
    text = f"Is there a painful rash {ending}"
    broken.replace(RASH, text)
    problems = echoes(broken.dialog(), lexicon, interpreter)
    assert [p.line for p in problems] == [broken.line(text)]
    assert meaning in problems[0].message


@pytest.mark.parametrize("ending", ["or do you have chest pain?", "with a fever?"])
def test_question_may_end_in_the_sign_that_it_names(broken, lexicon, interpreter, ending):
    broken.replace(RASH, f"Is there a painful rash in a band, {ending}")
    assert echoes(broken.dialog(), lexicon, interpreter) == ()


def test_question_that_ends_in_an_option_to_choose_is_reported(broken, lexicon, interpreter):
    text = "Which do you have, tingling or weakness?"
    broken.replace("Tingling, weakness, or the two together: which of them do you have?", text)
    problems = found(echoes(broken.dialog(), lexicon, interpreter))
    assert problems == {("D161", broken.line(text))}


def test_reprompt_that_ends_in_an_answer_is_reported(broken, lexicon, interpreter):
    broken.replace("a sore red stripe on your skin somewhere?", "a stripe? Say yes or no.")
    problems = found(echoes(broken.dialog(), lexicon, interpreter))
    assert ("D161", broken.line("Say yes or no.")) in problems


def test_closing_text_that_ends_in_a_command_is_reported(broken, lexicon, interpreter):
    broken.replace(
        "Say repeat whenever you want to hear this.", "To hear it all again, say repeat."
    )
    problems = found(echoes(broken.dialog(), lexicon, interpreter))
    assert ("D161", broken.line("say repeat.\n")) in problems


def test_echo_is_found_without_an_interpreter_too(broken, lexicon):
    broken.replace(RASH, "Is there a painful rash in a band, yes or no?")
    problems = found(echoes(broken.dialog(), lexicon, None))
    assert ("D161", broken.line("yes or no?")) in problems


# Answers


def test_half_a_denial_of_a_danger_sign_is_reported(few, lexicon, interpreter):
    def believe_any_no(heard: Understanding) -> Understanding:
        said_no = heard.text.startswith("no ")
        return replace(heard, answer=Answer.NO) if said_no else heard

    problems = lint_dialog(few, lexicon, Misled(interpreter, believe_any_no))
    where = {p.where for p in problems if p.code == "D165"}
    assert where == {"danger_signs", "blood_or_leg"}


def test_answers_that_are_not_understood_are_reported(few, lexicon, interpreter):
    def deaf(heard: Understanding) -> Understanding:
        return replace(heard, answer=Answer.NONE, value=None, findings={}, danger=())

    problems = lint_dialog(few, lexicon, Misled(interpreter, deaf))
    assert {p.where for p in problems if p.code == "D166"} == set(few.question_by_id)
    assert "D170" in codes(problems)


def test_phrase_understood_as_its_opposite_is_reported(few, lexicon, interpreter):
    def swap(heard: Understanding) -> Understanding:
        swapped = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}
        return replace(heard, answer=swapped.get(heard.answer, heard.answer))

    assert "D162" in codes(lint_dialog(few, lexicon, Misled(interpreter, swap)))


def test_phrase_that_is_a_command_and_an_answer_is_reported(few, lexicon, interpreter):
    def stop_at_yes(heard: Understanding) -> Understanding:
        says_yes = heard.text.startswith("yes")
        return replace(heard, command=Command.STOP) if says_yes else heard

    problems = lint_dialog(few, lexicon, Misled(interpreter, stop_at_yes))
    assert {p.code for p in problems if "“yes" in p.message} - {"D108"} == {"D164", "D166"}


def test_command_that_answers_is_reported(few, lexicon, interpreter):
    def agree(heard: Understanding) -> Understanding:
        return replace(heard, answer=Answer.YES) if heard.command is Command.REPEAT else heard

    problems = lint_dialog(few, lexicon, Misled(interpreter, agree))
    assert any("is a command and answers" in p.message for p in problems if p.code == "D164")


# Phrases


def test_word_that_the_model_lacks_is_reported(dialog, lexicon):
    problems = lint_dialog(dialog, lexicon, None, lambda word: word != "breathe", phrase_file="p")
    assert [(p.file, p.where) for p in problems if p.code == "D163"] == [("p", "breathe")]


def test_finding_that_nobody_can_volunteer_is_reported(broken, lexicon):
    new = "  hiccups: {kind: yes_no, asked: volunteered, clause: you have hiccups, sign: hiccups}\n"
    broken.replace("  fever: {kind", new + "  fever: {kind")
    assert found(broken.problems(lexicon)) == {("D167", broken.line("hiccups: {kind"))}


def test_emergency_sign_without_danger_words_is_reported(broken, lexicon):
    broken.replace(
        "{id: rash, when: rash, level: urgent", "{id: rash, when: rash, level: emergency"
    )
    assert ("D168", broken.line("  rash: {kind")) in found(broken.problems(lexicon))


def test_emergency_sign_without_any_words_is_reported(dialog, lexicon):
    findings = {f: words for f, words in lexicon.findings.items() if f != "faint"}
    poorer = replace(lexicon, findings=findings)
    at = dialog.lines["findings", "faint"]
    assert ("D167", at) in found(lint_dialog(dialog, poorer))
    assert FindingId("faint") in lexicon.findings
