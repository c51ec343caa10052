"""What a reply says to a yes/no question: about each finding asked, and as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voice_triage.content.dialog import CLARIFY, Question
from voice_triage.content.words import Words
from voice_triage.understanding import policy
from voice_triage.understanding.features import Named
from voice_triage.understanding.quantities.numbers import graph
from voice_triage.understanding.reader import ALSO, Reader
from voice_triage.understanding.tokens import BOUNDARIES, UNKNOWN, Tokeniser
from voice_triage.values import Answer, Earlier, FindingId, FindingValue, Reply


@dataclass(frozen=True, slots=True)
class Said:
    """One reply, as tokens, as features, and what it states by itself, by finding."""

    spoken: tuple[str, ...]
    reply: Named
    stated: Mapping[str, float]
    by_ear: bool
    """A recogniser made the words of a sound."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The answer as a whole, the findings, and the likeliest of those with too doubtful a yes."""

    answer: Answer
    findings: Mapping[FindingId, FindingValue]
    doubted: FindingId | None = None


class YesNo:
    """Reads replies to yes/no questions; ``grave`` findings are urgent or an emergency alone."""

    def __init__(
        self, reader: Reader, tokenise: Tokeniser, words: Words, grave: frozenset[FindingId]
    ) -> None:
        self._reader, self._tokenise, self._grave = reader, tokenise, grave
        self._which = graph(words.which)

    def read(self, said: Said, question: Question, earlier: Earlier) -> Meaning:
        pointed = () if question.which_of is None else self._pointed_at(said.spoken, question.asks)
        if pointed:
            return Meaning(Answer.YES, dict.fromkeys(pointed, Reply.YES))
        found = self._findings(said, question, earlier)
        doubted = self._doubted(said, question, found) if said.by_ear else {}
        found |= dict.fromkeys(doubted, Reply.UNSURE)
        if doubted:
            return Meaning(Answer.UNSURE, found, max(doubted, key=lambda f: doubted[f]))
        values = [found.get(f) for f in question.asks]
        needed = not values or set(values) == {Reply.UNSURE}
        bare = self.bare(said.reply, gaps=UNKNOWN in said.spoken) if needed else None
        answer = policy.answer(values, bare)
        grave = not self._grave.isdisjoint(question.asks)
        if said.by_ear and grave and answer is Answer.YES and Reply.YES not in values:
            # A bare yes to a group: it has to be as sure as one to a single sign.
            shares = self._reader.asked(said.reply, "")
            sure = policy.sure_by_ear(shares, 0.0, gaps=UNKNOWN in said.spoken)
            answer = answer if sure else Answer.UNSURE
        return Meaning(answer, found)

    def bare(self, reply: Named, *, gaps: bool) -> Reply | None:
        """The reply as a yes or no to anything, whatever was asked."""
        return policy.plain_answer(self._reader.asked(reply, ""), gaps=gaps)

    def _findings(
        self, said: Said, question: Question, earlier: Earlier
    ) -> dict[FindingId, FindingValue]:
        about = (*question.asks, *question.no_also)
        grave = not self._grave.isdisjoint(about)
        gaps = UNKNOWN in said.spoken or self._foreign(said.spoken)
        before = [self._earlier(text) for text in earlier.replies]
        led = [self._earlier(text).stated for text in earlier.led]
        found: dict[FindingId, FindingValue] = {}
        for finding in about:
            asked = finding + (ALSO if finding in question.no_also else "")
            leant = sum(self._lean(reply, finding, asked) for reply in before)
            shares, stated = self._reader.asked(said.reply, asked), said.stated[finding]
            value = policy.settle(
                shares,
                stated,
                grave=grave,
                gaps=gaps,
                before=leant,
                stated_before=max((stated[finding] for stated in led), default=0.0),
            )
            if question.id == CLARIFY and value in (None, Reply.UNSURE):
                bare = self._reader.asked(said.reply, "")
                value = Reply.NO if policy.denies_plainly(bare, stated, gaps=gaps) else value
            if value is not None:
                found[finding] = value
        return found

    def _foreign(self, spoken: tuple[str, ...]) -> bool:
        """Words of another language, or of none: as good as lost."""
        return self._reader.has_classes and not self._reader.knows(spoken)

    def _earlier(self, text: str) -> Said:
        tokens = self._tokenise(text)
        reply = self._reader.features(tokens)
        spoken = tuple(token for token in tokens if token not in BOUNDARIES)
        return Said(spoken, reply, self._reader.mentioned(reply), by_ear=False)

    def _lean(self, said: Said, finding: FindingId, asked: str) -> float:
        # Words never learned lean to what most replies say: a chance, and no second no.
        gaps = UNKNOWN in said.spoken or not self._reader.knows(said.spoken)
        shares = self._reader.asked(said.reply, asked)
        return policy.lean(shares, said.stated[finding], gaps=gaps)

    def _doubted(
        self, said: Said, question: Question, found: Mapping[FindingId, FindingValue]
    ) -> dict[FindingId, float]:
        """Grave signs whose yes is not sure enough for words that were heard, with its share."""
        gaps, doubted = UNKNOWN in said.spoken, {}
        for finding in question.asks:
            if finding in self._grave and found.get(finding) is Reply.YES:
                shares = self._reader.asked(said.reply, finding)
                if not policy.sure_by_ear(shares, said.stated[finding], gaps=gaps):
                    doubted[finding] = shares.yes
        return doubted

    def _pointed_at(
        self, spoken: tuple[str, ...], asked: tuple[FindingId, ...]
    ) -> tuple[FindingId, ...]:
        """“Both”, “the first”: which of two signs a question about two is answered with."""
        ways = {"both": asked, "first": asked[:1], "second": asked[1:2]}
        meanings = self._which.means(spoken)
        return ways[meanings[0]] if meanings else ()
