"""Two readings of the same sound: any words, and a list of short answers.

The model's own language model hears free speech as it was said, where a list bends it into its own
words. But of a short sound it can be wrong in two ways, and for these the list listens along:

* Numbers that stand alone: of 90 digits that real people said, it has 65 right, a list 85.
* Ghosts: it takes a baby's cry for “nope”, and a list, which may also hear nothing known, does not.

So the list has the word where it makes a number of a short utterance; and a short answer of which
the list hears nothing at all is no answer. (Figures: tools/figures/clips.py on real people.)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from voice_triage.hearing.recognised import HeardWord
from voice_triage.hearing.turn import Listener

MOST_WORDS = 2
"""A longer free reading is no short answer, whatever the list makes of it."""


class ShortAnswers:
    """Implements turn.Listener with two of them; the free one says when an utterance ends."""

    def __init__(
        self,
        free: Listener,
        listed: Listener,
        *,
        unknown: str,
        answers: Collection[str],
        numbers: Collection[str] = (),
    ) -> None:
        """``unknown``: the word of ``listed`` for what is not on its list, which holds the words
        of ``answers`` and ``numbers``."""
        self._free = free
        self._listed = listed
        self._unknown = unknown
        self._answers = frozenset(answers)
        self._numbers = frozenset(numbers)
        self._words: list[HeardWord] = []

    def feed(self, pcm: bytes, /) -> bool:
        if self._listed.feed(pcm):
            self._words += self._listed.words()
        return self._free.feed(pcm)

    def partial(self) -> str:
        return self._free.partial()

    def words(self) -> tuple[HeardWord, ...]:
        return self._better(self._free.words())

    def finish(self) -> tuple[HeardWord, ...]:
        return self._better(self._free.finish())

    def _better(self, free: Sequence[HeardWord]) -> tuple[HeardWord, ...]:
        listed = (*self._words, *self._listed.finish())
        self._words.clear()
        heard = {word.text for word in listed}
        if 0 < len(free) <= MOST_WORDS and listed:
            if heard <= self._numbers:
                return listed
            if heard == {self._unknown} and self._answers.issuperset(w.text for w in free):
                return listed
        return tuple(free)
