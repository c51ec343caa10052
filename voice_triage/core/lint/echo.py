"""Prompts whose last words, heard back from the loudspeaker, would answer them.

A question names the signs that it asks about, and may end in one: the ear opens when the voice has
finished, and a sign named in the tone of a question is no statement. What must not stand at the end
is an answer in itself (“yes or no?”), an option to choose, or a command.
"""

from __future__ import annotations

from voice_triage.core.conversation import Interpreter
from voice_triage.core.dialog import Dialog, Question
from voice_triage.core.lint.heard import Spoken
from voice_triage.core.lint.measure import words
from voice_triage.core.lint.report import Path, Report
from voice_triage.core.lint.spoken import LISTENED_AFTER
from voice_triage.core.values import Command, FindingKind, QuestionId

ECHO_WORDS = 4
"""Words of a prompt that may still be in the room when the ear opens, about 1.5 s of speech."""
_NO_HOLE = "this"
"""Stands for what is filled in before the end of a text."""


def check_echo(dialog: Dialog, words_of: Spoken, interpreter: Interpreter, report: Report) -> None:
    """Report every prompt that ends in an answer or a command."""
    for question in dialog.questions:
        path: Path = ("questions", str(question.id))
        _check(question.ask, (*path, "ask"), question, words_of, interpreter, report)
        for at, text in enumerate(question.again):
            _check(text, (*path, "again", at), question, words_of, interpreter, report)
    for key in LISTENED_AFTER:
        asked = _yes_no() if key.startswith(("clarify", "confirm")) else None
        _check(dialog.texts[key], ("texts", key), asked, words_of, interpreter, report)


def _yes_no() -> Question:
    """Stands for “did I hear that properly?”."""
    return Question(QuestionId("clarify"), (), FindingKind.YES_NO, "", ("", ""), "")


def _check(
    text: str,
    path: Path,
    question: Question | None,
    words_of: Spoken,
    interpreter: Interpreter,
    report: Report,
) -> None:
    spoken = list(words(_without_holes(text)))
    for count in range(1, min(ECHO_WORDS, len(spoken)) + 1):
        end = " ".join(spoken[-count:])
        meaning = _meaning(end, question, words_of, interpreter)
        if meaning:
            report.add("D161", path, f"“… {end}” {meaning}")
            return


def _without_holes(text: str) -> str:
    pieces = text.replace("}", "{").split("{")
    return _NO_HOLE.join(pieces[::2])


def _meaning(
    end: str, question: Question | None, words_of: Spoken, interpreter: Interpreter
) -> str:
    """What ``end`` would be taken for; empty if for nothing.

    A sign named in the tone of a question is no statement, and what the reader makes of three words
    of it is no guide: only what is an answer or a command in itself counts.
    """
    heard = interpreter.interpret(end, question)
    if heard.command is not None and (question is None or heard.command not in _IDLE):
        return f"is the command “{heard.command}”"
    if question is None:
        return ""
    if question.kind in (FindingKind.SEVERITY, FindingKind.DAYS):
        answers = end.split()[-1] in words_of.number_words()
    else:
        answers = end in words_of.short_answers
    return "is an answer" if answers else ""


_IDLE = (Command.ACKNOWLEDGE, Command.SKIP)
"""Commands that mean nothing while a question is open."""
