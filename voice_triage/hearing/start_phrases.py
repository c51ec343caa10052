"""Two readings of the same sound: any words, and a list of the phrases that start a session.

In noise the model's own language model bends a phrase (“I did a doctor”, “back pain chest”) or puts
a word before it that nobody said (a clock's “and”), while the list, which may also hear nothing
known, finds the phrase in other talk as well. So the list has the word only where the free reading
is as short and has half of the phrase too. It is asked only then: of talk it takes six times the
work of the free reading. (Figures: tools/figures/standby.py.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voice_triage.hearing.recognised import HeardWord
from voice_triage.hearing.turn import Listener

MOST_OTHER_WORDS = 1
"""So many words more than the phrase may the free reading have: “back of pain check”."""
LEAST_SHARE = 0.5
"""Of the phrase's words, in the free reading too."""


class StartPhrases:
    """Implements turn.Listener by the free one, and corrects what it hears of a start phrase."""

    def __init__(
        self,
        free: Listener,
        listed: Callable[[], Listener],
        *,
        unknown: str,
        phrases: Sequence[str],
    ) -> None:
        """``listed`` makes a listener to ``phrases``; ``unknown``: its word for what is in none."""
        self._free = free
        self._new_listed = listed
        self._unknown = unknown
        self._phrases = tuple(tuple(phrase.split()) for phrase in phrases)
        self._sound: list[bytes] = []

    def feed(self, pcm: bytes, /) -> bool:
        self._sound.append(pcm)
        return self._free.feed(pcm)

    def partial(self) -> str:
        return self._free.partial()

    def words(self) -> tuple[HeardWord, ...]:
        return self._better(self._free.words())

    def finish(self) -> tuple[HeardWord, ...]:
        return self._better(self._free.finish())

    def _better(self, free: tuple[HeardWord, ...]) -> tuple[HeardWord, ...]:
        sound, self._sound = b"".join(self._sound), []
        said = tuple(word.text for word in self._known(free))
        possible = [phrase for phrase in self._phrases if _resemble(said, phrase)]
        if not possible or any(said[: len(phrase)] == phrase for phrase in possible):
            return free
        listed = self._listed(sound)
        return listed if tuple(word.text for word in listed) in possible else free

    def _listed(self, sound: bytes) -> tuple[HeardWord, ...]:
        listener = self._new_listed()
        words = listener.words() if listener.feed(sound) else ()
        return self._known((*words, *listener.finish()))

    def _known(self, words: Sequence[HeardWord]) -> tuple[HeardWord, ...]:
        return tuple(word for word in words if word.text != self._unknown)


def _resemble(said: Sequence[str], phrase: Sequence[str]) -> bool:
    shared = sum(word in said for word in phrase)
    return len(said) <= len(phrase) + MOST_OTHER_WORDS and shared >= LEAST_SHARE * len(phrase)
