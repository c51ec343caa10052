"""The sections of the phrase file as frozen values: lists of templates, and tables of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voice_triage.core.phrases import Template
from voice_triage.core.values import FindingId, Reply

Templates = tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class GrammarWords:
    """How statements are put together; the comments in the phrase file explain each list."""

    determiners: Templates
    softeners: Templates
    fillers: Templates
    noun_negators: Templates
    verb_negators: Templates
    not_negators: Templates
    but_now: Templates
    contrast: Templates
    ends_no: Templates
    after_and: Templates
    subjects: Templates
    complements: Templates
    doubt: Templates
    doubt_after: Templates
    conditional: Templates
    usual: Templates
    past: Templates
    recent: Templates
    was: Templates
    ongoing: Templates
    gone: Templates
    relatives: Templates
    relative_past: Templates
    corrections: Templates
    plain: Templates
    troubling: Templates
    before_sign: Templates
    negative_verbs: Templates
    word_only: Templates
    degrees: Templates
    lists: Templates
    perfect: Templates
    first_person: Templates
    clause_verbs: Templates
    short_no: Templates
    weak_yes: Templates


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """Answers that fit any yes/no question."""

    yes: Templates
    yes_last: Templates
    no: Templates
    not_now: Templates
    unsure: Templates
    neither: Templates
    both: Templates
    first: Templates
    second: Templates


@dataclass(frozen=True, slots=True)
class DurationWords:
    """How long: words and their values in days."""

    units: Mapping[str, float]
    bare: Mapping[str, float]
    amounts: Mapping[str, float]
    phrases: Mapping[str, float]
    hours: Templates
    minutes: Templates
    longer: Templates
    shorter: Templates
    nearly: Templates
    vague: Templates
    weekdays: Templates
    onset: Templates
    between: Templates
    about: Templates
    ago: Templates
    since: Templates
    half_more: Templates


@dataclass(frozen=True, slots=True)
class SeverityWords:
    """How bad, 0 to 10."""

    scale: Templates
    ten: Templates
    nine: Templates
    zero: Templates
    vague: Templates
    halves: Templates
    not_numbers: Templates


@dataclass(frozen=True, slots=True)
class SignPhrases:
    """Phrases with one meaning for one finding."""

    phrases: Templates
    says: Reply | None
    """What stating one means; None: the phrase only sounds like the finding."""
    danger: bool = False
    rules_out: bool = False
    """Denying one of them denies the finding."""
    here: bool = False
    """Only in answer to the finding's own question."""
    elsewhere: bool = False
    """Not in answer to the finding's own question."""
    ever: bool = False
    """Counts whenever it was."""
    topic: bool = False
    """Only names the thing: states it if nothing else is said."""


@dataclass(frozen=True, slots=True)
class FindingWords:
    """Everything that states or denies one yes/no finding."""

    id: FindingId
    groups: tuple[SignPhrases, ...]
    say: Mapping[Reply, str]
    now: bool = False
    window_days: float | None = None
    family: bool = False
    implies: tuple[FindingId, ...] = ()
    """Findings that are stated with it: who fell down the stairs had a fall."""


@dataclass(frozen=True, slots=True)
class OptionWords:
    """What names one option of a choice: anywhere, or only in answer to its question."""

    yes: Templates
    here: Templates
