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
from voice_triage.core.signs import Mark, word_set
from voice_triage.core.statements import Statement
from voice_triage.core.values import Answer, FindingId, Reply

_LONGEST_CORRECTION = 4
"""Words of “let me correct that”."""


class YesNo:
    """Decides answers to yes/no questions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.signals = SignalReader(lexicon)
        self._coverage = Coverage(lexicon)
        self._weak_yes = word_set(lexicon.grammar.weak_yes)

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
        if Reply.YES in replies:
            return self._yes(tokens, signals, whole=whole)
        if Reply.UNSURE in replies or (danger and any(s.for_now for s in signals)):
            return Answer.UNSURE
        said_no = [s for s in signals if s.reply is Reply.NO and s.bare]
        some = several and self._only_some_denied(tokens, said_no, mentions, asked - denied)
        if said_no and some:
            return Answer.NONE
        if said_no or (asked and asked <= denied):
            led = not said_no or all(reading.covered[: said_no[0].start])
            if danger and _unfinished(tokens, reading):
                return Answer.UNSURE  # “no, actually, sorry …”: the rest was cut off
            if whole or (led and not danger and not _goes_on(statements)):
                return Answer.NO
            return Answer.UNSURE
        return Answer.UNSURE if reading.weak else Answer.NONE

    def _yes(self, tokens: Sequence[str], signals: Sequence[Signal], *, whole: bool) -> Answer:
        """Yes, unless a “no” contradicts it and nothing marks which of them counts."""
        yes = [s for s in signals if s.reply is Reply.YES]
        no = [s for s in signals if s.reply is Reply.NO]
        weak = all(self._is_weak(tokens, s) for s in yes)
        if not weak:  # what goes on after a clear “yes” may well hold a “not”
            no = [s for s in no if not s.goes_on or s.start < yes[0].start]
        if not no or not all(s.bare for s in yes):
            return Answer.YES
        unsure = any(s.reply is Reply.UNSURE for s in signals)
        if weak and whole and not unsure:
            denial = any(s.end - s.start > 2 or not s.bare for s in no)
            if no[-1].start > yes[-1].start and (denial or no[0].start < yes[0].start):
                return Answer.NO  # “yeah, not that I'm aware of”, “no, yeah, nothing”
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


def _goes_on(statements: Sequence[Statement]) -> bool:
    """Goes on with “but …” or the like, which may take the “no” back."""
    return any(
        Mark.CONTRAST in s.units[0].marks and not s.has_negator for s in statements if s.start > 0
    )


def _after_correction(reading: Reading) -> list[Signal]:
    """What counts after “no wait” or “I mean”: only what follows, if anything does."""
    signals = reading.signals
    for at in reversed(reading.corrections):
        later = [s for s in signals if s.start >= at]
        if later and len(later) < len(signals):
            return later
    return signals
