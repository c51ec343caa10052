"""Heard or typed words → what they answer, and what else they say.

The safety heart: no fuzzy matching anywhere; a “yes” is easy, a “no” to a question about danger
must be all that was said, and whatever is unclear is UNSURE or NONE and so is asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from voice_triage.core.amounts import SeverityReader
from voice_triage.core.choices import ChoiceReader
from voice_triage.core.dialog import Finding, Question
from voice_triage.core.durations import DurationReader
from voice_triage.core.judge import Judge, Mention
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.matcher import PhraseGraph
from voice_triage.core.phrases import expand
from voice_triage.core.readings import with_asks, with_doubts
from voice_triage.core.signs import EMERGENCY_CALL, Mark, single_words, word_set
from voice_triage.core.stated import combined, danger_signs, past
from voice_triage.core.statements import Statement, StatementReader
from voice_triage.core.values import (
    Answer,
    Command,
    FindingId,
    FindingKind,
    FindingValue,
    Level,
    Reply,
    Understanding,
)
from voice_triage.core.which import WhichReader
from voice_triage.core.words import BOUNDARIES, UNKNOWN, Normaliser, Words
from voice_triage.core.yes_no import YesNo

MEMORY = 8192
"""Understandings that are remembered: simulations say the same words over and over."""

LONG_WORDS = 4
UNCLEAR_WORDS = 3
"""So many words of a long utterance may hold a sign: “no uh one side of my face has yeah”."""


class Interpreter:
    """Understands utterances in the light of the question that was asked."""

    def __init__(
        self,
        lexicon: Lexicon,
        findings: Mapping[FindingId, Finding],
        lone_level: Mapping[FindingId, Level],
        today: date | None = None,
    ) -> None:
        """``lone_level``: from URGENT on, “no” must be all that was said. ``today`` dates
        “since Tuesday”."""
        self._findings = findings
        self._lone_level = lone_level
        answers = single_words(
            (*lexicon.answers.yes, *lexicon.answers.no, *lexicon.grammar.weak_yes)
        )
        self._normalise = Normaliser(lexicon.spelling, lexicon.number_values, answers)
        self._statements = StatementReader(lexicon)
        self._durations = DurationReader(lexicon, today)
        self._severity = SeverityReader(lexicon)
        self._choices = ChoiceReader(lexicon)
        self._which = WhichReader(lexicon)
        self._judge = Judge(lexicon, self._statements, self._durations)
        self._yes_no = YesNo(lexicon)
        self._fillers = single_words(lexicon.grammar.fillers) - single_words(lexicon.grammar.lists)
        self._negators = self._statements.negative_words
        self._inability = word_set(lexicon.grammar.negative_verbs)
        self._time_words = {
            *lexicon.number_values,
            *(phrase.split()[0] for t in lexicon.grammar.past for phrase in expand(str(t))),
        }
        self._commands: PhraseGraph[Command] = PhraseGraph()
        for command, templates in lexicon.commands.items():
            for template in templates:
                self._commands.add(template, command)
        self._kinds = {
            kind: tuple(f for f, finding in findings.items() if finding.kind is kind)
            for kind in FindingKind
        }
        self._remembered = lru_cache(maxsize=MEMORY)(self._understand)
        self._danger_remembered = lru_cache(maxsize=MEMORY)(self._danger)

    def interpret(
        self,
        text: str,
        question: Question | None = None,
        other_readings: tuple[str, ...] = (),
    ) -> Understanding:
        """What ``text`` says. Never raises, whatever the text."""
        others = [self._remembered(other, question) for other in other_readings]
        heard = with_doubts(self._remembered(text, question), others, self._lone_level)
        return with_asks(heard, question, self._lone_level)

    def is_danger(self, text: str) -> bool:
        """An any-time danger sign is stated, and nothing in the text could still take it back.

        For stable partial results: more words may follow.
        """
        return self._danger_remembered(text)

    def _danger(self, text: str) -> bool:
        words = self._normalise(text)
        heard = self._understand(text, None)
        if not heard.danger and not heard.danger_call:
            return False
        if words.tokens and words.tokens[-1] in self._time_words:
            return False  # “I fainted ten”: … years ago?
        read = self._statements.read(words.tokens, None, [0] * len(words.tokens))
        plain = (words.tokens[u.start : u.end] for s in read for u in s.units if not u.signs)
        return all(self._negators.isdisjoint(part) for part in plain)

    def _understand(self, text: str, question: Question | None) -> Understanding:
        words = self._normalise(text)
        tokens = words.tokens
        spoken = tuple(t for t in tokens if t not in BOUNDARIES)
        if not spoken:
            return Understanding(words.text)
        command = self._command(spoken)
        if command is not None:
            return Understanding(words.text, command=command)
        here = self._statements.signs.here(question)
        statements = self._statements.read(tokens, here, self._yes_no.signals.taken(tokens))
        mentions = self._believed(tokens, statements, self._judge.mentions(tokens, statements))
        stated = combined(mentions)
        asked = frozenset(question.asks) if question is not None else frozenset[FindingId]()
        if question is not None and len(spoken) == 1:
            # One word is an answer, or misheard (“dull” as “fell”): only danger is volunteered so.
            about = {
                *question.asks,
                *question.no_also,
                *(m.sign.finding for m in mentions if m.sign.danger),
            }
            stated = {f: v for f, v in stated.items() if f in about}
        found: dict[FindingId, FindingValue] = dict(stated)
        answer, value = Answer.NONE, None
        if question is None:
            pass
        elif question.kind is FindingKind.YES_NO:
            answer = self._yes_no_answer(tokens, statements, mentions, question, found)
        else:
            answer, value = self._amount_answer(words, spoken, question)
        self._volunteer(spoken, tokens, mentions, asked, found)
        return Understanding(
            text=words.text,
            answer=answer,
            value=value,
            findings=MappingProxyType(found),
            danger=danger_signs(mentions, found),
            danger_call=any(
                m.sign.finding == EMERGENCY_CALL and m.reply is Reply.YES for m in mentions
            ),
            past=past(mentions, stated),
            unclear=self._is_unclear(tokens, statements, mentions, question)
            or (answer is Answer.NONE and not found and not self._inability.isdisjoint(spoken)),
        )

    def _is_unclear(
        self,
        tokens: Sequence[str],
        statements: Sequence[Statement],
        mentions: Sequence[Mention],
        question: Question | None,
    ) -> bool:
        """Long, and much of it neither an answer nor a sign; a number may have any words around."""
        if len(tokens) < LONG_WORDS or question is None or question.kind is not FindingKind.YES_NO:
            return False
        if UNKNOWN in tokens:
            return True
        known = self._yes_no.understood(tokens, statements, mentions)
        return known.count(False) >= UNCLEAR_WORDS

    def _command(self, spoken: tuple[str, ...]) -> Command | None:
        """The command that is all that was said, politeness aside."""
        begin, end = 0, len(spoken)
        while True:
            meanings = self._commands.means(spoken[begin:end]) if begin < end else ()
            if meanings or begin >= end:
                return meanings[0] if meanings else None
            if spoken[begin] in self._fillers:
                begin += 1
            elif spoken[end - 1] in self._fillers:
                end -= 1
            else:
                return None

    def _believed(
        self, tokens: tuple[str, ...], statements: list[Statement], mentions: list[Mention]
    ) -> list[Mention]:
        """Without denials of danger signs among words that were not understood.

        “No chest pain what know when he …” may have gone on with another sign.
        """

        def grave(mention: Mention) -> bool:
            level = self._lone_level.get(mention.sign.finding, Level.SELF_CARE)
            return mention.reply is Reply.NO and level >= Level.URGENT

        if not any(grave(m) for m in mentions):
            return mentions
        known = self._yes_no.understood(tokens, statements, mentions)
        doubtful = [
            s
            for s in statements
            if not all(known[u.start] or Mark.CONTRAST in u.marks for u in s.units)
        ]
        return [
            m
            for m in mentions
            if not (grave(m) and any(s.start <= m.start < s.end for s in doubtful))
        ]

    def _yes_no_answer(
        self,
        tokens: tuple[str, ...],
        statements: Sequence[Statement],
        mentions: Sequence[Mention],
        question: Question,
        found: dict[FindingId, FindingValue],
    ) -> Answer:
        ids = (*question.asks, *question.no_also)
        level = max(
            (self._lone_level.get(f, Level.SELF_CARE) for f in ids), default=Level.SELF_CARE
        )
        asked = frozenset(question.asks)
        if question.which_of is not None:
            chosen = self._which.read(tokens, question.asks)
            if chosen:
                found.update(dict.fromkeys(chosen, Reply.YES))
                return Answer.YES
        answer = self._yes_no.decide(
            tokens,
            statements,
            mentions,
            asked,
            several=len(asked) > 1,
            danger=level >= Level.URGENT,
        )
        for finding in question.asks:
            settled = found.get(finding)
            if answer is Answer.YES and settled is not Reply.YES and len(asked) == 1:
                found.pop(finding, None)
            elif answer is Answer.NO and settled is Reply.YES:
                answer = Answer.UNSURE
            if answer is Answer.UNSURE and settled is Reply.YES:
                found[finding] = Reply.UNSURE  # stated, and then taken back
        return answer

    def _amount_answer(
        self, words: Words, spoken: tuple[str, ...], question: Question
    ) -> tuple[Answer, float | tuple[str, ...] | None]:
        """Answer and value of a question for a number, a duration or a choice."""
        if not self._inability.isdisjoint(spoken) and not self._yes_no.signals.is_unsure(spoken):
            return Answer.NONE, None  # “I can't weeks” was “I can't breathe”
        if question.kind is FindingKind.CHOICE:
            finding = question.asks[0]
            options = self._choices.read(words.tokens, finding, here=True)
            if options:
                return Answer.CHOICE, options
            return (Answer.UNSURE if self._yes_no.signals.is_unsure(spoken) else Answer.NONE), None
        if question.kind is FindingKind.DAYS:
            days = self._durations.read(spoken)
            vague = self._durations.is_vague(spoken)
            kind = Answer.DAYS
        else:
            days = self._severity.read(spoken, self._negators)
            vague = self._severity.is_vague(spoken)
            kind = Answer.NUMBER
        if days is not None:
            return kind, days
        unsure = vague or self._yes_no.signals.is_unsure(spoken)
        return (Answer.UNSURE if unsure and UNKNOWN not in spoken else Answer.NONE), None

    def _volunteer(
        self,
        spoken: tuple[str, ...],
        tokens: tuple[str, ...],
        mentions: Sequence[Mention],
        asked: frozenset[FindingId],
        found: dict[FindingId, FindingValue],
    ) -> None:
        """Numbers, durations and choices that were not asked for, if they are said in full."""
        for finding in self._kinds[FindingKind.SEVERITY]:
            severity = self._severity.volunteered(spoken, self._negators)
            if finding not in asked and severity is not None:
                found[finding] = severity
        for finding in self._kinds[FindingKind.DAYS]:
            if finding not in asked and not mentions and self._durations.tells_onset(spoken):
                days = [span.days for span in self._durations.spans(spoken)]
                if days:
                    found[finding] = max(days)
        for finding in self._kinds[FindingKind.CHOICE]:
            if finding not in asked:
                options = self._choices.read(tokens, finding, here=False)
                if options:
                    found[finding] = options
