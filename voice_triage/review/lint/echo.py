"""Prompts whose last words, heard back from the loudspeaker, would answer them.

A question names the signs that it asks about, and may end in one: the ear opens when the voice has
finished, and a sign named in the tone of a question is no statement. What must not stand at the end
is an answer in itself (“yes or no?”), an option to choose, or a command.
"""

from __future__ import annotations

from voice_triage.content.dialog import Dialog, Question
from voice_triage.content.reading.fields import Place
from voice_triage.content.words import Words
from voice_triage.conversation.effects import SupportsInterpret
from voice_triage.review.lint.measure import words
from voice_triage.review.lint.report import Report
from voice_triage.review.lint.spoken import LISTENED_AFTER
from voice_triage.values import Command, FindingKind, QuestionId

ECHO_WORDS = 4
"""Words of a prompt that may still be in the room when the ear opens, about 1.5 s of speech."""
_NO_HOLE = "this"
"""Stands for what is filled in before the end of a text."""


def check_echo(
    dialog: Dialog, words_of: Words, interpreter: SupportsInterpret, report: Report
) -> None:
    """Report every prompt that ends in an answer or a command."""
    for question in dialog.questions:
        path: Place = ("questions", str(question.id))
        answers = _answers(question, dialog, words_of)
        _check(question.ask, (*path, "ask"), question, answers, interpreter, report)
        for at, text in enumerate(question.again):
            _check(text, (*path, "again", at), question, answers, interpreter, report)
    for key in LISTENED_AFTER:
        asked = _yes_no() if key.startswith(("clarify", "confirm")) else None
        answers = frozenset() if asked is None else _answers(asked, dialog, words_of)
        _check(dialog.texts[key], ("texts", key), asked, answers, interpreter, report)


def _yes_no() -> Question:
    """Stands for “did I hear that properly?”."""
    return Question(QuestionId("clarify"), (), FindingKind.YES_NO, "", ("", ""), "")


def _answers(question: Question, dialog: Dialog, words_of: Words) -> frozenset[str]:
    """What answers ``question`` in itself.

    A sign named in the tone of a question is no statement, and what the reader makes of three words
    of it is no guide. But who is asked which it is answers by naming it.
    """
    if question.kind in (FindingKind.SEVERITY, FindingKind.DAYS):
        return frozenset(words_of.number_words())
    named: set[str] = set()
    if question.kind is FindingKind.CHOICE:
        named.update(dialog.findings[question.asks[0]].options)
    elif question.which_of is not None:
        for finding in question.asks:
            named.update(words(dialog.findings[finding].sign), finding.split("_"))
    return frozenset(named.union(words_of.short_answers))


def _check(
    text: str,
    path: Place,
    question: Question | None,
    answers: frozenset[str],
    interpreter: SupportsInterpret,
    report: Report,
) -> None:
    spoken = list(words(_without_holes(text)))
    for count in range(1, min(ECHO_WORDS, len(spoken)) + 1):
        end = " ".join(spoken[-count:])
        meaning = _meaning(end, question, answers, interpreter)
        if meaning:
            report.add("D161", path, f"“… {end}” {meaning}")
            return


def _without_holes(text: str) -> str:
    pieces = text.replace("}", "{").split("{")
    return _NO_HOLE.join(pieces[::2])


def _meaning(
    end: str, question: Question | None, answers: frozenset[str], interpreter: SupportsInterpret
) -> str:
    """What ``end`` would be taken for; empty if for nothing."""
    command = interpreter.interpret(end, question).command
    if command is not None and (question is None or command not in _IDLE):
        return f"is the command “{command}”"
    return "is an answer" if end in answers else ""


_IDLE = (Command.ACKNOWLEDGE, Command.SKIP)
"""Commands that mean nothing while a question is open."""
