"""The checker tries out what would be heard: echoes, half denials, commands, danger phrases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.content.broken import Broken, found
from voice_triage.app.wiring import Language
from voice_triage.content.dialog import Question
from voice_triage.review.lint import lint_dialog
from voice_triage.review.lint.echo import check_echo
from voice_triage.review.lint.report import Report
from voice_triage.values import Answer, Command, Understanding

LANGUAGE = Language.load()
DIALOG, WORDS, READER = LANGUAGE.dialog, LANGUAGE.words, LANGUAGE.interpreter
FEW = replace(
    DIALOG,
    questions=tuple(
        q for q in DIALOG.questions if q.id in ("danger_signs", "blood_or_leg", "rash", "severity")
    ),
)
"""Two danger questions and two others: trying out all of them takes seconds."""
RASH = "Is there a painful rash in a stripe on one side of your body?"


class Misled:
    """Understands like the real interpreter, but for one mistake."""

    def __init__(self, mistake: Callable[[Understanding], Understanding]) -> None:
        self._mistake = mistake

    def interpret(
        self, text: str, question: Question | None, *readings: Any, **context: Any
    ) -> Understanding:
        return self._mistake(READER.interpret(text, question, *readings, **context))


@pytest.fixture
def broken(tmp_path):
    return Broken(tmp_path)


def echoes(dialog):
    report = Report(dialog)
    check_echo(dialog, WORDS, READER, report)
    return report.problems


def where(problems, code):
    return {problem.where for problem in problems if problem.code == code}


def test_shipped_dialog_has_no_problems_of_its_own():
    assert [str(problem) for problem in lint_dialog(DIALOG, WORDS, READER)] == []


@pytest.mark.parametrize(
    ("ending", "meaning"),
    [
        ("in a band, yes or no?", "is an answer"),
        ("in a band, a little?", "is an answer"),
        ("in a band? You can say repeat.", "command “repeat”"),
    ],
)
def test_prompt_that_ends_in_an_answer_is_reported(broken, ending, meaning):
    text = f"Is there a painful rash {ending}"
    broken.replace(RASH, text)
    problems = echoes(broken.dialog())
    assert [p.line for p in problems] == [broken.line(text)]
    assert meaning in problems[0].message


@pytest.mark.parametrize("ending", ["or do you have chest pain?", "with a fever?"])
def test_question_may_end_in_the_sign_that_it_names(broken, ending):
    broken.replace(RASH, f"Is there a painful rash in a band, {ending}")
    assert echoes(broken.dialog()) == ()


def test_closing_text_that_ends_in_a_command_is_reported(broken):
    broken.replace(
        "Say repeat whenever you want to hear this.", "To hear it all again, say repeat."
    )
    assert ("D161", broken.line("say repeat.\n")) in found(echoes(broken.dialog()))


def test_half_a_denial_of_a_danger_sign_is_reported():
    def believe_any_no(heard: Understanding) -> Understanding:
        said_no = heard.text.startswith("no ")
        return replace(heard, answer=Answer.NO) if said_no else heard

    problems = lint_dialog(FEW, WORDS, Misled(believe_any_no))
    assert where(problems, "D165") == {"danger_signs", "blood_or_leg"}


def test_answers_that_are_not_understood_are_reported():
    def deaf(heard: Understanding) -> Understanding:
        return replace(heard, answer=Answer.NONE, value=None, findings={}, danger=())

    problems = lint_dialog(FEW, WORDS, Misled(deaf))
    assert where(problems, "D166") == set(FEW.question_by_id)


def test_danger_phrase_that_does_not_act_is_reported():
    problems = lint_dialog(FEW, WORDS, Misled(lambda heard: replace(heard, danger=())))
    assert "D162" in {problem.code for problem in problems}


def test_command_that_does_not_steer_the_session_is_reported():
    problems = lint_dialog(FEW, WORDS, Misled(lambda heard: replace(heard, command=None)))
    assert where(problems, "D164") == set(Command)


def test_word_that_the_model_lacks_is_reported_with_its_file():
    problems = lint_dialog(FEW, WORDS, READER, lambda word: word != "repeat", phrase_file="p")
    assert [(p.file, p.where) for p in problems if p.code == "D163"] == [("p", "repeat")]


def test_word_of_a_danger_phrase_that_the_model_lacks_is_reported():
    problems = lint_dialog(FEW, WORDS, READER, lambda word: word != "fainted")
    assert where(problems, "D163") == {"danger_phrases"}


def test_emergency_sign_without_danger_phrases_is_reported():
    phrases = {f: t for f, t in FEW.danger_phrases.items() if f != "faint"}
    problems = lint_dialog(replace(FEW, danger_phrases=phrases), WORDS, READER)
    assert "D168" in {problem.code for problem in problems}
