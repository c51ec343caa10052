"""The dialog checker: what makes a well-formed dialog unsafe, or hard to follow by ear. Pure.

`content.dialog_file` has refused what is not a dialog at all (D0..); here every problem of a
dialog that could run is found at once (D1..), before anybody starts the program with it.
"""

from __future__ import annotations

from collections.abc import Callable

from voice_triage.content.dialog import Dialog
from voice_triage.content.words import Words
from voice_triage.conversation.effects import SupportsInterpret
from voice_triage.errors import Problem
from voice_triage.review.lint.echo import check_echo
from voice_triage.review.lint.flow import check_asked, check_flow
from voice_triage.review.lint.heard import (
    check_answers,
    check_danger_phrases,
    check_vocabulary,
)
from voice_triage.review.lint.outcomes import check_outcomes
from voice_triage.review.lint.report import Report
from voice_triage.review.lint.rules import check_rules
from voice_triage.review.lint.wording import check_wording

__all__ = ["lint_dialog"]


def lint_dialog(
    dialog: Dialog,
    words: Words | None = None,
    interpreter: SupportsInterpret | None = None,
    known_word: Callable[[str], bool] | None = None,
    *,
    phrase_file: str = "phrases",
) -> tuple[Problem, ...]:
    """All problems of ``dialog``, in the order of the file.

    Left out without ``words``: what needs the words of the language; without ``interpreter``: what
    needs them understood; without ``known_word``: the model's vocabulary. ``phrase_file`` is the
    words file, in problems that lie there.
    """
    report = Report(dialog)
    check_flow(dialog, report)
    check_asked(dialog, report)
    check_rules(dialog, report)
    check_outcomes(dialog, report)
    check_wording(dialog, report)
    if words is not None and interpreter is not None:
        check_danger_phrases(dialog, interpreter, report)
        check_echo(dialog, words, interpreter, report)
        check_answers(dialog, words, interpreter, report, phrase_file)
    if words is not None and known_word is not None:
        check_vocabulary(dialog, words, known_word, report, phrase_file)
    return report.problems
