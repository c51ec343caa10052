"""Words that nobody is expected to say, so that they are not heard as something else.

A recogniser with a closed list squeezes every sound into it: “one” becomes “on”, “nine” becomes
“no”. A decoy gives such sounds somewhere else to go; heard, it counts as not understood. A word of
the request is no decoy. Few are enough: each one also takes away right answers in noise.
"""

from __future__ import annotations


def _each(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FILLERS = _each("um uh er well oh okay please")
"""Said around an answer; kept in the text, where the interpreter takes them out."""

NUMBERS = _each("zero one two three four five six seven eight nine ten")
"""A person who is asked for yes or no may well begin to count days."""

COMMON = _each("now all down up on off right go the and what fine time")
"""Short everyday words, between them with most English vowels. No homophones of likely answers
(know, for, too, to, won, ate): those would win by luck."""

DECOYS = NUMBERS + COMMON
