"""Is a sign denied? Finds the “no” or “not” before it and how far that reaches.

A denial counts only if all between the negator and the sign is understood: “I haven't had any chest
pain” denies it, “I haven't told them about my chest pain” does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from voice_triage.core.lexicon import Lexicon
from voice_triage.core.matcher import PhraseGraph
from voice_triage.core.signs import Mark, word_set
from voice_triage.core.statements import Statement, StatementReader, Unit


class Stance(Enum):
    """How a sign was meant."""

    STATED = auto()
    DENIED = auto()
    DOUBTED = auto()
    PAST = auto()
    OTHER = auto()
    """About somebody else: says nothing."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What the negators before a sign make of it."""

    stance: Stance | None
    """DENIED, DOUBTED, STATED in spite of a negator; None without one."""
    start: int
    """Where the denial begins: its negator, or the sign itself."""


@dataclass(frozen=True, slots=True)
class _Negation:
    nearest: Unit | None
    by_noun: bool
    verbs: int
    other: bool
    """Another negative word stands before it: “I can't go a day without …”."""


class Denials:
    """Knows how negators reach signs."""

    def __init__(self, lexicon: Lexicon, reader: StatementReader) -> None:
        words = lexicon.grammar
        self._reader = reader
        self._determiners = word_set(words.determiners)
        self._lists = word_set(words.lists)
        self._listing = self._lists | self._determiners
        self._or = self._lists - word_set(words.lists[-1:])
        self._subjects = word_set(words.subjects)
        self._clause_verbs = word_set(words.clause_verbs)
        self._negative_verbs = word_set(words.negative_verbs)
        self._word_only: PhraseGraph[str] = PhraseGraph()
        for template in words.word_only:
            self._word_only.add(template, "word only")
        self._degrees = word_set(words.degrees)
        self._between = self._determiners.union(
            *map(word_set, (words.plain, words.before_sign, words.softeners, words.fillers))
        )

    def of(
        self,
        tokens: Sequence[str],
        statement: Statement,
        index: int,
        following: Statement | None,
    ) -> Denial:
        """What becomes of the sign ``statement.units[index]``."""
        unit = statement.units[index]
        negation = self._negation(tokens, statement.units[:index], unit)
        stance = self._stance(tokens, statement, index, negation)
        if following is not None and not following.has_sign:
            if stance is Stance.DENIED and self._takes_back(following):
                stance = Stance.DOUBTED
            elif stance is None and len(statement.units) == 1:
                first = following.units[0].marks
                answered = bool({Mark.NO, Mark.NOT} & first) and Mark.SUBJECT not in first
                stance = Stance.DOUBTED if answered else None  # “Chest pain? No.”
        start = negation.nearest.start if negation.nearest is not None else unit.start
        return Denial(stance, start)

    @staticmethod
    def _takes_back(following: Statement) -> bool:
        """“I don't have chest pain, *but I had it yesterday*”."""
        marks = {mark for unit in following.units for mark in unit.marks}
        told = bool({Mark.WAS, Mark.RECENT} & marks)
        return Mark.CONTRAST in following.units[0].marks and told and not following.has_negator

    def _negation(self, tokens: Sequence[str], left: Sequence[Unit], unit: Unit) -> _Negation:
        nearest: Unit | None = None
        by_noun, verbs, other = False, 0, False
        noun_reaches = tokens[unit.start] not in self._subjects
        verb_reaches = True
        for before in reversed(left):
            marks = before.marks
            if Mark.NOT_A_NEGATOR in marks or (before.signs and nearest is not None):
                break
            if Mark.SUBJECT in marks or Mark.RELATIVE in marks:
                noun_reaches = False
                verb_reaches = verb_reaches and self._reaches_past(tokens, left, before)
            if Mark.ENDS_NO in marks:
                noun_reaches = False
            if Mark.NO in marks and noun_reaches:
                nearest, by_noun = nearest or before, by_noun or nearest is None
            elif Mark.NOT in marks and verb_reaches:
                nearest, verbs = nearest or before, verbs + 1
            elif before.start < before.end and tokens[before.start] in self._negative_verbs:
                other = True
        return _Negation(nearest, by_noun, verbs, other)

    def _reaches_past(self, tokens: Sequence[str], left: Sequence[Unit], subject: Unit) -> bool:
        if self._reader.carries_on(tokens, subject.start):
            return True
        return any(u.end == subject.start and Mark.NOT in u.marks for u in left)

    def _stance(
        self, tokens: Sequence[str], statement: Statement, index: int, negation: _Negation
    ) -> Stance | None:
        unit = statement.units[index]
        after = statement.units[index + 1 :]
        if negation.nearest is None:
            return self._denied_after(tokens, statement, index)
        if self._reader.is_inherent(tokens, unit):
            return None if not negation.verbs else Stance.DOUBTED
        if self._but_now(after):
            return Stance.STATED
        if any(Mark.GONE in u.marks for u in after):
            return Stance.DOUBTED
        if negation.verbs > 1 or negation.other:
            return Stance.DOUBTED
        if negation.by_noun and self._is_clause(tokens, unit):
            return Stance.DOUBTED
        if self._runs_into_clause(tokens, unit, negation.nearest):
            return Stance.DOUBTED
        if unit.end < len(tokens) and self._word_only.longest(tokens, unit.end) is not None:
            return Stance.DOUBTED
        if self._only_so_much(tokens, unit, negation.nearest):
            return Stance.DOUBTED
        if not self._whole(tokens, statement, index, negation):
            return Stance.DOUBTED
        return Stance.DENIED

    @staticmethod
    def _but_now(after: Sequence[Unit]) -> bool:
        """“Never had pain like this”; but “no pain nothing like that” is a denial twice over."""
        denied = False
        for unit in after:
            if Mark.BUT_NOW in unit.marks and not denied:
                return True
            denied = bool({Mark.NO, Mark.NOT} & unit.marks)
        return False

    def _only_so_much(self, tokens: Sequence[str], unit: Unit, negator: Unit) -> bool:
        """“No, a bit of chest pain” and “no severe chest pain”."""
        if not any(sign.danger for sign in unit.signs):
            return False
        return not self._degrees.isdisjoint(tokens[negator.end : unit.start])

    def _whole(
        self, tokens: Sequence[str], statement: Statement, index: int, negation: _Negation
    ) -> bool:
        """Is all between the negator and the sign understood, so that the denial reaches it?"""
        unit = statement.units[index]
        assert negation.nearest is not None
        last = unit.start - 1
        while tokens[last] in self._determiners and last > negation.nearest.end:
            last -= 1
        listed_or = tokens[last] in self._or
        previous: Unit | None = None
        for between in statement.units[:index]:
            if between.start < negation.nearest.end:
                continue
            if between.signs:
                previous = between
            elif not listed_or and not self._between.issuperset(
                tokens[between.start : between.end]
            ):
                return False
        if previous is None:
            return True
        danger = any(sign.danger for sign in unit.signs)
        if not self._lists.isdisjoint(tokens[previous.end : unit.start]):
            return not danger or listed_or or not negation.by_noun
        rest = statement.units[index + 1 :]
        joined = any(tokens[u.start] in self._lists for u in rest) and any(u.signs for u in rest)
        return joined or not danger

    def _is_clause(self, tokens: Sequence[str], unit: Unit) -> bool:
        """A whole statement, so that a “no” before it is an answer of its own: “no, it hurts”."""
        return not self._clause_verbs.isdisjoint(tokens[unit.start : unit.end])

    def _runs_into_clause(self, tokens: Sequence[str], unit: Unit, negator: Unit) -> bool:
        """“Not my face has dropped” is no sentence: it was “no, but my face has dropped”."""
        if tokens[unit.start] in self._clause_verbs:
            return False  # “haven't fainted”
        between = tokens[negator.end : unit.start]
        return self._determiners.issuperset(between) and self._is_clause(tokens, unit)

    def _denied_after(
        self, tokens: Sequence[str], statement: Statement, index: int
    ) -> Stance | None:
        """“Chest pain no”: a bare sign and then “no” at the end of the statement."""
        after = statement.units[index + 1 :]
        left = [u for u in statement.units[:index] if tokens[u.start] not in self._determiners]
        bare = all(Mark.CONTRAST in u.marks for u in left)
        if not after or not bare or not ({Mark.NO, Mark.NOT} & after[0].marks):
            return None
        if any(u.signs for u in after) or self._reader.is_inherent(tokens, statement.units[index]):
            return None
        return Stance.DENIED if len(after) == 1 and not left else Stance.DOUBTED

    def carried(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        number: int,
        index: int,
        last: Sequence[Stance],
    ) -> Stance | None:
        """What a comma carries over: “no fever, chills or chest pain”, and “no, chest pain”."""
        statement = statements[number]
        if not statement.after_pause or number == 0:
            return None
        lead = statement.units[:index]
        if any(not u.signs and tokens[u.start] not in self._listing for u in lead):
            return None
        if self._reader.is_inherent(tokens, statement.units[index]):
            return None
        before = statements[number - 1]
        if not last:
            return Stance.DOUBTED if before.has_negator and not before.has_sign else None
        if last[-1] is not Stance.DENIED:
            return None
        if any(tokens[u.start] in self._or for u in lead):
            return Stance.DENIED
        for following in (statement, *statements[number + 1 :]):
            if following is not statement and not following.after_pause:
                break
            if any(tokens[u.start] in self._or for u in following.units):
                return Stance.DENIED
        return Stance.DOUBTED
