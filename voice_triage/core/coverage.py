"""Which words beside a “no” say no more than that, and which were not understood.

To a question about danger “no” must be all that was said. People say it in many words (“no, I
haven't had any of that”), so that plain words count as part of it; words of trouble do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice_triage.core.denial import Stance
from voice_triage.core.judge import Mention
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.signals import Reading, Signal
from voice_triage.core.signs import Mark, single_words, word_set
from voice_triage.core.statements import Statement
from voice_triage.core.values import Reply
from voice_triage.core.words import UNKNOWN


class Coverage:
    """Marks what was understood of an utterance."""

    def __init__(self, lexicon: Lexicon) -> None:
        grammar = lexicon.grammar
        self._plain = word_set(grammar.plain)
        self._subjects = word_set(grammar.subjects)
        self._troubling = word_set(grammar.troubling)
        self._short_no = word_set(grammar.short_no)
        self._negators = single_words((*grammar.noun_negators, *grammar.verb_negators))

    def extend(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        reading: Reading,
        mentions: Sequence[Mention],
        *,
        danger: bool,
    ) -> None:
        """Plain words beside a “no” or a denied sign say no more than that.

        ``danger``: nothing else does, so that “no, I couldn't get up” is no “no” to weak legs.
        """
        said_no = {(s.start, s.end) for s in reading.signals if s.reply is Reply.NO and s.bare}
        said_no |= {
            (m.start, m.end)
            for m in mentions
            if m.reply is Reply.NO or m.stance in (Stance.DENIED, Stance.PAST)
        }
        past = [m.start for m in mentions if m.stance is Stance.PAST]
        open_signs = [m.start for m in mentions if m.reply not in (None, Reply.NO)]
        led = any(
            s.reply is Reply.NO and s.bare and self.is_short(tokens, s) for s in reading.signals
        )
        for statement in statements:
            told = any(statement.start <= at < statement.end for at in past)
            for begin, end in _segments(statement):
                if told or any(begin < last and first < end for first, last in said_no):
                    for at in range(begin, end):
                        known = told and tokens[at] != UNKNOWN
                        reading.covered[at] |= known or tokens[at] in self._plain
                false_start = led and end - begin == 1 and tokens[begin] in self._subjects
                if false_start:  # “no I, I don't”
                    reading.covered[begin] = True
                unsettled = any(begin <= at < end for at in open_signs)
                if led and not danger and not unsettled and self._is_harmless(tokens[begin:end]):
                    reading.covered[begin:end] = [True] * (end - begin)
        reading.signals = [_with_rest(s, statements, reading) for s in reading.signals]

    def is_short(self, tokens: Sequence[str], signal: Signal) -> bool:
        """Just “no”."""
        return signal.end - signal.start == 1 and tokens[signal.start] in self._short_no

    def _is_harmless(self, tokens: Sequence[str]) -> bool:
        """Words beside a clear “no” that only deny more: “no, I don't smoke”."""
        if UNKNOWN in tokens or not self._troubling.isdisjoint(tokens):
            return False
        denied = next((at for at, token in enumerate(tokens) if token in self._negators), None)
        return denied is not None and self._plain.issuperset(tokens[:denied])


def _with_rest(signal: Signal, statements: Sequence[Statement], reading: Reading) -> Signal:
    for statement in statements:
        for begin, end in _segments(statement):
            if begin <= signal.start < end and not all(reading.covered[signal.end : end]):
                return replace(signal, goes_on=True)
    return signal


def _segments(statement: Statement) -> list[tuple[int, int]]:
    """Parts of a statement that have a subject of their own: “no” does not reach into them."""
    cuts = [statement.start]
    cuts += [u.start for u in statement.units[1:] if Mark.SUBJECT in u.marks]
    return list(zip(cuts, [*cuts[1:], statement.end], strict=True))
