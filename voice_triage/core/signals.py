"""What an utterance says about the question that was asked, phrase by phrase.

Answers that fit any question (“no”, “I do”, “not really”) and signs of the findings asked become
signals; coverage.py then says which words were not understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from voice_triage.core.denial import Stance
from voice_triage.core.judge import Mention
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.matcher import Match, PhraseGraph
from voice_triage.core.signs import single_words, word_set
from voice_triage.core.statements import Statement
from voice_triage.core.values import FindingId, Reply
from voice_triage.core.words import BOUNDARIES, STOP


class Said(Enum):
    """What a phrase that fits any question says."""

    YES = auto()
    YES_LAST = auto()
    """Yes if nothing follows in the statement: “I do”."""
    NO = auto()
    NOT_NOW = auto()
    """No for the present: “not at the moment”."""
    UNSURE = auto()
    NEITHER = auto()
    """Holds a “no” or “yes” and answers nothing: “no problem”."""
    CORRECTION = auto()
    FILLER = auto()


_RANK = (
    Said.NEITHER,
    Said.UNSURE,
    Said.NOT_NOW,
    Said.NO,
    Said.YES,
    Said.CORRECTION,
    Said.YES_LAST,
    Said.FILLER,
)


_REPLY = {
    Said.YES: Reply.YES,
    Said.YES_LAST: Reply.YES,
    Said.NO: Reply.NO,
    Said.NOT_NOW: Reply.NO,
    Said.UNSURE: Reply.UNSURE,
}


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
    for_now: bool = False
    """A “no” for the present."""
    goes_on: bool = False
    """More words of the same statement follow that were not understood: “I don't drink”."""


@dataclass(slots=True)
class Reading:
    """What the walk over an utterance found."""

    covered: list[bool]
    """For every word: was it understood?"""
    signals: list[Signal] = field(default_factory=list)
    corrections: list[int] = field(default_factory=list)
    """Where something was taken back: “no wait”."""
    weak: bool = False
    """A “sometimes” or “I do” that went on with words that were not understood."""


class SignalReader:
    """Walks over an utterance and collects its signals."""

    def __init__(self, lexicon: Lexicon) -> None:
        answers, grammar = lexicon.answers, lexicon.grammar
        self._phrases: PhraseGraph[Said] = PhraseGraph()
        lists = {
            Said.YES: answers.yes,
            Said.YES_LAST: answers.yes_last,
            Said.NO: answers.no,
            Said.NOT_NOW: answers.not_now,
            Said.UNSURE: answers.unsure,
            Said.NEITHER: answers.neither,
            Said.CORRECTION: grammar.corrections,
            Said.FILLER: grammar.fillers,
        }
        for said, templates in lists.items():
            for template in templates:
                self._phrases.add(template, said)
        self._plain = word_set(grammar.plain)
        self._lists = word_set(grammar.lists)
        self._turns = word_set((*grammar.contrast, *grammar.ends_no, *grammar.subjects))
        self._short_no = word_set(grammar.short_no)
        self._negators = single_words((*grammar.noun_negators, *grammar.verb_negators))

    def taken(self, tokens: Sequence[str]) -> list[int]:
        """For every position, where an answer phrase of several words that begins there ends."""
        ends = []
        for at in range(len(tokens)):
            match = self._phrases.longest(tokens, at)
            alone = match is None or match.end - at < 2 or Said.FILLER in match.values
            ends.append(0 if match is None or alone else match.end)
        return ends

    def is_unsure(self, tokens: Sequence[str]) -> bool:
        """Holds “I don't know” or the like."""
        return any(Said.UNSURE in m.values for m in self._phrases.scan(tokens))

    def read(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        mentions: Sequence[Mention],
        asked: frozenset[FindingId],
    ) -> Reading:
        """All signals about the findings ``asked``, from left to right."""
        covered = [t in BOUNDARIES or t in self._lists for t in tokens]
        reading = Reading(covered)
        for mention in mentions:
            _cover_mention(covered, mention)
            if mention.sign.finding in asked and mention.reply is not None:
                reading.signals.append(
                    Signal(mention.reply, mention.start, mention.end, bare=False)
                )
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
        return reading

    @staticmethod
    def _unsettle(
        statements: Sequence[Statement], mentions: Sequence[Mention], reading: Reading
    ) -> None:
        """“I don't have chest pain very much” is no clear denial, and no “yes” either."""
        for place, signal in enumerate(reading.signals):
            if signal.reply is not Reply.YES or not signal.last:
                continue
            around = next(s for s in statements if s.start <= signal.start < s.end)
            if any(
                (m.stance is Stance.DENIED or m.reply is Reply.NO)
                and around.start <= m.start < signal.start
                for m in mentions
            ):
                reading.signals[place] = replace(signal, reply=Reply.UNSURE)

    def _phrase(self, tokens: Sequence[str], at: int, signs: dict[int, int]) -> Match[Said] | None:
        """The longest answer phrase at ``at`` that does not run into a sign."""
        limit = min((start for start in signs if start > at), default=len(tokens))
        return self._phrases.longest(tokens[:limit], at)

    def _take(
        self, tokens: Sequence[str], match: Match[Said], reading: Reading, signs: dict[int, int]
    ) -> None:
        said = next(s for s in _RANK if s in match.values)
        if said is Said.NEITHER:
            return
        if said is Said.YES_LAST and not self._ends_statement(tokens, match.end, signs):
            turned = tokens[match.end] in self._negators
            reading.weak = reading.weak or not (turned or match.end in signs)
            return
        if (
            said is Said.NO
            and match.end - match.start == 1
            and self._denies_noun(tokens, match.end)
        ):
            return
        for at in range(match.start, match.end):
            reading.covered[at] = True
        aside = tokens[match.end : match.end + 1] == (STOP,)  # “They feel fine, actually.”
        if Said.CORRECTION in match.values and not aside:
            reading.corrections.append(match.start)
        reply = _REPLY.get(said)
        if reply is not None:
            signal = Signal(reply, match.start, match.end, bare=True)
            last, for_now = said is Said.YES_LAST, said is Said.NOT_NOW
            reading.signals.append(replace(signal, last=last, for_now=for_now))

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
        if tokens[at] in self._plain or tokens[at] in self._turns:
            return False
        return self._phrases.longest(tokens, at) is None


def _cover_mention(covered: list[bool], mention: Mention) -> None:
    """A sign whose meaning is clear is understood, with the “no” that denies it."""
    if mention.reply is Reply.UNSURE or mention.stance is Stance.OTHER:
        return
    begin = mention.negator if mention.stance is Stance.DENIED else mention.start
    for at in range(min(begin, mention.start), mention.end):
        covered[at] = True
