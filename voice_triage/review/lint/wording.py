"""How it is said: short sentences, few options, plain words, no diagnosis and no all-clear."""

from __future__ import annotations

import re

from voice_triage.content.dialog import Dialog
from voice_triage.content.reading.fields import Place
from voice_triage.content.sentences import sentences
from voice_triage.review.lint.measure import reading_age, things_offered, words
from voice_triage.review.lint.report import Report
from voice_triage.review.lint.spoken import FRAGMENTS, Spoken, Use, spoken
from voice_triage.values import FindingKind

MOST_WORDS = 20
"""In a sentence; MOST_OPTIONS in a prompt; OLDEST_READER in years (content contract, “Words”)."""
MOST_OPTIONS = 3
OLDEST_READER = 11.0
AGE_TOLERANCE = 0.5
"""Years by which the estimate for one prompt swings with a single word."""
MOST_PHRASE_WORDS = 12
"""Of a clause or sign: two of them and “The reason is that” should fit into one sentence."""

_ILLNESS = re.compile(
    r"(?i)\b(?:clots?|infections?|stroke|heart attack|fractures?|cracks?|torn|tear|shingles|"
    r"pneumonia|aneurysm|embolism|sepsis|kidney stones?|compression|pressure on|slipped dis[ck]|"
    r"angina|cancer|arthritis|pleurisy|spinal injury|pulled muscle|strain(?:ed)?|sprain(?:ed)?|"
    r"irritated nerve)\b"
)
_HEDGE = re.compile(
    r"(?i)\b(?:possibl[ey]|can|may|might|could|check(?:s|ed|ing)?|rule out|rare(?:ly)?|"
    r"sounds? like|more likely|signs? of|risk|treated|had|after|found|seen)\b|\?"
)
_VERDICT = re.compile(
    r"(?i)\b(?:you|this|that|it)(?:'s| is| are|'re| have| has|'ve)? (?:(?:got|a|an|the|just|only|"
    r"definitely|certainly|surely|probably|clearly|having|have) )*"
    r"(?:blood )?(?:clot|infection|stroke|heart attack|fracture|torn|shingles|pneumonia|aneurysm|"
    r"embolism|sepsis|kidney stones?|slipped dis[ck]|pulled muscle|strain|sprain|cancer)\b"
)
_ALL_CLEAR = re.compile(
    r"(?i)\b(?:nothing (?:serious|to worry|is wrong)|(?:do not|don't|no need to) worry|"
    r"you are (?:fine|okay|safe|healthy|well)|all is well|no danger|harmless|not (?:serious|"
    r"dangerous)|everything is (?:fine|okay)|you need no doctor)\b"
)
_NOT_CLAIMED = re.compile(r"(?i)\b(?:cannot|can't|could|does not mean)\b")
_SOURCE = re.compile(
    r"(?i)\b(?:article|study|studies|health service|nhs|nice|doctors?|nurses?|guid(?:ance|elines?)|"
    r"experts?|research(?:ers)?|hospitals?|emergency teams?)\b"
)
_UNSPEAKABLE = re.compile(r"[^\w\s.,?!':;“”\-{}]|_|\b(?:e\.g|i\.e|etc|approx|mg|ml|vs)\b")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
_NEGATIVE = re.compile(r"(?i)\b(?:not|\w+n't|never|no|nothing|nobody|none|cannot|neither)\b")


def check_wording(dialog: Dialog, report: Report) -> None:
    """Report texts that are hard to take in by ear, or that claim too much.

    Word lists and reading ages are of English: other languages go without D142 to D145, D148, D152
    and the ages of D147.
    """
    english = dialog.language.partition("-")[0] == "en"
    for item in spoken(dialog):
        _check_text(item, report)
        if english:
            _check_english(item, report)
    for question in dialog.questions:
        path: Place = ("questions", str(question.id))
        _check_reprompts(path, (question.ask, *question.again), english, report)
        if not english:
            continue
        _check_age(path, [question.ask, *question.again, question.help], report)
        if not _SOURCE.search(question.help):
            report.add("D148", (*path, "help"), "it names nobody")
        if question.kind is FindingKind.YES_NO and question.which_of is None:
            _check_polarity((*path, "ask"), question.ask, report)
            for at, text in enumerate(question.again):
                _check_polarity((*path, "again", at), text, report)
    _check_phrases(dialog, english, report)
    if not english:
        return
    for level, outcome in dialog.outcomes.items():
        texts = [outcome.head, *outcome.act, *outcome.watch]
        _check_age(("outcomes", level.id), texts, report)
    _check_age(("rules",), [rule.reason for rule in dialog.rules], report)


