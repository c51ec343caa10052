"""What there is to draw: the questions in order, what leads to each, and where they may end."""

from __future__ import annotations

from dataclasses import dataclass

from voice_triage.content.conditions import AtLeast, Condition, Count, Is, Present
from voice_triage.content.dialog import Dialog, Question
from voice_triage.values import FindingId, Level, QuestionId


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the picture."""

    id: QuestionId
    text: str
    follow_up: bool
    """Comes up on some paths only."""
    sources: tuple[QuestionId, ...]
    """Earlier questions whose answers bring up a follow-up; empty for the others."""
    condition: str
    """What brings it up, in words; empty for the others."""
    level: Level | None
    """The highest level that a single sign in it forces."""
    emergencies: tuple[str, ...]
    """Its signs that end the questions at once, in words."""


def outline(dialog: Dialog) -> tuple[Step, ...]:
    """The questions in the order in which they are asked."""
    return tuple(_step(dialog, at, question) for at, question in enumerate(dialog.questions))


def _step(dialog: Dialog, at: int, question: Question) -> Step:
    lone = dialog.lone_level
    grave = tuple(in_words(Present(f)) for f in question.asks if lone.get(f) is Level.EMERGENCY)
    level = max((lone[f] for f in question.asks if f in lone), default=None)
    sources: tuple[QuestionId, ...] = ()
    conditions = []
    if question.which_of is not None:
        sources = (question.which_of,)
        conditions.append("yes, but not which")
    if question.when is not None:
        sources = (*sources, *_sources(dialog, at, question.when))
        conditions.append(in_words(question.when))
    return Step(
        id=question.id,
        text=question.ask,
        follow_up=bool(conditions),
        sources=tuple(dict.fromkeys(sources)),
        condition=" and ".join(conditions),
        level=level,
        emergencies=grave,
    )


def _sources(dialog: Dialog, at: int, when: Condition) -> tuple[QuestionId, ...]:
    """For each finding in ``when``, the nearest earlier question that asks about it."""
    found: dict[QuestionId, None] = {}
    for finding in _asked(dialog, when):
        for earlier in reversed(dialog.questions[:at]):
            if finding in earlier.asks and earlier.which_of is None:
                found[earlier.id] = None
                break
    order = [q.id for q in dialog.questions]
    return tuple(sorted(found, key=order.index))


def _asked(dialog: Dialog, when: Condition) -> tuple[FindingId, ...]:
    """The findings of ``when``, derived ones replaced by what they are derived from."""
    asked: list[FindingId] = []
    for finding in when.findings():
        derived = dialog.findings[finding].derived
        asked += derived.findings() if derived is not None else (finding,)
    return tuple(dict.fromkeys(asked))


def in_words(condition: Condition) -> str:
    """``breath pain and (faint or breathless)``, ``severity from 7``, ``cause lifting``."""
    if isinstance(condition, Count):
        parts = [
            f"({in_words(p)})" if isinstance(p, Count) else in_words(p) for p in condition.parts
        ]
        if condition.minimum == len(parts):
            return " and ".join(parts)
        if condition.minimum == 1:
            return " or ".join(parts)
        return f"{condition.minimum} of {', '.join(parts)}"
    if isinstance(condition, AtLeast):
        return f"{_name(condition.finding)} from {condition.threshold:g}"
    if isinstance(condition, Is):
        return f"{_name(condition.finding)} {condition.option}"
    return _name(next(condition.findings()))


def _name(finding: str) -> str:
    return finding.replace("_", " ")


def shortened(text: str, limit: int) -> str:
    """``text`` cut at a word, at most ``limit`` characters with the mark of omission."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
