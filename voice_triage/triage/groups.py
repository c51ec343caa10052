"""Grouped questions of which something is known already: only the rest is asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from voice_triage.content.dialog import Question
from voice_triage.values import FindingId, FindingValue, Reply


@lru_cache(maxsize=1024)
def narrowed(
    question: Question, open_now: tuple[FindingId, ...], plainly: str, conjunction: str = "or"
) -> Question:
    """``question`` about ``open_now``, a part of it; ``plainly`` begins its plainest wording,
    ``conjunction`` stands between its parts.

    With one finding left there is nothing to choose from any more, so that it is no “which?”.
    """
    which_of = question.which_of if len(open_now) > 1 else None
    asks = [part.ask for part in question.parts if part.finding in open_now]
    if not asks:
        return replace(question, asks=open_now, which_of=which_of)
    ask = joined(asks, conjunction)
    again = (ask, f"{plainly} {ask}")
    return replace(question, asks=open_now, which_of=which_of, ask=ask, again=again)


def joined(questions: Sequence[str], conjunction: str = "or") -> str:
    """Short questions as one: “Are you hot? Do you ache?” → “Are you hot, or do you ache?”."""
    first, *others = questions
    for other in others:
        first = f"{first.rstrip('?')}, {conjunction} {other[0].lower()}{other[1:]}"
    return first


def recap(question: Question, news: Mapping[FindingId, FindingValue]) -> tuple[str, ...]:
    """What was just understood of a grouped question, so that the person hears it arrive."""
    said = []
    for part in question.parts:
        value = news.get(part.finding)
        if value is Reply.NO:
            said.append(part.fine)
        elif value is Reply.YES and part.there:
            said.append(part.there)
    return tuple(said)
