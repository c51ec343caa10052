"""Prompts that end in what would answer them, beside a plain yes or no (`test_lint_heard`)."""

from __future__ import annotations

import pytest

from tests.content.broken import Broken, found
from voice_triage.app.wiring import Language
from voice_triage.review.lint.echo import check_echo
from voice_triage.review.lint.report import Report

LANGUAGE = Language.load()
WHICH = "Tingling, weakness, or the two together: which of them do you have?"


@pytest.fixture
def broken(tmp_path):
    return Broken(tmp_path)


def echoes(dialog):
    report = Report(dialog)
    check_echo(dialog, LANGUAGE.words, LANGUAGE.interpreter, report)
    return report.problems


def test_no_shipped_prompt_answers_itself():
    assert echoes(LANGUAGE.dialog) == ()


def test_question_which_of_two_that_ends_in_one_of_them_is_reported(broken):
    text = "Which do you have, tingling or weakness?"
    broken.replace(WHICH, text)
    assert found(echoes(broken.dialog())) == {("D161", broken.line(text))}


@pytest.mark.parametrize("option", ["shoulder", "low back"])
def test_question_that_ends_in_an_option_to_choose_is_reported(broken, option):
    text = f"Where does it hurt most, in the neck or {option}?"
    broken.replace("Where does it hurt most?", text)
    assert found(echoes(broken.dialog())) == {("D161", broken.line(text))}


def test_question_for_a_number_that_ends_in_one_is_reported(broken):
    (severity,) = (q.ask for q in LANGUAGE.dialog.questions if q.id == "severity")
    broken.replace(severity, "How bad was it today, from zero to ten?")
    assert found(echoes(broken.dialog())) == {("D161", broken.line("from zero to ten?"))}


def test_reprompt_that_ends_in_an_answer_is_reported(broken):
    broken.replace("a sore red stripe on your skin somewhere?", "a stripe? Say yes or no.")
    assert ("D161", broken.line("Say yes or no.")) in found(echoes(broken.dialog()))
