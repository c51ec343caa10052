"""How answers are heard: no half “no” to a danger sign, no phrase with two meanings, no gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from voice_triage.core.conversation import Interpreter
from voice_triage.core.dialog import Asked, Dialog, Question
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.lexicon_parts import Templates
from voice_triage.core.lint.catalogue import CODES
from voice_triage.core.lint.report import Path, Report
from voice_triage.core.phrases import spoken_cover
from voice_triage.core.values import Answer, Command, FindingKind, Level, Reply, Understanding
from voice_triage.core.words import UNKNOWN

UNHEARD = (UNKNOWN, f"{UNKNOWN} {UNKNOWN}", "zebra", "but zebra crossing")
"""What may follow a “no” without having been understood: it could be the danger sign."""
_SILENT_COMMANDS = (Command.ACKNOWLEDGE, Command.SKIP)
"""Commands that mean nothing while a question is open."""

Ask = Callable[[str], Understanding]


def check_vocabulary(
    lexicon: Lexicon, known: Callable[[str], bool], report: Report, file: str
) -> None:
    """Report every word that is to be listened for and that the speech model does not know."""
    for word in sorted(lexicon.words()):
        if not known(word):
            _in_phrases(report, file, "D163", word, "the speech model does not know this word")


def check_findings(dialog: Dialog, lexicon: Lexicon, report: Report) -> None:
    """Report findings that no words lead to."""
    for finding in dialog.findings.values():
        words = lexicon.findings.get(finding.id)
        path: Path = ("findings", str(finding.id))
        grave = dialog.lone_level.get(finding.id) is Level.EMERGENCY
        if words is None and (grave or finding.asked is Asked.VOLUNTEERED):
            report.add("D167", path, "no phrase states it")
        elif grave and finding.asked is not Asked.FOLLOW_UP and words is not None:
            named = any(group.danger for group in words.groups)
            if not named:
                report.add("D168", path, "no danger words name it")


def check_answers(
    dialog: Dialog, lexicon: Lexicon, interpreter: Interpreter, report: Report, file: str
) -> None:
    """Try out every question: plain answers, half denials, and each phrase of its grammar."""
    untried = True
    for question in dialog.questions:
        ask = _asker(interpreter, question)
        _check_plain(question, ask, dialog, lexicon, report)
        if _is_danger(dialog, question):
            # The general denials mean the same everywhere; once through them all is enough.
            _check_half_no(question, _denials(question, lexicon, general=untried), ask, report)
            untried = False
        _check_meanings(dialog, question, ask, lexicon, report, file)
        _check_grammar(question, ask, lexicon, report, file)
    _check_commands(dialog, interpreter, lexicon, report, file)


def _asker(interpreter: Interpreter, question: Question | None) -> Ask:
    return lambda text: interpreter.interpret(text, question)


def _is_danger(dialog: Dialog, question: Question) -> bool:
    return dialog.question_level(question) is Level.EMERGENCY


def _in_phrases(report: Report, file: str, code: str, where: str, what: str) -> None:
    report.add_at(code, file, 0, where, f"{what}; {CODES[code].advice}")


# Plain answers


def _check_plain(
    question: Question, ask: Ask, dialog: Dialog, lexicon: Lexicon, report: Report
) -> None:
    path: Path = ("questions", str(question.id))
    for text, wanted in _plain_answers(question, dialog, lexicon):
        heard = ask(text)
        if not wanted(heard) or heard.command not in (None, *_SILENT_COMMANDS):
            report.add("D166", path, f"“{text}” is not understood here")


def _plain_answers(
    question: Question, dialog: Dialog, lexicon: Lexicon
) -> Iterator[tuple[str, Callable[[Understanding], bool]]]:
    """What the simplest person would say, and whether it got through."""
    yield "i don't know", lambda heard: heard.answer is Answer.UNSURE
    if question.kind is FindingKind.SEVERITY:
        yield "seven", lambda heard: heard.value == 7.0
    elif question.kind is FindingKind.DAYS:
        yield "three days", lambda heard: heard.value == 3.0
    elif question.kind is FindingKind.CHOICE:
        for option in dialog.findings[question.asks[0]].options:
            yield lexicon.say(question.asks[0], (option,)), _chose(option)
    else:
        if question.which_of is None:
            yield "yes", lambda heard: heard.answer is Answer.YES
            yield "no", lambda heard: heard.answer is Answer.NO
        for finding in question.asks:
            yield lexicon.say(finding, Reply.YES), _states(finding, Answer.YES, Reply.YES)
            if question.which_of is None:
                yield lexicon.say(finding, Reply.NO), _states(finding, Answer.NO, Reply.NO)


def _chose(option: str) -> Callable[[Understanding], bool]:
    return lambda heard: isinstance(heard.value, tuple) and option in heard.value


def _states(finding: str, answer: Answer, reply: Reply) -> Callable[[Understanding], bool]:
    return lambda heard: (
        heard.answer is answer
        or finding in heard.danger
        or any(f == finding and value is reply for f, value in heard.findings.items())
    )


# Denials and meanings


def _check_half_no(question: Question, denials: Iterable[str], ask: Ask, report: Report) -> None:
    """“No” to danger must be all that was said (content contract, “How unsure answers count”)."""
    for denial in denials:
        for unheard in UNHEARD:
            for text in (f"{denial} {unheard}", f"{unheard} {denial}"):
                if ask(text).answer is Answer.NO:
                    path: Path = ("questions", str(question.id))
                    report.add("D165", path, f"“{text}” counts as a clear “no”")
                    return


def _denials(question: Question, lexicon: Lexicon, *, general: bool) -> tuple[str, ...]:
    """“No” and the question's own ways to say it; the general ones too where asked for."""
    lists = [lexicon.answers.no] if general else []
    for finding in question.asks:
        words = lexicon.findings.get(finding)
        lists += [g.phrases for g in words.groups if g.says is Reply.NO] if words else []
    phrases = (p for templates in lists for t in templates for p in spoken_cover(t))
    return tuple(dict.fromkeys(["no", "not at all", "no i don't", *phrases]))


