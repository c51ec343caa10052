"""Danger words in a sentence that is still being spoken.

Only used to end a turn early: what the finished words mean is for the interpreter to say. So this
errs on the side of waiting: whoever says “no” anywhere is heard out to the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from voice_triage.speech.grammar import normalise

_NEGATORS = """
no nope nah not never none neither nor without stopped gone
don't doesn't didn't isn't aren't wasn't haven't hasn't hadn't won't wouldn't can't cannot
couldn't ain't
"""
NEGATORS = frozenset(_NEGATORS.split())
"""Words that may turn a danger sign into its absence. Those inside the danger phrase itself do not
count: “I can't breathe” is a sign, “I don't have chest pain” is none."""


def danger_in(phrases: Iterable[str]) -> Callable[[str], bool]:
    """A test for text that states one of ``phrases`` and no negator outside of it."""
    wanted = [words for words in (normalise(phrase).split() for phrase in phrases) if words]

    def states_danger(text: str) -> bool:
        words = normalise(text).split()
        return any(
            words[start : start + len(phrase)] == phrase
            and NEGATORS.isdisjoint(words[:start] + words[start + len(phrase) :])
            for phrase in wanted
            for start in range(len(words) - len(phrase) + 1)
        )

    return states_danger
