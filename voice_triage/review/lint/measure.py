"""How hard a text is to take in by ear: sentences, options offered at once, reading age."""

from __future__ import annotations

import re
from collections.abc import Iterable

from voice_triage.content.sentences import sentences

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(
    r"(?:[^aeiouyl]|[aeiou]l)e\Z|[^aeiouytd]ed\Z|(?:[^aeiouscxzgh]|[^cs]h)es\Z"
)
_LEAD_IN = re.compile(
    r"\W*(?:and|since|in|within|when|if|with|after|before|for|from|at|as|apart)\b"
)
_OR_INSIDE = re.compile(r"(?<=\S) or\b")
_BARE_PAIR = re.compile(r"\b[\w']+ or (?!an?\b|the\b|your\b|in\b|is\b|did\b|do\b)[\w']+")

GRADE_TO_AGE = 5.0
"""A school grade of the United States begins at about this age plus the grade."""


def words(text: str) -> tuple[str, ...]:
    """The words of ``text``, lower case, without punctuation."""
    return tuple(w.lower() for w in _WORD.findall(text.replace("\u2019", "'")))


def syllables(word: str) -> int:
    """Syllables of an English word, estimated from its vowel groups; at least 1."""
    if word.isdigit():
        return len(word)  # read out, a number has about one syllable for each figure
    groups = len(_VOWELS.findall(word))
    if _SILENT_END.search(word):
        groups -= 1
    return max(groups, 1)


def reading_age(texts: Iterable[str]) -> float:
    """Age in years at which ``texts`` are read with ease: Flesch-Kincaid grade level + 5.

    Kincaid, Fishburne, Rogers and Chissom 1975 (Naval Technical Training Command, report 8-75):
    0.39 x words per sentence + 11.8 x syllables per word - 15.59. Meant for passages: give it
    several sentences at a time, a lone short one swings by years with a single long word.
    """
    parts = [s for text in texts for s in sentences(text)]
    found = [w for part in parts for w in words(part)]
    if not found:
        return 0.0
    per_word = sum(map(syllables, found)) / len(found)
    return 0.39 * len(found) / len(parts) + 11.8 * per_word - 15.59 + GRADE_TO_AGE


def things_offered(sentence: str) -> int:
    """How many things a listener must keep apart: those of the longest list.

    In a list with commas a pair of bare words (“weak or numb legs, …”) counts once: it names one
    thing in two ways. What stands before a colon is the list, what follows it the question.
    """
    plain = sentence.lower().replace(", and ", ", or ")
    return max(_options(part) for part in re.split(r"[:;]", plain))


def _options(part: str) -> int:
    if not re.search(r"\bor\b", part):
        return 1
    head, _, tail = part.rpartition(" or ")
    pieces = re.split(r",\s*", f"{head} or {tail.partition(',')[0]}")
    if len(pieces) > 1 and _LEAD_IN.match(pieces[0]) and " or " not in pieces[0]:
        del pieces[0]
    listed_with_comma = any(piece.startswith("or ") for piece in pieces)
    count = 0
    for at, piece in enumerate(pieces):
        count += 1 + len(_OR_INSIDE.findall(piece))
        is_last = at == len(pieces) - 1
        if len(pieces) > 1 and (listed_with_comma or not is_last):
            count -= len(_BARE_PAIR.findall(piece))
    return count
