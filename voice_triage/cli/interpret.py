"""``voice-triage interpret``: what lines of text would be understood as."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

from voice_triage.app.screen.printable import printable
from voice_triage.app.wiring import Language
from voice_triage.cli.options import add_dialog, add_json, add_today
from voice_triage.content.dialog import Dialog, Question
from voice_triage.conversation.wording import exported
from voice_triage.errors import UsageError
from voice_triage.triage.answers import resolve
from voice_triage.triage.evidence import Evidence
from voice_triage.understanding.interpreter import Why
from voice_triage.values import (
    Answer,
    FindingId,
    FindingValue,
    QuestionId,
    Reply,
    Understanding,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--question", metavar="FINDING", help="finding or question that the lines answer"
    )
    parser.add_argument(
        "--why", action="store_true", help="also show how sure the reader is, and by which words"
    )
    add_dialog(parser)
    add_today(parser)
    add_json(parser, "one JSON object per line")


def main(options: argparse.Namespace) -> int:
    language = Language.load(options.dialog, options.today)
    question = _question(language.dialog, options.question)
    for line in sys.stdin:
        words = line.rstrip("\n")
        heard = language.interpreter.interpret(words, question)
        found = _findings(language.dialog, question, heard)
        shown = exported(found.items())
        if options.json:
            event: dict[str, object] = {
                "text": words,
                "answer": heard.answer.value,
                "findings": shown,
                "danger": [*heard.danger, *(["emergency_call"] if heard.danger_call else [])],
                "asks": list(heard.asks),
            }
            if heard.command is not None:
                event["command"] = heard.command.value
            if options.why:
                event["why"] = [asdict(why) for why in language.interpreter.why(words, question)]
            print(json.dumps(event, ensure_ascii=False), flush=True)
        else:
            _print(words, heard, shown)
            if options.why:
                _print_why(language.interpreter.why(words, question))
    return 0


def _question(dialog: Dialog, name: str | None) -> Question | None:
    if name is None:
        return None
    finding = FindingId(name)
    asking = [q for q in dialog.questions if finding in (*q.asks, *q.no_also)]
    if asking:
        # As if it were asked alone, though its sign may share a question with others.
        question = min(asking, key=lambda q: len(q.asks))
        return replace(question, asks=(finding,), no_also=(), which_of=None)
    if name in dialog.question_by_id:
        return dialog.question_by_id[QuestionId(name)]
    if name in dialog.findings:
        raise UsageError(f"--question {name}: this finding is never asked about")
    known = ", ".join(dict.fromkeys([*dialog.question_by_id, *dialog.findings]))
    raise UsageError(f"--question {name}: unknown; use one of {known}")


def _findings(
    dialog: Dialog, question: Question | None, heard: Understanding
) -> Mapping[FindingId, FindingValue]:
    """What was stated, and what the answer says about the question."""
    if question is None:
        return heard.findings
    resolved = resolve(dialog, question, heard, Evidence(), again=True)
    found = {**heard.findings, **resolved.findings}
    if heard.answer is Answer.UNSURE:
        found = {**dict.fromkeys(question.asks, Reply.UNSURE), **found}
    return found


def _print(words: str, heard: Understanding, shown: Mapping[str, object]) -> None:
    parts = [heard.answer.value]
    if heard.value is not None:
        parts[0] += f" ({heard.value:g})" if isinstance(heard.value, float) else ""
    parts += [f"{finding}: {value}" for finding, value in shown.items()]
    if heard.danger or heard.danger_call:
        parts.append("DANGER " + (", ".join(heard.danger) or "call for help"))
    if heard.asks:
        parts.append("asks back " + ", ".join(heard.asks))
    if heard.command is not None:
        parts.append(f"command {heard.command.value}")
    print(f"{printable(words)}\n    {'; '.join(parts)}", flush=True)


def _print_why(reasons: Iterable[Why]) -> None:
    for why in reasons:
        shares = " ".join(f"{name} {share:.2f}" for name, share in why.shares.items())
        words = ", ".join(f"{words} {weight:+.1f}" for words, weight in why.words)
        print(f"    {why.finding}: {shares}; {words}", flush=True)