def _check_meanings(
    dialog: Dialog,
    question: Question,
    ask: Ask,
    lexicon: Lexicon,
    report: Report,
    file: str,
) -> None:
    """Phrases that are listed as a yes and understood as a no in this question, or the reverse."""
    if question.kind is not FindingKind.YES_NO or question.which_of is not None:
        return
    for finding in question.asks:
        words = lexicon.findings.get(finding)
        for group in words.groups if words is not None else ():
            if group.says in (Reply.YES, Reply.NO):
                listed = Answer.YES if group.says is Reply.YES else Answer.NO
                _check_list(group.phrases, listed, ask, report, file, question.id)
    # A finding may turn a general answer: “nothing” to “what has helped?”. A danger sign may not.
    if _is_danger(dialog, question):
        for listed, templates in _general(lexicon).items():
            _check_list(templates, listed, ask, report, file, "answers", general=True)


def _general(lexicon: Lexicon) -> Mapping[Answer, Templates]:
    words = lexicon.answers
    return {Answer.YES: words.yes, Answer.NO: words.no, Answer.UNSURE: words.unsure}


def _check_list(
    templates: Templates,
    listed: Answer,
    ask: Ask,
    report: Report,
    file: str,
    where: str,
    *,
    general: bool = False,
) -> None:
    opposite = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(listed)
    for phrase in (p for t in templates for p in spoken_cover(t)):
        heard = ask(phrase)
        if heard.answer is opposite:
            what = f"“{phrase}” is listed as “{listed}” and understood as “{heard.answer}”"
            _in_phrases(report, file, "D162", where, what)
        elif general and heard.answer is Answer.NONE and not heard.findings:
            what = f"“{phrase}” is listed as “{listed}” and not understood"
            _in_phrases(report, file, "D170", where, what)


def _check_grammar(
    question: Question, ask: Ask, lexicon: Lexicon, report: Report, file: str
) -> None:
    """The recogniser may write down any phrase of its list: none may steer the session instead."""
    listed = set(lexicon.command_phrases())
    for phrase in lexicon.answer_phrases(question):
        heard = ask(phrase)
        if phrase in listed or heard.command not in (None, *_SILENT_COMMANDS):
            what = f"“{phrase}” is listed as an answer and is a command"
            _in_phrases(report, file, "D164", question.id, what)


def _check_commands(
    dialog: Dialog, interpreter: Interpreter, lexicon: Lexicon, report: Report, file: str
) -> None:
    for question in (None, *dialog.questions):
        ask = _asker(interpreter, question)
        where = "commands" if question is None else str(question.id)
        for phrase in lexicon.command_phrases():
            heard = ask(phrase)
            silent = heard.command in _SILENT_COMMANDS and question is not None
            if heard.answer is not Answer.NONE and heard.command is not None and not silent:
                what = f"“{phrase}” is a command and answers “{heard.answer}”"
                _in_phrases(report, file, "D164", where, what)
