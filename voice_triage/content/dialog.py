"""A dialog as loaded and validated: what the clinician wrote, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from voice_triage.content.conditions import AtLeast, Condition, Is, Present
from voice_triage.values import FindingId, FindingKind, FindingValue, Level, QuestionId, RuleId

OPENING: Final = "opening"
STORY: Final = "story"
CLARIFY: Final = "clarify"
CONFIRM: Final = "confirm"
ENDED: Final = "ended"
RESERVED: Final = frozenset({OPENING, STORY, CLARIFY, CONFIRM, ENDED, *(lv.id for lv in Level)})
"""Places of a conversation beside its questions: names that no question may take."""


class AskedWhen(StrEnum):
    """When a finding's question comes up; `check` proves that the questions agree with it."""

    ALWAYS = "always"
    FOLLOW_UP = "follow_up"
    VOLUNTEERED = "volunteered"
    """Never asked; kept if the person says it."""
    DERIVED = "derived"
    """Computed from other findings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One clinical finding. Ids are a public contract (shared clinical table)."""

    id: FindingId
    kind: FindingKind
    asked: AskedWhen
    clause: str
    """Reason clause in the second person: “it hurts to breathe in”."""
    sign: str
    """The thing itself as a noun phrase: “pain when you breathe in”."""
    options: tuple[str, ...] = ()
    """Option ids of a choice finding."""
    derived: Condition | None = None
    said: str = ""
    """How a simulated patient says that it is there; empty: “yes”."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the level table: a lone finding or a combination."""

    id: RuleId
    when: Condition
    level: Level
    reason: str
    """Why this matters, one plain sentence: “A possible clot in the lung needs checking.”"""
    source: str
    line: int = 0

    @property
    def lone_finding(self) -> FindingId | None:
        """The one finding on which this rule rests; None for a combination."""
        return self.when.finding if isinstance(self.when, Present | AtLeast | Is) else None


@dataclass(frozen=True, slots=True)
class Part:
    """One finding of a grouped question: what is said when it is settled, and asked when not."""

    finding: FindingId
    fine: str
    """Said when it was just denied: “Your legs are fine.”"""
    ask: str
    """A short question about it alone; “yes” means that the sign is there."""
    there: str = ""
    """Said when it was just stated: “Tingling, I see.” Empty where that ends the questions."""


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt and what its answer settles."""

    id: QuestionId
    asks: tuple[FindingId, ...]
    """What a “yes” is about. With several, “yes” asks which, unless all lead to emergency."""
    kind: FindingKind
    ask: str
    again: tuple[str, str]
    """Two differently worded reprompts, the second in plainer words."""
    help: str
    """Why this is asked, one sentence, with its source."""
    no_also: tuple[FindingId, ...] = ()
    """Findings that a “no” answers too, though a “yes” does not."""
    when: Condition | None = None
    """None: asked of everyone. Open answers count as present here."""
    half: bool = False
    """A “no” answers only this half of the finding; another question has the other half."""
    which_of: QuestionId | None = None
    """This question finds out which sign a “yes” to that grouped question meant."""
    parts: tuple[Part, ...] = ()
    """Of a grouped question, one for each finding, in the order of ``asks``."""
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said at the end, per level. Each text is one or more short sentences."""

    level: Level
    head: str
    act: tuple[str, ...]
    watch: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Emergency number and advice line of a country."""

    id: str
    emergency_number: str
    advice_line: str = ""


@dataclass(frozen=True)
class Dialog:
    """A whole validated dialog."""

    id: str
    version: str
    language: str
    title: str
    findings: Mapping[FindingId, Finding]
    rules: tuple[Rule, ...]
    questions: tuple[Question, ...]
    """In the order in which they are asked; danger first."""
    outcomes: Mapping[Level, Outcome]
    advice: Mapping[FindingId, Mapping[str, str]]
    """Home advice by finding and option."""
    remarks: Mapping[FindingId, Mapping[str, str]]
    """What is said when an option is all that was chosen of a finding."""
    usual: Mapping[FindingId, FindingValue]
    """What a simulated patient has where its file says nothing."""
    texts: Mapping[str, str]
    """Everything else that is said, by a fixed set of keys (see content.dialog_file)."""
    regions: Mapping[str, Region]
    danger_phrases: Mapping[FindingId, tuple[str, ...]]
    """Plain words for danger signs, as templates: they act at once, if the reader agrees."""
    ruleset: str
    """``sha256:…`` over findings, rules and questions as loaded."""
    file: str = "dialog"
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict, repr=False)
    """Line in ``file`` by path: ``("questions", "fever", "again", 1)``; empty without a file."""

    @cached_property
    def question_by_id(self) -> Mapping[QuestionId, Question]:
        return {q.id: q for q in self.questions}

    @cached_property
    def lone_level(self) -> Mapping[FindingId, Level]:
        """Level that a yes/no finding forces alone; findings without one are absent."""
        levels: dict[FindingId, Level] = {}
        for rule in self.rules:
            if isinstance(rule.when, Present):
                known = levels.get(rule.when.finding, rule.level)
                levels[rule.when.finding] = max(known, rule.level)
        return levels

    @cached_property
    def derived_from(self) -> Mapping[FindingId, tuple[FindingId, ...]]:
        """For each finding, the derived findings that look at it."""
        users: dict[FindingId, tuple[FindingId, ...]] = {}
        for finding in self.findings.values():
            if finding.derived is not None:
                for used in dict.fromkeys(finding.derived.findings()):
                    users[used] = (*users.get(used, ()), finding.id)
        return users

    @cached_property
    def _rules_by_finding(self) -> Mapping[FindingId, tuple[Rule, ...]]:
        """Rules to look at again when a finding changes, through derived findings too."""
        table: dict[FindingId, tuple[Rule, ...]] = {}
        for finding in self.findings:
            seen = {finding, *self.derived_from.get(finding, ())}
            table[finding] = tuple(r for r in self.rules if seen & set(r.when.findings()))
        return table

    def rules_about(self, findings: Iterable[FindingId]) -> Iterable[Rule]:
        """Rules that mention one of ``findings``; each rule once."""
        table = self._rules_by_finding
        return {rule.id: rule for f in findings for rule in table.get(f, ())}.values()

    @cached_property
    def _red_flags(self) -> frozenset[QuestionId]:
        grave = {f for r in self.rules if r.level is Level.EMERGENCY for f in r.when.findings()}
        grave |= {f for f, level in self.lone_level.items() if level >= Level.URGENT}
        about = {q.id: (*q.asks, *q.no_also) for q in self.questions}
        return frozenset(q for q, ids in about.items() if not grave.isdisjoint(ids))

    def is_red_flag(self, question: Question) -> bool:
        """Can an answer make it urgent or an emergency, alone or by completing an emergency?"""
        return question.id in self._red_flags

    def question_level(self, question: Question) -> Level | None:
        """The highest lone level among what ``question`` settles; None without any."""
        ids = (*question.asks, *question.no_also)
        return max((self.lone_level[f] for f in ids if f in self.lone_level), default=None)
