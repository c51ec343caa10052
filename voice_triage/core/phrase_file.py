"""Reads the phrase file's data into a `Lexicon`, and reports every problem at once.

Lists of phrases are text: templates separated by commas and line ends (see core.phrases). Problems:
P001 something is missing, P002 an unknown key, P003 a wrong type, P004 a template that cannot be
read. `two_meanings` adds P005, a phrase with two meanings: too slow for every start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from voice_triage.core.lexicon import Lexicon
from voice_triage.core.lexicon_parts import (
    AnswerWords,
    DurationWords,
    FindingWords,
    GrammarWords,
    OptionWords,
    SeverityWords,
    SignPhrases,
    Templates,
)
from voice_triage.core.matcher import PhraseGraph
from voice_triage.core.phrases import Template, TemplateError, read_template, spoken_cover
from voice_triage.core.values import Command, FindingId, Reply
from voice_triage.errors import DialogError, Problem

LineOf = Callable[[tuple[str, ...]], int]
"""The 1-based line of the key at a path such as ``("findings", "fever", "yes")``; 0 if unknown."""

SCHEMA = 1

_LISTS: Mapping[str, dict[str, Any]] = {
    "danger": {"says": Reply.YES, "danger": True, "rules_out": True},
    "danger_parts": {"says": Reply.YES, "danger": True},
    "yes": {"says": Reply.YES, "rules_out": True},
    "parts": {"says": Reply.YES},
    "here": {"says": Reply.YES, "rules_out": True, "here": True},
    "topic": {"says": Reply.YES, "rules_out": True, "here": True, "topic": True},
    "maybe": {"says": Reply.UNSURE},
    "maybe_here": {"says": Reply.UNSURE, "here": True},
    "maybe_elsewhere": {"says": Reply.UNSURE, "elsewhere": True},
    "no": {"says": Reply.NO},
    "no_here": {"says": Reply.NO, "here": True},
    "not_this": {"says": None},
}
_FINDING_KEYS = frozenset(
    (*_LISTS, "now", "window_days", "ever", "family", "implies", "say", "clots")
)

_Section = TypeVar("_Section", GrammarWords, AnswerWords, SeverityWords)


def parse_lexicon(
    data: Mapping[str, Any], file: str = "phrases", line_of: LineOf = lambda _path: 0
) -> Lexicon:
    """The lexicon of a loaded phrase file. Raises `DialogError` with all problems of the file."""
    reader = _Reader(file, line_of)
    lexicon = reader.lexicon(data)
    if reader.problems:
        raise DialogError(reader.problems)
    return lexicon


@dataclass
class _Reader:
    file: str
    line_of: LineOf
    problems: list[Problem] = field(default_factory=list)

    def lexicon(self, data: Mapping[str, Any]) -> Lexicon:
        if data.get("schema") != SCHEMA:
            self.problem("P001", ("schema",), f"schema must be {SCHEMA}; this file has another.")
        grammar = dict(self.mapping(data, ("grammar",)))
        negators = self.mapping(grammar, ("grammar", "negators"))
        grammar.pop("negators", None)
        grammar["noun_negators"] = negators.get("nouns")
        grammar["verb_negators"] = negators.get("verbs")
        severity = dict(self.mapping(data, ("severity",)))
        severity |= self.mapping(severity, ("severity", "words"))
        severity.pop("words", None)
        durations = self.mapping(data, ("durations",))
        lexicon = Lexicon(
            language=str(data.get("language", "")),
            spelling={str(k): str(v) for k, v in self.mapping(data, ("spelling",)).items()},
            numbers=self.numbers(data, ("numbers",)),
            grammar=self.section(GrammarWords, grammar, "grammar"),
            answers=self.section(AnswerWords, self.mapping(data, ("answers",)), "answers"),
            commands=self.commands(data),
            emergency_call=self.phrases(data.get("emergency_call"), ("emergency_call",)),
            not_an_emergency_call=self.phrases(
                data.get("not_an_emergency_call"), ("not_an_emergency_call",)
            ),
            durations=self.durations(durations),
            severity=self.section(SeverityWords, severity, "severity"),
            findings=self.findings(data),
            choices=self.choices(data),
        )
        return lexicon

    def problem(self, code: str, path: tuple[str, ...], message: str, line: int = 0) -> None:
        where = ".".join(path)
        self.problems.append(Problem(self.file, line or self.line_of(path), code, where, message))

    def mapping(self, data: Mapping[str, Any], path: tuple[str, ...]) -> Mapping[str, Any]:
        value = data.get(path[-1])
        if isinstance(value, Mapping):
            return value
        self.problem("P001" if value is None else "P003", path, "a mapping is needed here.")
        return {}

    def numbers(self, data: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, float]:
        found: dict[str, float] = {}
        for key, value in self.mapping(data, path).items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                found[str(key)] = float(value)
            else:
                self.problem("P003", (*path, str(key)), "a number is needed here.")
        return found

    def phrases(self, value: object, path: tuple[str, ...]) -> Templates:
        """All phrases of a list of templates; the line of a bad template is reported."""
        if value is None or not isinstance(value, str | list | tuple):
            self.problem("P001" if value is None else "P003", path, "a list of phrases is needed.")
            return ()
        lines = value.split("\n") if isinstance(value, str) else [str(v) for v in value]
        start = self.line_of(path)
        found: dict[Template, None] = {}
        for number, line in enumerate(lines, start + 1):
            for template in filter(None, (part.strip() for part in line.split(","))):
                try:
                    found[read_template(template.lower())] = None
                except TemplateError as error:
                    self.problem("P004", path, f"{error}.", number if start else 0)
        return tuple(found)

    def section(self, kind: type[_Section], data: Mapping[str, Any], name: str) -> _Section:
        known = {f.name for f in fields(kind)}
        for key in data.keys() - known:
            self.problem("P002", (name, key), f"unknown; known are {', '.join(sorted(known))}.")
        return kind(**{key: self.phrases(data.get(key), (name, key)) for key in sorted(known)})

    def commands(self, data: Mapping[str, Any]) -> dict[Command, Templates]:
        section = self.mapping(data, ("commands",))
        known = {c.value for c in Command}
        for key in section.keys() - known:
            message = f"no command; commands are {', '.join(sorted(known))}."
            self.problem("P002", ("commands", key), message)
        return {c: self.phrases(section.get(c.value), ("commands", c.value)) for c in Command}

    def durations(self, data: Mapping[str, Any]) -> DurationWords:
        tables = ("units", "bare", "amounts", "phrases")
        lists = [f.name for f in fields(DurationWords) if f.name not in tables]
        for key in data.keys() - {*tables, *lists}:
            self.problem("P002", ("durations", key), "unknown key.")
        values: dict[str, Any] = {t: self.numbers(data, ("durations", t)) for t in tables}
        values |= {key: self.phrases(data.get(key), ("durations", key)) for key in lists}
        return DurationWords(**values)

    def findings(self, data: Mapping[str, Any]) -> dict[FindingId, FindingWords]:
        section = self.mapping(data, ("findings",))
        return {
            FindingId(key): self.finding(key, self.mapping(section, ("findings", key)))
            for key in section
        }

    def finding(self, key: str, data: Mapping[str, Any]) -> FindingWords:
        path = ("findings", key)
        for name in data.keys() - _FINDING_KEYS:
            self.problem(
                "P002", (*path, name), f"unknown; known: {', '.join(sorted(_FINDING_KEYS))}."
            )
        ever = data.get("ever", ())
        groups = []
        for name in data:
            settings = _LISTS.get("parts" if name == "clots" else name)
            if settings is not None:
                phrases = self.phrases(data[name], (*path, name))
                groups.append(SignPhrases(phrases, **settings, ever=name in ever))
        say = data.get("say")
        if not isinstance(say, Mapping) or not say:
            self.problem("P001", (*path, "say"), "one sentence each for “yes” and “no” is needed.")
            say = {}
        window = data.get("window_days")
        return FindingWords(
            id=FindingId(key),
            groups=tuple(groups),
            say={r: str(say[r.value]) for r in (Reply.YES, Reply.NO) if r.value in say},
            now=bool(data.get("now", False)),
            window_days=None if window is None else float(window),
            family=bool(data.get("family", False)),
            implies=tuple(FindingId(str(f)) for f in data.get("implies", ())),
        )

    def choices(self, data: Mapping[str, Any]) -> dict[FindingId, dict[str, OptionWords]]:
        section = self.mapping(data, ("choices",))
        found: dict[FindingId, dict[str, OptionWords]] = {}
        for finding in section:
            options = self.mapping(section, ("choices", finding))
            found[FindingId(finding)] = {
                option: self.option(("choices", finding, option), options) for option in options
            }
        return found

    def option(self, path: tuple[str, ...], options: Mapping[str, Any]) -> OptionWords:
        data = self.mapping(options, path)
        for key in data.keys() - {"yes", "here"}:
            self.problem("P002", (*path, key), "unknown; known are “yes” and “here”.")
        return OptionWords(
            *(self.phrases(data.get(key, ""), (*path, key)) for key in ("yes", "here"))
        )


def two_meanings(lexicon: Lexicon, file: str = "phrases") -> tuple[Problem, ...]:
    """Phrases that would mean two things to the same question (for `check`, not for starting)."""
    answers = lexicon.answers
    generic = {
        "yes": (*answers.yes, *answers.yes_last),
        "no": answers.no,
        "not now": answers.not_now,
        "unsure": answers.unsure,
        "neither": answers.neither,
    }
    drop = [word for t in lexicon.grammar.determiners for word in spoken_cover(t)]
    found = [*_clashes("answers", generic.items(), ())]
    found += _clashes("commands", ((c.value, t) for c, t in lexicon.commands.items()), ())
    for finding, words in lexicon.findings.items():
        groups = (g for g in words.groups if not g.elsewhere)
        said = ((str(g.says or "something else"), g.phrases) for g in groups)
        found += _clashes(f"findings.{finding}", said, drop)
    for choice, options in lexicon.choices.items():
        named = ((option, (*o.yes, *o.here)) for option, o in options.items())
        found += _clashes(f"choices.{choice}", named, drop)
    return tuple(Problem(file, 0, "P005", where, message) for where, message in found)


def _clashes(
    where: str, lists: Iterable[tuple[str, Templates]], drop: Iterable[str]
) -> Iterator[tuple[str, str]]:
    graph: PhraseGraph[str] = PhraseGraph(drop=drop)
    phrases: dict[str, None] = {}
    for meaning, templates in lists:
        for template in templates:
            graph.add(template, meaning)
            phrases |= dict.fromkeys(spoken_cover(template))
    for phrase in phrases:
        meanings = graph.means(phrase.split())
        if len(meanings) > 1:
            yield where, f"“{phrase}” means both {' and '.join(sorted(meanings))}; keep one."
