"""Cuts an utterance into statements, and finds the signs and the marks in each.

A statement ends at punctuation, at “but” and its like, at “and I …”, and where a new subject
follows a sign (“no fever my chest hurts”): recognised speech has no commas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from voice_triage.core.lexicon import Lexicon
from voice_triage.core.matcher import PhraseGraph
from voice_triage.core.signs import Mark, Sign, SignGraphs, mark_graph, single_words, word_set
from voice_triage.core.words import BOUNDARIES, STOP

_NOTHING: frozenset[Mark] = frozenset()
_DOUBT = frozenset((Mark.DOUBT,))


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of words ``tokens[start:end]``: signs, or a mark, or one plain word."""

    start: int
    end: int
    signs: tuple[Sign, ...] = ()
    marks: frozenset[Mark] = _NOTHING


@dataclass(slots=True)
class Statement:
    """A part of the utterance within which “not” and “maybe” reach."""

    units: list[Unit] = field(default_factory=list)
    after_pause: bool = False
    """Begins after a comma, which in a list carries the “no” on."""

    @property
    def start(self) -> int:
        return self.units[0].start if self.units else 0

    @property
    def end(self) -> int:
        return self.units[-1].end if self.units else 0

    @property
    def has_sign(self) -> bool:
        return any(unit.signs for unit in self.units)

    @property
    def has_negator(self) -> bool:
        return any(Mark.NO in u.marks or Mark.NOT in u.marks for u in self.units)


class StatementReader:
    """Finds the statements of an utterance."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.grammar
        self.signs = SignGraphs(lexicon)
        self._marks = mark_graph(lexicon)
        self._complements = word_set(words.complements)
        self._after_and: PhraseGraph[str] = PhraseGraph()
        for template in words.after_and:
            self._after_and.add(template, "after and")
        self._and = word_set(words.lists[-1:])
        self.negative_words = single_words(
            (*words.negative_verbs, *words.noun_negators, *words.verb_negators)
        )

    def read(
        self,
        tokens: Sequence[str],
        here: PhraseGraph[Sign] | None,
        taken: Sequence[int],
    ) -> list[Statement]:
        """``taken[i]``: end of an answer phrase (“no idea”) at i, which beats shorter signs."""
        statements = [Statement()]
        at = 0
        while at < len(tokens):
            if tokens[at] in BOUNDARIES:
                self._cut_at_boundary(statements, tokens[at])
                at += 1
                continue
            unit = self._unit(tokens, at, here, taken[at])
            if self._begins_statement(tokens, unit, statements[-1]):
                statements.append(Statement())
            statements[-1].units.append(unit)
            at = unit.end
        return [s for s in statements if s.units]

    def is_inherent(self, tokens: Sequence[str], unit: Unit) -> bool:
        """The sign is negative in itself: “can't breathe”, “no feeling in my legs”."""
        return not self.negative_words.isdisjoint(tokens[unit.start : unit.end])

    def carries_on(self, tokens: Sequence[str], at: int) -> bool:
        """Does a verb's “not” reach past the subject at ``at`` (“I don't think *I* …”)?"""
        return at > 0 and tokens[at - 1] in self._complements

    def _unit(
        self, tokens: Sequence[str], at: int, here: PhraseGraph[Sign] | None, taken: int
    ) -> Unit:
        sign = self.signs.longest(tokens, at, here)
        mark = self._marks.longest(tokens, at)
        if sign is not None:
            urgent = any(s.danger for s in sign.values)
            if urgent or sign.end >= max(taken, mark.end if mark else 0):
                return self._with_overlapping(tokens, here, Unit(at, sign.end, signs=sign.values))
        if mark is None:
            return Unit(at, at + 1)
        for inner in range(at + 1, mark.end):
            sign = self.signs.longest(tokens, inner, here)
            if sign is not None and sign.end > mark.end:  # “do I [have a temperature]”
                before = self._marks.longest(tokens[:inner], at)
                marks = frozenset(before.values if before else ())
                return Unit(at, inner, marks=marks | _DOUBT.intersection(mark.values))
        return Unit(at, mark.end, marks=frozenset(mark.values))

    def _with_overlapping(
        self, tokens: Sequence[str], here: PhraseGraph[Sign] | None, unit: Unit
    ) -> Unit:
        """“my chest hurts when I breathe” says two things with the same words."""
        at, end, signs = unit.start + 1, unit.end, unit.signs
        while at < end:
            more = self.signs.longest(tokens, at, here)
            if more is not None and more.end > end:
                signs += tuple(s for s in more.values if s not in signs)
                end = more.end
            at += 1
        return Unit(unit.start, end, signs=signs)

    def _cut_at_boundary(self, statements: list[Statement], boundary: str) -> None:
        last = statements[-1]
        if boundary == STOP:
            if last.units:
                statements.append(Statement())
        elif last.has_sign or last.has_negator:  # “yesterday, I fainted” stays together
            statements.append(Statement(after_pause=True))

    def _begins_statement(self, tokens: Sequence[str], unit: Unit, last: Statement) -> bool:
        if not last.units:
            return False
        if Mark.CONTRAST in unit.marks:
            return True
        before = tokens[unit.start - 1]
        if Mark.SUBJECT in unit.marks or Mark.RELATIVE in unit.marks:
            if before in self._and:
                return False  # cut before the “and” already
            return last.has_sign and before not in self._complements
        if tokens[unit.start] not in self._and or unit.end >= len(tokens):
            return False
        return self._new_after_and(tokens, unit.end)

    def _new_after_and(self, tokens: Sequence[str], at: int) -> bool:
        """Does “and” begin a new statement with the word at ``at``?"""
        mark = self._marks.longest(tokens, at)
        if mark is not None and {Mark.SUBJECT, Mark.RELATIVE, Mark.CONTRAST} & set(mark.values):
            return True
        if self._after_and.longest(tokens, at) is not None:
            return True
        sign = self.signs.longest(tokens, at, None)
        if sign is None:
            return False
        return self.is_inherent(tokens, Unit(at, sign.end))
