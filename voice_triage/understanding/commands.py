"""Commands: “repeat that, please”. A command must be all that was said, politeness aside."""

from __future__ import annotations

from voice_triage.content.words import Words
from voice_triage.understanding.quantities.numbers import graph
from voice_triage.values import Command

Spoken = tuple[str, ...]


class CommandWords:
    """Finds the command that an utterance is."""

    def __init__(self, words: Words) -> None:
        self._fillers = graph({"": words.fillers})
        self._commands = graph(words.commands)

    def in_all_of(self, spoken: Spoken) -> Command | None:
        """The command that is said from the first word to the last, but for fillers around it."""
        for begin in range(len(spoken)):
            if begin and not self._is_filler(spoken[:begin]):
                continue
            for end in range(len(spoken), begin, -1):
                if end < len(spoken) and not self._is_filler(spoken[end:]):
                    break
                meanings: tuple[Command, ...] = self._commands.means(spoken[begin:end])
                if meanings:
                    return meanings[0]
        return None

    def _is_filler(self, words: Spoken) -> bool:
        at = 0
        while at < len(words):
            match = self._fillers.longest(words, at)
            if match is None:
                return False
            at = match.end
        return True
