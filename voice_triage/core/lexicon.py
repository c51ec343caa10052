"""All language as a frozen value: what people may say, read from the phrase file.

`phrase_file.parse_lexicon` makes a `Lexicon` of the loaded YAML data; `interpret.Interpreter`
understands text with it. Here it is also turned round: the phrases that the recogniser listens for,
and what a simulated patient says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import islice, pairwise, zip_longest

from voice_triage.core.dialog import Question
from voice_triage.core.lexicon_parts import (
    AnswerWords,
    DurationWords,
    FindingWords,
    GrammarWords,
    OptionWords,
    SeverityWords,
    Templates,
)
from voice_triage.core.phrases import (
    WRITTEN,
    Choice,
    Sequence,
    Template,
    Word,
    covering,
    is_spoken,
    spoken_cover,
)
from voice_triage.core.values import Command, FindingId, FindingKind, FindingValue, Reply

DURATION = FindingId("duration_days")
"""The one finding whose numbers are days."""

OWN_CAP, YES_CAP, NO_CAP, UNSURE_CAP = 88, 35, 45, 35
AMOUNT_CAP, COMMAND_CAP, DANGER_CAP, FILLER_CAP = 214, 128, 135, 55
"""Phrases of each kind in a turn's grammar, below 600 together. Vosk makes a word bigram of them,
so that few phrases already allow many, and too many flatten it."""


@dataclass(frozen=True)
class Lexicon:
    """The whole phrase file as one value."""

    language: str
    spelling: Mapping[str, str]
    numbers: Mapping[str, float]
    grammar: GrammarWords
    answers: AnswerWords
    commands: Mapping[Command, Templates]
    emergency_call: Templates
    not_an_emergency_call: Templates
    durations: DurationWords
    severity: SeverityWords
    findings: Mapping[FindingId, FindingWords]
    choices: Mapping[FindingId, Mapping[str, OptionWords]]

    @cached_property
    def number_values(self) -> Mapping[str, float]:
        """Number word → value, typed ones included."""
        return {word.removeprefix(WRITTEN): value for word, value in self.numbers.items()}

    @property
    def fillers(self) -> tuple[str, ...]:
        """Spoken words and phrases that mean nothing."""
        return _spread(self.grammar.fillers, FILLER_CAP)

    def answer_phrases(self, question: Question) -> tuple[str, ...]:
        """Everything that a person may say to ``question``, for the recogniser's grammar."""
        return tuple(dict.fromkeys(self._answers(question)))

    def command_phrases(self) -> tuple[str, ...]:
        return _spread([t for templates in self.commands.values() for t in templates], COMMAND_CAP)

    def danger_phrases(self) -> tuple[str, ...]:
        """Any-time danger words and calls for help, most important first."""
        return self._danger

    def volunteer_phrases(self) -> tuple[str, ...]:
        """Likely statements of findings that were not asked, so that compound answers are heard."""
        return self._volunteered

    def say(self, finding: FindingId, value: FindingValue) -> str:
        """A sentence of a simulated patient that is understood as ``value`` when asked."""
        if value is Reply.UNSURE:
            return "i am not sure"
        if isinstance(value, Reply):
            words = self.findings.get(finding)
            return words.say[value] if words and value in words.say else str(value)
        if isinstance(value, tuple):
            return " and ".join(self._option(finding, option) for option in value)
        return self._number(value) if finding != DURATION else self._days(value)

    def words(self) -> frozenset[str]:
        """Every word that the recogniser is asked to know."""
        return frozenset(w.text for w in self._every_word() if not w.written)

    @cached_property
    def _danger(self) -> tuple[str, ...]:
        signs = [g for f in self.findings.values() for g in f.groups if g.danger]
        first = [t for g in signs if g.rules_out for t in g.phrases]
        parts = [t for g in signs if not g.rules_out for t in g.phrases]
        return _spread([*first, *self.emergency_call, *parts], DANGER_CAP)

    @cached_property
    def _volunteered(self) -> tuple[str, ...]:
        said = [f.say[Reply.YES] for f in self.findings.values() if Reply.YES in f.say]
        denied = [
            f"no {phrase}"
            for words in self.findings.values()
            for group in words.groups
            if group.rules_out and not group.here
            for phrase in list(_spoken(group.phrases[:1]))[:1]
        ]
        return covering((*said, *denied))

    def _answers(self, question: Question) -> Iterator[str]:
        answers = self.answers
        findings = (*question.asks, *question.no_also)
        for finding in findings:
            yield from self._finding_phrases(finding, OWN_CAP // len(findings))
        if question.kind is FindingKind.YES_NO:
            yield from _spread((*answers.yes, *answers.yes_last), YES_CAP)
            yield from _spread(answers.no, NO_CAP)
            yield from _spread((*answers.unsure, *answers.not_now), UNSURE_CAP)
            if question.which_of is not None:
                yield from _spoken((*answers.both, *answers.first, *answers.second))
        else:
            yield from ("i don't know", "i am not sure", "no idea", "nothing", "none")
        if question.kind is FindingKind.SEVERITY:
            yield from islice(self._severity_phrases(), AMOUNT_CAP)
        elif question.kind is FindingKind.DAYS:
            yield from islice(covering(self._duration_phrases()), AMOUNT_CAP)

    def _finding_phrases(self, finding: FindingId, cap: int) -> Iterator[str]:
        words = self.findings.get(finding)
        if words is not None:
            yield from words.say.values()
            own = [g for g in words.groups if g.says is not None and not g.danger]
            own.sort(key=lambda g: (not g.here, not g.rules_out))
            yield from _spread([t for group in own for t in group.phrases], cap)
        options = self.choices.get(finding, {})
        for option, phrases in options.items():
            yield option
            yield from _spread((*phrases.here, *phrases.yes), AMOUNT_CAP // len(options) - 1)

    def _severity_phrases(self) -> Iterator[str]:
        ten = [w for w, value in self.numbers.items() if is_spoken(w) and 0 <= value <= 10]
        for word in ten:
            yield from (word, f"{word} out of ten", f"about {word}", f"{word} and a half")
            yield from (f"maybe {word}", f"it is {word}", f"it's about {word}")
        yield from (f"{low} or {high}" for low, high in pairwise(ten[1:]))
        words = self.severity
        yield from _spoken((*words.ten, *words.nine, *words.zero, *words.vague))

    def _duration_phrases(self) -> Iterator[str]:
        words = self.durations
        counts = [w for w, value in self.numbers.items() if is_spoken(w) and 1 <= value <= 20]
        yield from words.phrases
        for unit in ("hours", "days", "weeks", "months", "years"):
            yield from (f"{count} {unit}" for count in counts)
            yield from (f"{amount} {unit}" for amount in ("a few", "a couple of", "several"))
            yield from (f"for {unit}", f"on and off for {unit}", f"{unit} ago", f"{unit} now")
        nearly = (*words.longer, *words.shorter, *words.nearly)
        for unit in ("hour", "day", "week", "month", "year"):
            yield from (f"{count} {unit}" for count in ("a", "one", "about a", "half a"))
            yield from (f"{more} a {unit}" for more in _spoken(nearly))
        days = _spoken(words.weekdays)
        yield from (f"since {phrase}" for day in days for phrase in (day, f"last {day}"))
        yield from (f"{low} or {high} days" for low, high in pairwise(counts))
        yield from (f"about {count} days" for count in counts[:10])
        yield from _spoken((*words.vague, *words.onset))

    def _option(self, finding: FindingId, option: str) -> str:
        words = self.choices.get(finding, {}).get(option)
        return option if words is None else next(_spoken((*words.yes, *words.here)), option)

    def _number(self, value: float) -> str:
        words = " ".join(_spell(int(value), {v: w for w, v in reversed([*self.numbers.items()])}))
        return words if value == int(value) else f"{words} and a half"

    def _days(self, value: float) -> str:
        if value < 1:
            return "half a day"
        if value == 1:
            return "one day"
        if value >= 1000:
            return f"{self._number(value // 365)} years"
        days = f"{self._number(value)} days"
        if is_spoken(days):
            return days
        weeks, rest = divmod(value, 7)
        return f"{self._number(weeks)} weeks and {self._number(rest)} days"

    def _every_word(self) -> Iterator[Word]:
        sections = (self.grammar, self.answers, self.severity, self.durations)
        for section in sections:
            for f in fields(section):
                value = getattr(section, f.name)
                if isinstance(value, tuple):
                    yield from _template_words(value)
                else:
                    keys = (word for key in value for word in key.split())
                    yield from (Word(w.removeprefix(WRITTEN), not is_spoken(w)) for w in keys)
        yield from (Word(w.removeprefix(WRITTEN), not is_spoken(w)) for w in self.numbers)
        for phrases in (*self.commands.values(), self.emergency_call):
            yield from _template_words(phrases)
        for words in self.findings.values():
            yield from (Word(w) for sentence in words.say.values() for w in sentence.split())
            for group in words.groups:
                yield from _template_words(group.phrases)
        for options in self.choices.values():
            for option, named in options.items():
                yield from map(Word, option.split())
                yield from _template_words((*named.yes, *named.here))


def _spoken(templates: Templates) -> Iterator[str]:
    for template in templates:
        yield from spoken_cover(template)


def _spread(templates: Iterable[Template], cap: int) -> tuple[str, ...]:
    """Up to ``cap`` phrases, the first of every template before the second of any."""
    phrases = zip_longest(*map(spoken_cover, templates))
    return covering(p for row in phrases for p in row if p is not None)[:cap]


def _template_words(templates: Templates) -> Iterator[Word]:
    pending: list[Word | Choice | Sequence] = [t.body for t in templates]
    while pending:
        part = pending.pop()
        if isinstance(part, Word):
            yield part
        else:
            pending += part.parts if isinstance(part, Sequence) else part.branches


def _spell(value: int, names: Mapping[float, str]) -> list[str]:
    """Number words: 120 → “one hundred twenty”."""
    hundreds, rest = divmod(value, 100)
    words = [*_spell(hundreds, names), names[100]] if hundreds else []
    if rest in names:
        return words if hundreds and not rest else [*words, names[rest]]
    return [*words, names[rest - rest % 10], names[rest % 10]]
