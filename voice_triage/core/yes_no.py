"""Decides what an utterance answers to a yes/no question.

Yes is easy: a clear “yes”, or a stated sign, counts wherever it stands. No is hard: to a question
about danger it must be all that was said. Everything in between is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence

from voice_triage.core.coverage import Coverage
from voice_triage.core.denial import Stance
from voice_triage.core.judge import Mention
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.signals import Reading, Signal, SignalReader
from voice_triage.core.signs import Mark, single_words, word_set
from voice_triage.core.statements import Statement
from voice_triage.core.values import Answer, FindingId, Reply
from voice_triage.core.words import BOUNDARIES, UNKNOWN

_LONGEST_CORRECTION = 4
"""Words of “let me correct that”."""


class YesNo:
    """Decides answers to yes/no questions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.signals = SignalReader(lexicon)
        self._coverage = Coverage(lexicon)
        grammar = lexicon.grammar
        self._weak_yes = word_set(grammar.weak_yes)
        self._fillers = single_words(grammar.fillers)
        self._joins = word_set(grammar.lists) | single_words(grammar.contrast)
        self._short_no = word_set(grammar.short_no)
        self._turns = word_set((*grammar.fillers, *grammar.contrast))
        self._inability = word_set(grammar.negative_verbs)
        self._negative = self._inability | single_words(
            (*grammar.noun_negators, *grammar.verb_negators)
        )
        self._trouble = word_set((*grammar.troubling, *grammar.negative_verbs)) | {UNKNOWN}
        self._telling = word_set((*grammar.subjects, *grammar.was, *grammar.clause_verbs))

    def decide(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        mentions: Sequence[Mention],
        asked: frozenset[FindingId],
        *,
        several: bool,
        danger: bool,
    ) -> Answer:
        """``several``: the question asks about more than one finding. ``danger``: “no” must be
        whole."""
        reading = self.signals.read(tokens, statements, mentions, asked)
        self._coverage.extend(tokens, statements, reading, mentions, danger=danger)
        signals = _after_correction(reading)
        replies = [s.reply for s in signals]
        whole = all(reading.covered)
        denied = {
            m.sign.finding for m in mentions if m.reply is Reply.NO or m.stance is Stance.PAST
        }
        if not danger and self._answered_first(tokens, statements, signals, reading):
            return Answer.NO
        if Reply.YES in replies:
            return self._yes(tokens, signals, reading.covered, danger=danger)
        if Reply.UNSURE in replies or (danger and any(s.for_now for s in signals)):
            return Answer.UNSURE
        said_no = [s for s in signals if s.reply is Reply.NO and s.bare]
        some = several and self._only_some_denied(tokens, said_no, mentions, asked - denied)
        if said_no and some:
            return Answer.NONE
        if said_no or (asked and asked <= denied):
            led = not said_no or all(reading.covered[: said_no[0].start])
            led = led or self._only_leads_up(tokens, said_no)
            if _unfinished(tokens, reading) or (danger and self._breaks_off(tokens)):
                return Answer.UNSURE  # “no, actually, sorry …”: the rest was cut off
            if whole or (led and not danger and not self._goes_on(tokens, statements)):
                return Answer.NO
            return Answer.UNSURE
        return Answer.UNSURE if reading.weak else Answer.NONE

    def understood(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        mentions: Sequence[Mention],
    ) -> list[bool]:
        """For every word: is it part of a sign, an answer, or plain?"""
        reading = self.signals.read(tokens, statements, mentions, frozenset())
        self._coverage.extend(tokens, statements, reading, mentions, danger=True)
        return reading.covered

    def _answered_first(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        signals: Sequence[Signal],
        reading: Reading,
    ) -> bool:
        """“No. They feel fine, yeah. Nothing there.”: people answer first, and then explain.

        Only a “yeah” that keeps the talk going, or one open remark among several denials, may
        stand beside such a “no”.
        """
        nos = [s for s in signals if s.reply is Reply.NO and s.bare]
        if not nos or nos[0].goes_on or not all(reading.covered[: nos[0].start]):
            return False
        if self._goes_on(tokens, statements):
            return False
        others = [s for s in signals if s not in nos]
        open_remarks = [s for s in others if s.reply is Reply.UNSURE and s.bare]
        yeahs = [s for s in others if self._is_weak(tokens, s) and _within(tokens, nos[0], s)]
        return len(open_remarks) < len(nos) and len(open_remarks) + len(yeahs) == len(others)

    def _only_leads_up(self, tokens: Sequence[str], nos: Sequence[Signal]) -> bool:
        """“Allergies, um, no” and “… I checked last night, so no”: set off by itself, a short “no”
        is the answer, whatever was said before it without a “not” of its own."""
        first, last = nos[0], nos[-1]
        ends = BOUNDARIES.issuperset(tokens[last.end :])
        if ends and self._stands_apart(tokens, last, self._inability):
            return True  # “not worse, no”
        if not self._stands_apart(tokens, first, self._negative):
            return False
        return ends or len(nos) > 1 or self._telling.isdisjoint(tokens[: first.start])

    def _stands_apart(
        self, tokens: Sequence[str], signal: Signal, unwanted: frozenset[str]
    ) -> bool:
        before = tokens[: signal.start]
        if not before or tokens[signal.start] not in self._short_no:
            return False
        apart = before[-1] in BOUNDARIES or before[-1] in self._turns
        return apart and UNKNOWN not in before and unwanted.isdisjoint(before)

    def _breaks_off(self, tokens: Sequence[str]) -> bool:
        """“No and then …”: what would have followed is not known; or it was “now and then”."""
        last = len(tokens)
        while last and (tokens[last - 1] in BOUNDARIES or tokens[last - 1] in self._fillers):
            last -= 1
            if tokens[last] in self._joins:
                return True
        return bool(last) and tokens[last - 1] in self._joins

    def _goes_on(self, tokens: Sequence[str], statements: Sequence[Statement]) -> bool:
        """Goes on with “but …” or the like, and with trouble, which may take the “no” back."""
        return any(
            not self._trouble.isdisjoint(tokens[s.start : s.end])
            for s in statements
            if s.start > 0 and Mark.CONTRAST in s.units[0].marks and not s.has_negator
        )

    def _yes(
        self,
        tokens: Sequence[str],
        signals: Sequence[Signal],
        covered: Sequence[bool],
        *,
        danger: bool,
    ) -> Answer:
        """Yes, unless a “no” contradicts it and nothing marks which of them counts."""
        yes = [s for s in signals if s.reply is Reply.YES]
        no = [s for s in signals if s.reply is Reply.NO]
        weak = all(self._is_weak(tokens, s) for s in yes)
        whole = all(covered)
        unsure = any(s.reply is Reply.UNSURE for s in signals)
        framed = signals[0].reply is Reply.UNSURE is signals[-1].reply
        if framed and not danger and all(self._is_weak(tokens, s) or s.last for s in yes):
            return Answer.UNSURE  # “I don't know, maybe I am, I can't tell”
        if not weak:  # what goes on after a clear “yes” may well hold a “not”
            no = [
                s
                for s in no
                if s.start < yes[0].start
                or not (s.goes_on or not all(covered[yes[0].end : s.start]))
            ]
        if not no or not all(s.bare for s in yes):
            return Answer.YES
        if weak and whole and not unsure:
            denial = any(s.end - s.start > 2 or not s.bare for s in no)
            if no[-1].start > yes[-1].start and (denial or no[0].start < yes[0].start):
                return Answer.NO  # “yeah, not that I'm aware of”, “no, yeah, nothing”
        full = any(s.end - s.start > 2 and not s.goes_on for s in no)
        if weak and full and not unsure and not danger and no[-1].start > yes[-1].start:
            return Answer.NO  # “yeah, well, I haven't had any, I …”
        if no[0].start < yes[0].start and not weak and yes[-1].start > no[-1].start:
            return Answer.YES  # “no, well, a little bit”
        return Answer.UNSURE

    def _is_weak(self, tokens: Sequence[str], signal: Signal) -> bool:
        return signal.bare and self._weak_yes.issuperset(tokens[signal.start : signal.end])

    def _only_some_denied(
        self,
        tokens: Sequence[str],
        said_no: Sequence[Signal],
        mentions: Sequence[Mention],
        left: frozenset[FindingId],
    ) -> bool:
        """“No, I don't have chest pain” leaves the other signs of the question open."""
        partly = any(m.stance is Stance.DENIED or m.reply is Reply.NO for m in mentions)
        if not left or not partly:
            return False
        return all(self._coverage.is_short(tokens, signal) for signal in said_no)


def _within(tokens: Sequence[str], first: Signal, signal: Signal) -> bool:
    """Does ``signal`` come after ``first``, and are there more words after it?"""
    return first.end < signal.start and not BOUNDARIES.issuperset(tokens[signal.end :])


def _unfinished(tokens: Sequence[str], reading: Reading) -> bool:
    """Ends in words that take something back, and in nothing to put in its place."""
    if not reading.corrections:
        return False
    last = max(reading.corrections)
    return (
        last > 0
        and not any(s.start >= last for s in reading.signals)
        and (len(tokens) - last <= _LONGEST_CORRECTION)
    )


def _after_correction(reading: Reading) -> list[Signal]:
    """What counts after “no wait” or “I mean”: only what follows, if anything does."""
    signals = reading.signals
    for at in reversed(reading.corrections):
        later = [s for s in signals if s.start >= at]
        if later and len(later) < len(signals):
            return later
    return signals
