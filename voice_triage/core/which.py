"""“Which of them?”: both, the first, the second."""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.core.lexicon import Lexicon
from voice_triage.core.matcher import PhraseGraph
from voice_triage.core.values import FindingId


class WhichReader:
    """Reads answers that point at one or all of the signs that a question names."""

    def __init__(self, lexicon: Lexicon) -> None:
        answers = lexicon.answers
        self._phrases: PhraseGraph[slice] = PhraseGraph()
        lists = (
            (answers.both, slice(None)),
            (answers.first, slice(0, 1)),
            (answers.second, slice(1, 2)),
        )
        for templates, named in lists:
            for template in templates:
                self._phrases.add(template, named)
        negators = lexicon.grammar
        self._negators = frozenset(map(str, (*negators.noun_negators, *negators.verb_negators)))

    def read(self, tokens: Sequence[str], asked: tuple[FindingId, ...]) -> tuple[FindingId, ...]:
        """The findings pointed at; none if the words deny something."""
        if not self._negators.isdisjoint(tokens):
            return ()
        found: dict[FindingId, None] = {}
        for match in self._phrases.scan(tokens):
            found |= dict.fromkeys(asked[match.values[0]])
        return tuple(f for f in asked if f in found)
