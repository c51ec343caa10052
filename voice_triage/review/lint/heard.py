"""How answers are heard: no half “no” to a danger sign, no command that answers, no gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from voice_triage.content.dialog import AskedWhen, Dialog, Question
from voice_triage.content.reading.fields import Place
from voice_triage.content.templates import read_template, spoken_cover
from voice_triage.content.words import Words
from voice_triage.conversation.effects import SupportsInterpret
from voice_triage.review.lint.catalogue import CODES
from voice_triage.review.lint.report import Report
from voice_triage.values import Answer, Command, FindingKind, Level, Reply, Understanding

LOST = "[unk]"
UNHEARD = (LOST, f"{LOST} {LOST}")
"""What may follow a “no” without having been understood: it could be the danger sign."""
_SILENT_COMMANDS = (Command.ACKNOWLEDGE, Command.SKIP)
"""Commands that mean nothing while a question is open."""

Ask = Callable[[str], Understanding]


def check_vocabulary(
    dialog: Dialog, words: Words, known: Callable[[str], bool], report: Report, file: str
) -> None:
    """Report every word that is to be listened for and that the speech model does not know."""
    for word in sorted(words.spoken()):
        if not known(word):
            what = f"“{word}”: the speech model does not know this word"
            report.add_at("D163", file, 0, word, f"{what}; {CODES['D163'].advice}")
    for finding, templates in dialog.danger_phrases.items():
        heard = {w for t in templates for p in spoken_cover(read_template(t)) for w in p.split()}
        for word in sorted(w for w in heard if not known(w)):
            path: Place = ("danger_phrases", str(finding))
            report.add("D163", path, f"“{word}”: the speech model does not know this word")


def check_danger_phrases(dialog: Dialog, interpreter: SupportsInterpret, report: Report) -> None:
    """Report emergency signs without plain words, and plain words that do not act."""
    for finding in dialog.findings.values():
        grave = dialog.lone_level.get(finding.id) is Level.EMERGENCY
        if (
            grave
            and finding.asked is not AskedWhen.FOLLOW_UP
            and finding.id not in dialog.danger_phrases
        ):
            report.add("D168", ("findings", str(finding.id)), "no danger phrase names it")
    for sign, templates in dialog.danger_phrases.items():
        for phrase in (p for t in templates for p in spoken_cover(read_template(t))[:1]):
            heard = interpreter.interpret(phrase, None)
            if sign not in heard.danger:
                path: Place = ("danger_phrases", str(sign))
                report.add("D162", path, f"“{phrase}” does not act: the reader takes it otherwise")


def check_answers(
    dialog: Dialog, words: Words, interpreter: SupportsInterpret, report: Report, file: str
) -> None:
    """Try out every question: plain answers, half denials, and commands."""
    for question in dialog.questions:
        ask = _asker(interpreter, question)
        _check_plain(question, ask, dialog, words, report)
        if dialog.question_level(question) is Level.EMERGENCY:
            _check_half_no(question, ask, words.plain["no"], report)
    _check_commands(dialog, words, interpreter, report, file)


def _asker(interpreter: SupportsInterpret, question: Question | None) -> Ask:
    return lambda text: interpreter.interpret(text, question)


def _check_plain(
    question: Question, ask: Ask, dialog: Dialog, words: Words, report: Report
) -> None:
    path: Place = ("questions", str(question.id))
    for text, wanted in _plain_answers(question, dialog, words):
        heard = ask(text)
        if not wanted(heard) or heard.command not in (None, *_SILENT_COMMANDS):
            report.add("D166", path, f"“{text}” is not understood here")


def _plain_answers(
    question: Question, dialog: Dialog, words: Words
) -> Iterator[tuple[str, Callable[[Understanding], bool]]]:
    """What the simplest person would say, and whether it got through."""
    # Who does not know what set it off has answered: nothing that they noticed.
    known = {Answer.UNSURE, *((Answer.CHOICE,) if question.kind is FindingKind.CHOICE else ())}
    yield words.plain["unsure"].lower(), lambda heard: heard.answer in known
    if question.kind is FindingKind.SEVERITY:
        yield words.number_words()[7], lambda heard: heard.value == 7.0
    elif question.kind is FindingKind.DAYS:
        yield (
            words.plain["days"].format(number=words.number_words()[3]),
            lambda heard: heard.value == 3.0,
        )
    elif question.kind is FindingKind.CHOICE:
        for option in dialog.findings[question.asks[0]].options:
            yield option, _chose(option)
    else:
        if question.which_of is None:
            yield words.plain["yes"], lambda heard: heard.answer is Answer.YES
            yield words.plain["no"], lambda heard: heard.answer is Answer.NO
        for finding in question.asks:
            said = dialog.findings[finding].said
            if said:
                yield said, _states(finding)


def _chose(option: str) -> Callable[[Understanding], bool]:
    return lambda heard: isinstance(heard.value, tuple) and option in heard.value


def _states(finding: str) -> Callable[[Understanding], bool]:
    return lambda heard: (
        finding in heard.danger
        or any(f == finding and value is Reply.YES for f, value in heard.findings.items())
    )


def _check_half_no(question: Question, ask: Ask, no: str, report: Report) -> None:
    """“No” to danger must be all that was said (content contract, “How unsure answers count”)."""
    for unheard in UNHEARD:
        for text in (f"{no} {unheard}", f"{unheard} {no}"):
            if ask(text).answer is Answer.NO:
                path: Place = ("questions", str(question.id))
                report.add("D165", path, f"“{text}” counts as a clear “no”")
                return


def _check_commands(
    dialog: Dialog, words: Words, interpreter: SupportsInterpret, report: Report, file: str
) -> None:
    """A command must steer the session in every question, and answer none."""
    for question in (None, *dialog.questions):
        ask = _asker(interpreter, question)
        for command, templates in words.commands.items():
            for phrase in (p for t in templates for p in spoken_cover(read_template(t))[:1]):
                if ask(phrase).command is not command:
                    what = f"“{phrase}” is listed as the command “{command}” and not taken for it"
                    report.add_at("D164", file, 0, command, f"{what}; {CODES['D164'].advice}")
