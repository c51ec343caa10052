"""Every text of a dialog that is said aloud, with its place in the file and its holes filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import combinations

from voice_triage.content.dialog import Dialog, Question
from voice_triage.content.reading.fields import Place
from voice_triage.conversation.wording import MOST_CLAUSES, MOST_SIGNS_NAMED, enumerated
from voice_triage.review.lint.minimal import ways
from voice_triage.triage.groups import joined
from voice_triage.values import FindingId, FindingKind, Level, Reply


class Use(Enum):
    """What a text is for; decides which rules of wording it has to follow."""

    PROMPT = auto()
    """A question or reprompt: listened to, and answered."""
    HELP = auto()
    OUTCOME = auto()
    REASON = auto()
    ADVICE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text as people hear it, at its longest."""

    path: Place
    text: str
    use: Use
    where: str = ""
    template: str = ""
    """The text before its holes were filled, where that differs."""


def spoken(dialog: Dialog) -> Iterator[Spoken]:
    """All texts in the order of the file."""
    for at, rule in enumerate(dialog.rules):
        yield Spoken(("rules", at), rule.reason, Use.REASON, rule.id)
    for question in dialog.questions:
        path: Place = ("questions", str(question.id))
        yield Spoken((*path, "ask"), question.ask, Use.PROMPT)
        for at, text in enumerate(question.again):
            yield Spoken((*path, "again", at), text, Use.PROMPT)
        yield from _parts(question, dialog.texts["or"])
        yield Spoken((*path, "help"), question.help, Use.HELP)
    fill = _Filler(dialog)
    for level, outcome in dialog.outcomes.items():
        path = ("outcomes", level.id)
        yield Spoken((*path, "head"), fill(outcome.head), Use.OUTCOME)
        for key, texts in (("act", outcome.act), ("watch", outcome.watch)):
            for at, text in enumerate(texts):
                yield Spoken((*path, key, at), fill(text), Use.OUTCOME)
    for section, by_finding in (("advice", dialog.advice), ("remarks", dialog.remarks)):
        for finding, by_option in by_finding.items():
            for option, text in by_option.items():
                yield Spoken((section, finding, option), text, Use.ADVICE, option)
    for key, text in dialog.texts.items():
        use = Use.PROMPT if key in ASKING_TEXTS else Use.TEXT
        filled = fill(text, reason=key.startswith("because"))
        yield Spoken(("texts", key), filled, use, template=text)


def _parts(question: Question, conjunction: str) -> Iterator[Spoken]:
    """What is said and asked where a group is known in part: alone, and joined."""
    path: Place = ("questions", str(question.id), "parts")
    for part in question.parts:
        here = (*path, str(part.finding))
        yield Spoken((*here, "fine"), part.fine, Use.TEXT)
        if part.there:
            yield Spoken((*here, "there"), part.there, Use.TEXT)
    for size in range(1, len(question.parts)):
        for some in combinations(question.parts, size):
            here = (*path, str(some[0].finding))
            yield Spoken(
                (*here, "ask"), joined([part.ask for part in some], conjunction), Use.PROMPT
            )


ASKING_TEXTS = (
    "story", "heard", "clarify", "clarify_again", "confirm_no", "confirm_no_again",
    "confirm_value", "confirm_value_again",
)  # fmt: skip
LISTENED_AFTER = (
    *ASKING_TEXTS, "repeat_hint", "emergency_okay", "moment", "standby", "did_you_call",
)  # fmt: skip
"""Texts right after which somebody may answer, so that an echo of their end would be heard."""
FRAGMENTS = ("call_sign", "value_severity", "value_days", "counts", "wake", "or", "and")
"""Texts that are put into others."""


class _Filler:
    """Fills every hole with the longest words that it can get in this dialog."""

    def __init__(self, dialog: Dialog) -> None:
        asked = [_signs(dialog, q.asks) for q in dialog.questions if _may_be_named(dialog, q.asks)]
        reasons = [_signs(dialog, tuple(way)) for way in _ways(dialog)]
        clauses = [_clauses(dialog, tuple(way)) for way in _ways(dialog)]
        regions = dialog.regions.values()
        self._holes = {
            "signs": _longest(asked),
            "reason": _longest(clauses),
            "count": _longest(dialog.texts["counts"].split(", ")),
            "value": "8 out of 10",
            "number": "8",
            "phrase": _longest(dialog.texts["wake"].split(", ")),
            "emergency_number": _longest([r.emergency_number for r in regions]),
            "advice_line": _longest([r.advice_line for r in regions]),
        }

        self._reasons = _longest([*asked, *reasons])

    def __call__(self, text: str, *, reason: bool = False) -> str:
        """``reason``: the signs are those of a rule rather than of a question."""
        if reason:
            text = text.replace("{signs}", self._reasons)
        for hole, words in self._holes.items():
            text = text.replace(f"{{{hole}}}", words)
        return text


def _longest(texts: list[str]) -> str:
    return max(texts, key=lambda text: len(text.split()), default="")


def _may_be_named(dialog: Dialog, findings: tuple[FindingId, ...]) -> bool:
    kinds = {dialog.findings[f].kind for f in findings}
    grave = any(dialog.lone_level.get(f) is Level.EMERGENCY for f in findings)
    return grave and kinds == {FindingKind.YES_NO}


def _ways(dialog: Dialog) -> Iterator[tuple[FindingId, ...]]:
    """The findings that rules may name together."""
    for rule in dialog.rules:
        for way in ways(rule.when):
            yield tuple(f for f, value in way.items() if value is Reply.YES or len(way) > 1)


def _signs(dialog: Dialog, findings: tuple[FindingId, ...]) -> str:
    signs = [dialog.findings[f].sign for f in findings][:MOST_SIGNS_NAMED]
    return enumerated(signs, dialog.texts["or"])


def _clauses(dialog: Dialog, findings: tuple[FindingId, ...]) -> str:
    clauses = [dialog.findings[f].clause for f in findings][:MOST_CLAUSES]
    return enumerated(clauses, dialog.texts["and"])