def _check_text(item: Spoken, report: Report) -> None:
    fragment = item.path[0] == "texts" and item.path[-1] in FRAGMENTS
    for sentence in sentences(item.text):
        count = len(words(sentence))
        if count > MOST_WORDS:
            what = f"{count} words in “{_start(sentence)} …”"
            report.add("D141", item.path, what, where=item.where)
    if item.use is Use.PROMPT and item.text.count("?") > 1:
        report.add("D149", item.path, f"{item.text.count('?')} question marks", where=item.where)
    if found := _UNSPEAKABLE.search(item.text) or _SHOUTED.search(item.text):
        report.add("D150", item.path, f"'{found[0]}' is not for the ear", where=item.where)
    elif not fragment and item.text[-1] not in ".?!":
        report.add("D150", item.path, "no end mark", where=item.where)


def _check_english(item: Spoken, report: Report) -> None:
    if item.use is not Use.PROMPT:
        for sentence in sentences(item.text):
            _check_claims(item, sentence, report)
        return
    for sentence in sentences(item.template or item.text):
        if things_offered(sentence) > MOST_OPTIONS:
            what = f"{things_offered(sentence)} options in “{_start(sentence)} …”"
            report.add("D142", item.path, what, where=item.where)


def _check_claims(item: Spoken, sentence: str, report: Report) -> None:
    illness = _ILLNESS.search(sentence)
    if illness and (_VERDICT.search(sentence) or not _HEDGE.search(sentence)):
        what = f"'{illness[0]}' is named as a fact"
        report.add("D144", item.path, what, where=item.where)
    clear = _ALL_CLEAR.search(sentence)
    if clear and not _NOT_CLAIMED.search(sentence[: clear.start()]):
        report.add("D145", item.path, f"'{clear[0]}'", where=item.where)


def _check_age(path: Place, passage: list[str], report: Report) -> None:
    age = reading_age(passage)
    if age > OLDEST_READER:
        report.add("D143", path, f"reading age {age:.1f} years")


def _check_reprompts(path: Place, prompts: tuple[str, ...], english: bool, report: Report) -> None:
    for at, text in enumerate(prompts):
        for earlier in prompts[:at]:
            if _alike(text, earlier):
                report.add("D146", (*path, "again", at - 1), "nearly the words used before")
    first, second = prompts[1:]
    longest = [max((len(words(s)) for s in sentences(t)), default=0) for t in (first, second)]
    if longest[1] > longest[0]:
        what = f"a sentence of {longest[1]} words after one of {longest[0]}"
        report.add("D147", (*path, "again", 1), what)
    elif english and reading_age([second]) > reading_age([first]) + AGE_TOLERANCE:
        ages = f"{reading_age([second]):.1f} after {reading_age([first]):.1f}"
        report.add("D147", (*path, "again", 1), f"reading age {ages} years")


MOST_ALIKE = 0.75
"""Share of different words that two wordings may have in common."""


def _alike(one: str, other: str) -> bool:
    a, b = set(words(one)), set(words(other))
    return len(a & b) >= MOST_ALIKE * max(len(a | b), 1)


def _check_polarity(path: Place, text: str, report: Report) -> None:
    for sentence in sentences(text):
        found = _NEGATIVE.search(sentence)
        if sentence.endswith("?") and found:
            report.add("D152", path, f"'{found[0]}' in “{_start(sentence)} …”")


def _check_phrases(dialog: Dialog, english: bool, report: Report) -> None:
    for finding in dialog.findings.values():
        for key, text in (("clause", finding.clause), ("sign", finding.sign)):
            path: Place = ("findings", str(finding.id), key)
            begins = text[0].islower() or not english  # “Ihr Arm”
            if not begins or text[-1] in ".?!," or len(words(text)) > MOST_PHRASE_WORDS:
                report.add("D151", path, f"'{text}'")
            if found := _VERDICT.search(text):
                report.add("D144", path, f"'{found[0]}' is a diagnosis")


def _start(sentence: str) -> str:
    return " ".join(sentence.split()[:5])
