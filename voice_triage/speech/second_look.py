"""A second look at an utterance that the closed grammar did not explain: any words at all.

The grammar of a question is quick and sure of short answers, but it bends a free sentence into its
own words. The model's own language model hears free sentences better (its card: 4 % word errors
on symptom phrases of an unseen voice), so what made no sense, or was long, is decoded once more.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from voice_triage.core.values import QuestionId
from voice_triage.speech.grammar import UNKNOWN

LONG_WORDS = 5
"""From this many words on an utterance may hold more than an answer."""


class Sense(IntEnum):
    """How much sense words make as a reply; more is preferred."""

    NONE = 0
    DENIAL = 1
    """Nothing but “no”: the weakest, because a “no” that was misheard does harm."""
    SOME = 2
    """Another answer, a command, or a finding."""
    DANGER = 3
    """A danger sign or a call for help: never to be lost to another reading."""


LONG_S = 1.5
"""… and from this many seconds on; “no, none of those” takes about one."""

SenseOf = Callable[[str, QuestionId | None], Sense]
"""Tells how much sense a text makes as a reply to a question."""


def worth_another_look(text: str, sense: Sense, seconds: float) -> bool:
    """Not for danger, which is acted upon at once, nor for a short answer that makes sense."""
    if sense is Sense.DANGER:
        return False
    words = text.split()
    unexplained = sense is Sense.NONE or UNKNOWN in words
    return unexplained or len(words) >= LONG_WORDS or seconds >= LONG_S


def better(closed: str, closed_sense: Sense, free: str, free_sense: Sense) -> str:
    """The text to go by: the closed reading, unless the free one makes more sense.

    But no “no” that only the free reading has: the closed one knows every way to say it.
    """
    if free_sense is Sense.DENIAL or not free:
        return closed
    return free if free_sense > closed_sense else closed
