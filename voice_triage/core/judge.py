"""Judges each sign of an utterance: stated, denied, in doubt, past, or about somebody else.

Wherever the words are not clear, the judgement is UNSURE, and the question is asked again: a denial
must be whole to count, and so must a statement that leads to an emergency.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice_triage.core.denial import Denials, Stance
from voice_triage.core.durations import DurationReader
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.signs import EMERGENCY_CALL, Mark, Sign, single_words, word_set
from voice_triage.core.statements import Statement, StatementReader, Unit
from voice_triage.core.values import Reply

NOW_WINDOW_DAYS = 2.0
"""A sign that only counts now: what was longer ago than the question's own window is past."""
OTHER_WINDOW_DAYS = 30.0
"""Other signs without a window in the phrase file."""

ROUNDING = 1.15
"""“A month ago” or “last month” is still within four weeks; “five weeks ago” is not."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One sign as it was meant."""

    sign: Sign
    stance: Stance
    start: int
    end: int
    negator: int
    """Where the denial begins; ``start`` without one."""

    @property
    def reply(self) -> Reply | None:
        """What the mention says of its finding; None if nothing."""
        says = self.sign.says
        if says is None:
            return None
        if self.stance is Stance.STATED:
            return says
        if self.stance is Stance.DOUBTED:
            return Reply.UNSURE
        if self.stance is Stance.DENIED:
            if says is Reply.NO:
                return Reply.UNSURE
            return Reply.NO if says is Reply.YES and self.sign.rules_out else None
        return None


_DOUBTS = frozenset((Mark.DOUBT, Mark.DOUBT_AFTER))


class Judge:
    """Knows how the words around a sign change what it says."""

    def __init__(
        self, lexicon: Lexicon, reader: StatementReader, durations: DurationReader
    ) -> None:
        words = lexicon.grammar
        self._denials = Denials(lexicon, reader)
        self._durations = durations
        self._harmless = word_set(
            (*words.plain, *words.softeners, *words.fillers, *words.determiners, *words.contrast)
        ) - single_words((*words.noun_negators, *words.verb_negators))
        self._determiners = word_set(words.determiners)
        self._perfect = word_set(words.perfect)
        self._relative_past = single_words(words.relative_past)
        self._first_person = word_set(words.first_person)

    def mentions(self, tokens: Sequence[str], statements: Sequence[Statement]) -> list[Mention]:
        """All signs of the utterance as meant, from left to right."""
        found: list[Mention] = []
        for number, statement in enumerate(statements):
            before = statements[number - 1] if number else None
            last = [m.stance for m in found if before is not None and m.start >= before.start]
            for index, unit in enumerate(statement.units):
                if unit.signs:
                    carried = self._denials.carried(tokens, statements, number, index, last[-1:])
                    found += self._judge(tokens, statements, number, index, carried)
        return found

    def _judge(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        number: int,
        index: int,
        carried: Stance | None,
    ) -> list[Mention]:
        statement = statements[number]
        unit = statement.units[index]
        left, right = statement.units[:index], statement.units[index + 1 :]
        following = statements[number + 1] if number + 1 < len(statements) else None
        denial = self._denials.of(tokens, statement, index, following)
        late = self._late_marks(statements, number)
        mentions = []
        for sign in unit.signs:
            stance = denial.stance or carried
            if stance is None and sign.topic:
                stance = self._topic(tokens, sign, (*left, *right))
            if stance is None:
                stance = self._stance(tokens, sign, unit, left, right, late)
            mentions.append(Mention(sign, stance, unit.start, unit.end, denial.start))
        return mentions

    # -- time, doubt, people --------------------------------------------------------------------

    def _topic(self, tokens: Sequence[str], sign: Sign, around: Sequence[Unit]) -> Stance | None:
        """“My legs” says nothing where more is said of them, and is open with unknown words."""
        if any(s.finding == sign.finding for u in around for s in u.signs):
            return Stance.OTHER
        words = {t for u in around if not u.signs for t in tokens[u.start : u.end]}
        return None if words <= self._harmless else Stance.DOUBTED

    def _stance(
        self,
        tokens: Sequence[str],
        sign: Sign,
        unit: Unit,
        left: Sequence[Unit],
        right: Sequence[Unit],
        late: frozenset[Mark],
    ) -> Stance:
        said = frozenset(mark for u in left for mark in u.marks)
        heard_after = frozenset(mark for u in right for mark in u.marks)
        relative = self._about_relative(tokens, left)
        if relative and not sign.family:
            told = not self._relative_past.isdisjoint(tokens[unit.start : unit.end])
            told = told or Mark.RELATIVE_PAST in said or Mark.PAST in heard_after
            call = sign.danger and not told
            return Stance.STATED if call else Stance.OTHER
        if not said.isdisjoint(_DOUBTS) or (right and Mark.DOUBT_AFTER in right[-1].marks):
            return Stance.DOUBTED
        when = self._when(tokens, sign, unit, left, right, said | heard_after | late)
        if when is not None:
            return when
        if Mark.CONDITIONAL in said | heard_after:
            return Stance.DOUBTED
        if sign.now and Mark.USUAL in said | heard_after:
            return Stance.DOUBTED
        if (sign.now or sign.danger) and Mark.GONE in heard_after | late:
            return Stance.DOUBTED
        return Stance.STATED

    def _when(
        self,
        tokens: Sequence[str],
        sign: Sign,
        unit: Unit,
        left: Sequence[Unit],
        right: Sequence[Unit],
        marks: frozenset[Mark],
    ) -> Stance | None:
        """PAST, or DOUBTED when it was but perhaps no more, or STATED when recent; None: now."""
        if sign.ever or sign.finding == EMERGENCY_CALL:
            return None
        window = sign.window_days or (NOW_WINDOW_DAYS if sign.now else OTHER_WINDOW_DAYS)
        begin = left[0].start if left else unit.start
        end = right[-1].end if right else unit.end
        ago = [span.days for span in self._durations.spans(tuple(tokens[begin:end])) if span.ago]
        ongoing = Mark.ONGOING in marks
        if ago and not ongoing:
            return Stance.PAST if min(ago) > window * ROUNDING else Stance.STATED
        if Mark.PAST in marks and not ongoing:
            return Stance.PAST
        if sign.now and Mark.RECENT not in marks and self._was(tokens, left):
            return Stance.DOUBTED
        return None

    def _was(self, tokens: Sequence[str], left: Sequence[Unit]) -> bool:
        """“I had chest pain”, but not “I have had chest pain”."""
        before = [u for u in left if tokens[u.start] not in self._determiners]
        if not before or Mark.WAS not in before[-1].marks:
            return False
        return before[-1].start == 0 or tokens[before[-1].start - 1] not in self._perfect

    def _about_relative(self, tokens: Sequence[str], left: Sequence[Unit]) -> bool:
        for before in reversed(left):
            if Mark.RELATIVE in before.marks:
                return True
            if Mark.SUBJECT in before.marks and tokens[before.start] in self._first_person:
                return False
        return False

    @staticmethod
    def _late_marks(statements: Sequence[Statement], number: int) -> frozenset[Mark]:
        """Time said after a comma: “I fainted, years ago”."""
        if number + 1 >= len(statements):
            return frozenset()
        following = statements[number + 1]
        if not following.after_pause or following.has_sign or following.has_negator:
            return frozenset()
        times = {Mark.PAST, Mark.RECENT}
        return frozenset(m for u in following.units for m in u.marks if m in times)
