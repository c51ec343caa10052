"""Decides what an utterance answers to a yes/no question.

Yes is easy: a clear “yes”, or a stated sign, counts wherever it stands. No is hard: to a question
about danger it must be all that was said. Everything in between is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from voice_triage.core.denial import Stance
from voice_triage.core.judge import Mention
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.matcher import Match, PhraseGraph
from voice_triage.core.signs import Mark, word_set
from voice_triage.core.statements import Statement
from voice_triage.core.values import Answer, FindingId, Reply
from voice_triage.core.words import BOUNDARIES, UNKNOWN


class Said(Enum):
    """What a phrase that fits any question says."""

    YES = auto()
    YES_LAST = auto()
    """Yes if nothing follows in the statement: “I do”."""
    NO = auto()
    UNSURE = auto()
    NEITHER = auto()
    """Holds a “no” or “yes” and answers nothing: “no problem”."""
    CORRECTION = auto()
    FILLER = auto()


_RANK = (Said.NEITHER, Said.UNSURE, Said.NO, Said.YES, Said.CORRECTION, Said.YES_LAST, Said.FILLER)


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that was said about the question: yes, no or unsure."""

    reply: Reply
    start: int
    end: int
    bare: bool
    """A word for any question, not a sign of the finding."""
    last: bool = False
    """Only counts at the end of a statement: “a little”."""
    goes_on: bool = False
    """More words of the same statement follow that were not understood: “I don't drink”."""


@dataclass(slots=True)
class _Reading:
    """What the walk over an utterance found."""

    signals: list[Signal]
    corrections: list[int]
    covered: list[bool]
    weak: bool
    """A “sometimes” or “I do” that went on with words that were not understood."""


