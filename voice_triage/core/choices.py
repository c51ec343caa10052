"""Choices by synonym: where it hurts, how it feels, what set it off."""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.core.lexicon import Lexicon
from voice_triage.core.matcher import PhraseGraph
from voice_triage.core.signs import single_words, word_set
from voice_triage.core.values import FindingId
from voice_triage.core.words import BOUNDARIES

NOTHING = "none"
"""The option that stands for no choice at all."""

_REACH = 3
"""Words by which a “not” comes before the option that it denies: “not so much sharp”."""


class ChoiceReader:
    """Finds the options of choice findings that are named and not denied."""

    def __init__(self, lexicon: Lexicon) -> None:
        drop = word_set(lexicon.grammar.determiners)
        skip = word_set(lexicon.grammar.softeners) - {"sharp"}
        grammar = lexicon.grammar
        self._negators = single_words((*grammar.noun_negators, *grammar.verb_negators))
        self._ends = single_words((*grammar.contrast, *grammar.ends_no))
        self._order: dict[FindingId, tuple[str, ...]] = {}
        self._anywhere: dict[FindingId, PhraseGraph[str]] = {}
        self._asked: dict[FindingId, PhraseGraph[str]] = {}
        for finding, options in lexicon.choices.items():
            self._order[finding] = tuple(options)
            anywhere: PhraseGraph[str] = PhraseGraph(drop, skip)
            asked: PhraseGraph[str] = PhraseGraph(drop, skip)
            for option, words in options.items():
                for template in words.yes:
                    anywhere.add(template, option)
                    asked.add(template, option)
                for template in words.here:
                    asked.add(template, option)
            self._anywhere[finding], self._asked[finding] = anywhere, asked

    def read(self, tokens: Sequence[str], finding: FindingId, *, here: bool) -> tuple[str, ...]:
        """Options named, in the order of the dialog. ``here``: it was asked for."""
        graph = (self._asked if here else self._anywhere).get(finding)
        if graph is None:
            return ()
        found: list[str] = []
        for match in graph.scan(tokens):
            if not self._denied(tokens, match.start):
                found += match.values
        named = tuple(option for option in self._order[finding] if option in found)
        return tuple(o for o in named if o != NOTHING) or named

    def _denied(self, tokens: Sequence[str], start: int) -> bool:
        for at in range(start - 1, max(-1, start - 1 - _REACH), -1):
            if tokens[at] in BOUNDARIES or tokens[at] in self._ends:
                return False
            if tokens[at] in self._negators:
                return True
        return False