class YesNo:
    """Reads answers to yes/no questions."""

    def __init__(self, lexicon: Lexicon) -> None:
        answers, grammar = lexicon.answers, lexicon.grammar
        self._phrases: PhraseGraph[Said] = PhraseGraph()
        lists = {
            Said.YES: answers.yes,
            Said.YES_LAST: answers.yes_last,
            Said.NO: answers.no,
            Said.UNSURE: answers.unsure,
            Said.NEITHER: answers.neither,
            Said.CORRECTION: grammar.corrections,
            Said.FILLER: grammar.fillers,
        }
        for said, templates in lists.items():
            for template in templates:
                self._phrases.add(template, said)
        self._plain = word_set(grammar.plain)
        self._subjects = word_set(grammar.subjects)
        self._troubling = word_set(grammar.troubling)
        self._weak_yes = word_set(grammar.weak_yes)
        self._lists = word_set(grammar.lists)
        self._short_no = word_set(answers.no[:1])
        self._negators = word_set(
            t for t in (*grammar.noun_negators, *grammar.verb_negators) if " " not in str(t)
        )

    def taken(self, tokens: Sequence[str]) -> list[int]:
        """For every position, where an answer phrase of several words that begins there ends."""
        ends = []
        for at in range(len(tokens)):
            match = self._phrases.longest(tokens, at)
            alone = match is None or match.end - at < 2 or Said.FILLER in match.values
            ends.append(0 if match is None or alone else match.end)
        return ends

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
        reading = self._read(tokens, statements, mentions, asked)
        signals = _after_correction(reading)
        replies = [s.reply for s in signals]
        whole = all(reading.covered)
        denied = {m.sign.finding for m in mentions if m.reply is Reply.NO or m.stance is Stance.PAST}
        if Reply.YES in replies:
            return self._yes(tokens, signals, whole=whole)
        if Reply.UNSURE in replies:
            return Answer.UNSURE
        said_no = [s for s in signals if s.reply is Reply.NO and s.bare]
        if said_no and several and self._only_some_denied(tokens, said_no, mentions, asked - denied):
            return Answer.NONE
        if said_no or (asked and asked <= denied):
            led = said_no and all(reading.covered[: said_no[0].start])
            if whole or (led and not danger and not self._goes_on(statements)):
                return Answer.NO
            return Answer.UNSURE
        return Answer.UNSURE if reading.weak else Answer.NONE

    def is_unsure(self, tokens: Sequence[str]) -> bool:
        """Holds “I don't know” or the like."""
        return any(Said.UNSURE in m.values for m in self._phrases.scan(tokens))

    def _read(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        mentions: Sequence[Mention],
        asked: frozenset[FindingId],
    ) -> _Reading:
        covered = [t in BOUNDARIES or t in self._lists for t in tokens]
        reading = _Reading([], [], covered, weak=False)
        for mention in mentions:
            self._cover_mention(covered, mention)
            if mention.sign.finding in asked and mention.reply is not None:
                reading.signals.append(Signal(mention.reply, mention.start, mention.end, bare=False))
        starts = {m.start: m.end for m in mentions}
        negators = {m.negator for m in mentions if m.stance is Stance.DENIED}
        at = 0
        while at < len(tokens):
            if at in starts:
                at = starts[at]
                continue
            match = self._phrase(tokens, at, starts)
            if match is None:
                at += 1
                continue
            if negators.isdisjoint(range(match.start, match.end)):
                self._take(tokens, match, reading, starts)
            elif tokens[match.start] in self._short_no and match.start not in negators:
                reading.covered[match.start] = True
                reading.signals.append(Signal(Reply.NO, at, at + 1, bare=True))
            at = match.end
        self._unsettle(statements, mentions, reading)
        reading.signals.sort(key=lambda s: s.start)
        self._cover_denials(tokens, statements, reading, mentions)
        return reading

    @staticmethod
    def _unsettle(
        statements: Sequence[Statement], mentions: Sequence[Mention], reading: _Reading
    ) -> None:
        """“I don't have chest pain very much” is no clear denial, and no “yes” either."""
        for place, signal in enumerate(reading.signals):
            if signal.reply is not Reply.YES or not signal.last:
                continue
            around = next(s for s in statements if s.start <= signal.start < s.end)
            if any(m.stance is Stance.DENIED and m.start >= around.start for m in mentions
                   if m.start < signal.start):
                reading.signals[place] = replace(signal, reply=Reply.UNSURE)

    def _phrase(
        self, tokens: Sequence[str], at: int, signs: dict[int, int]
    ) -> Match[Said] | None:
        """The longest answer phrase at ``at`` that does not run into a sign."""
        limit = min((start for start in signs if start > at), default=len(tokens))
        return self._phrases.longest(tokens[:limit], at)

    def _take(
        self, tokens: Sequence[str], match: Match[Said], reading: _Reading, signs: dict[int, int]
    ) -> None:
        said = next(s for s in _RANK if s in match.values)
        if said is Said.NEITHER:
            return
        if said is Said.YES_LAST and not self._ends_statement(tokens, match.end, signs):
            turned = tokens[match.end] in self._negators
            reading.weak = reading.weak or not (turned or match.end in signs)
            return
        if said is Said.NO and match.end - match.start == 1 and self._denies_noun(tokens, match.end):
            return
        for at in range(match.start, match.end):
            reading.covered[at] = True
        if Said.CORRECTION in match.values:
            reading.corrections.append(match.start)
        reply = {
            Said.YES: Reply.YES,
            Said.YES_LAST: Reply.YES,
            Said.NO: Reply.NO,
            Said.UNSURE: Reply.UNSURE,
        }.get(said)
        if reply is not None:
            last = said is Said.YES_LAST
            reading.signals.append(Signal(reply, match.start, match.end, bare=True, last=last))

    def _ends_statement(self, tokens: Sequence[str], at: int, signs: dict[int, int]) -> bool:
        while at < len(tokens):
            if at in signs:
                return False
            if tokens[at] in BOUNDARIES:
                return True
            if tokens[at] in self._negators:
                return False  # “I have not …”
            following = self._phrases.longest(tokens, at)
            if following is None:
                return False
            if Said.FILLER not in following.values:
                return Said.NEITHER not in following.values
            at = following.end
        return True

    def _denies_noun(self, tokens: Sequence[str], at: int) -> bool:
        """Is the “no” that ends at ``at`` part of “no pain”, and so no answer in itself?"""
        if at >= len(tokens) or tokens[at] in BOUNDARIES:
            return False
        return tokens[at] not in self._plain and self._phrases.longest(tokens, at) is None

    def _cover_mention(self, covered: list[bool], mention: Mention) -> None:
        begin = mention.negator if mention.stance is Stance.DENIED else mention.start
        understood = mention.reply is not Reply.UNSURE and mention.stance is not Stance.OTHER
        if understood:
            for at in range(min(begin, mention.start), mention.end):
                covered[at] = True

    def _cover_denials(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        reading: _Reading,
        mentions: Sequence[Mention],
    ) -> None:
        """Plain words beside a “no” or a denied sign say no more than that."""
        said_no = {(s.start, s.end) for s in reading.signals if s.reply is Reply.NO and s.bare}
        said_no |= {
            (m.start, m.end)
            for m in mentions
            if m.reply is Reply.NO or m.stance in (Stance.DENIED, Stance.PAST)
        }
        past = [m.start for m in mentions if m.stance is Stance.PAST]
        open_signs = [m.start for m in mentions if m.reply not in (None, Reply.NO)]
        led = any(s.reply is Reply.NO and s.bare and self._is_short(tokens, s) for s in reading.signals)
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
                if led and not unsettled and self._is_harmless(tokens[begin:end]):
                    reading.covered[begin:end] = [True] * (end - begin)
        reading.signals = [self._with_rest(s, statements, reading) for s in reading.signals]

    def _is_harmless(self, tokens: Sequence[str]) -> bool:
        """Words beside a clear “no” that only deny more: “no, I don't smoke”."""
        if UNKNOWN in tokens or not self._troubling.isdisjoint(tokens):
            return False
        denied = next((at for at, token in enumerate(tokens) if token in self._negators), None)
        return denied is not None and self._plain.issuperset(tokens[:denied])

    def _is_short(self, tokens: Sequence[str], signal: Signal) -> bool:
        return signal.end - signal.start == 1 and tokens[signal.start] in self._short_no

    @staticmethod
    def _with_rest(signal: Signal, statements: Sequence[Statement], reading: _Reading) -> Signal:
        for statement in statements:
            for begin, end in _segments(statement):
                if begin <= signal.start < end and not all(reading.covered[signal.end : end]):
                    return replace(signal, goes_on=True)
        return signal

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
        return all(self._is_short(tokens, signal) for signal in said_no)

    @staticmethod
    def _goes_on(statements: Sequence[Statement]) -> bool:
        """Goes on with “but …” or the like, which may take the “no” back."""
        return any(
            Mark.CONTRAST in s.units[0].marks and not s.has_negator
            for s in statements
            if s.start > 0
        )


def _after_correction(reading: _Reading) -> list[Signal]:
    """What counts after “no wait” or “I mean”: only what follows, if anything does."""
    signals = reading.signals
    for at in reversed(reading.corrections):
        later = [s for s in signals if s.start >= at]
        if later and len(later) < len(signals):
            return later
    return signals


def _segments(statement: Statement) -> list[tuple[int, int]]:
    """Parts of a statement that have a subject of their own: “no” does not reach into them."""
    cuts = [statement.start]
    cuts += [u.start for u in statement.units[1:] if Mark.SUBJECT in u.marks]
    return list(zip(cuts, [*cuts[1:], statement.end], strict=True))
