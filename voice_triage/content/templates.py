"""The template language of the words file.

``(a|b)`` alternatives, ``[c]`` optional, nested as you like; ``~word`` marks a word that the
bundled speech model does not know, so that phrases with it are understood when typed but kept out
of the recogniser's grammar. ``[my] chest (hurts|aches)`` stands for four phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

EXPANSION_CAP = 2000
"""Phrases of one template that `expand` lists; matching itself has no such limit."""

WRITTEN = "~"

_LEXEME = re.compile(r"[()\[\]|]|~?[^\s()\[\]|~]+|~")


class TemplateError(ValueError):
    """A template that cannot be read; ``position`` is the 0-based character in it."""

    def __init__(self, message: str, template: str, position: int) -> None:
        self.position = position
        super().__init__(f"{message} at character {position + 1} of “{template}”")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    written: bool = False
    """Typed only: the bundled speech model does not know it."""


@dataclass(frozen=True, slots=True)
class Series:
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the branches; an optional part is a choice with an empty branch."""

    branches: tuple[Series, ...]


Part = Word | Choice


@dataclass(frozen=True, slots=True)
class Template:
    """One template as read; stands for at least one phrase of at least one word."""

    text: str
    body: Series

    def __str__(self) -> str:
        return self.text


class _Reader:
    """Recursive descent over the lexemes of one template."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._lexemes = [(m.group(), m.start()) for m in _LEXEME.finditer(template)]
        self._at = 0

    def read(self) -> Template:
        body = self._sequence()
        if self._at < len(self._lexemes):
            text, position = self._lexemes[self._at]
            said = "“|” belongs inside ( ) or [ ]," if text == "|" else f"“{text}” closes nothing"
            raise TemplateError(said, self._template, position)
        if not body.parts or any(not phrase for phrase in islice(_words(body), EXPANSION_CAP)):
            message = "a template must keep at least one word whatever is left out"
            raise TemplateError(message, self._template, 0)
        return Template(self._template, body)

    def _sequence(self) -> Series:
        parts: list[Part] = []
        while self._at < len(self._lexemes):
            text, position = self._lexemes[self._at]
            if text in ("|", ")", "]"):
                break
            self._at += 1
            if text == "(":
                parts.append(Choice(self._branches(")", position)))
            elif text == "[":
                parts.append(Choice((*self._branches("]", position), Series(()))))
            elif text == WRITTEN:
                raise TemplateError("“~” needs a word right after it", self._template, position)
            else:
                parts.append(Word(text.removeprefix(WRITTEN), text.startswith(WRITTEN)))
        return Series(tuple(parts))

    def _branches(self, closing: str, opened: int) -> tuple[Series, ...]:
        found = [self._sequence()]
        while self._at < len(self._lexemes) and self._lexemes[self._at][0] == "|":
            self._at += 1
            found.append(self._sequence())
        if self._at == len(self._lexemes) or self._lexemes[self._at][0] != closing:
            message = f"“{closing}” is missing for the bracket opened"
            raise TemplateError(message, self._template, opened)
        self._at += 1
        return tuple(found)


def read_template(text: str) -> Template:
    """The template written in ``text``. Raises `TemplateError` with the position."""
    return _Reader(text).read()


def listed(text: str) -> list[str]:
    """The templates of one entry of a words file: a comma or a new line ends each."""
    return [piece.strip() for piece in text.replace("\n", ",").split(",") if piece.strip()]


def expand(template: str | Template, cap: int = EXPANSION_CAP) -> tuple[str, ...]:
    """The first ``cap`` phrases that ``template`` stands for, in order; all have known spelling."""
    read = read_template(template) if isinstance(template, str) else template
    phrases = islice(_words(read.body), cap)
    return tuple(dict.fromkeys(" ".join(w.text for w in words) for words in phrases))


def _words(sequence: Series) -> Iterator[tuple[Word, ...]]:
    if not sequence.parts:
        yield ()
        return
    first, rest = sequence.parts[0], Series(sequence.parts[1:])
    if isinstance(first, Word):
        for after in _words(rest):
            yield (first, *after)
        return
    for branch in first.branches:
        for before in _words(branch):
            for after in _words(rest):
                yield (*before, *after)


def is_spoken(word: str) -> bool:
    """Is ``word``, as written in the words file, known to the bundled speech model?"""
    return WRITTEN not in word


@lru_cache(maxsize=4096)
def spoken_cover(template: Template) -> tuple[str, ...]:
    """Few spoken phrases of ``template`` that show every pair of neighbouring words in it.

    The recogniser makes a word bigram of its grammar: phrases without a new pair teach it nothing.
    Phrases with written-only words are left out.
    """
    return covering(_spoken_sample(template))


_SAMPLE = 3000


def _spoken_sample(template: Template) -> Iterator[str]:
    for words in islice(_words(template.body), _SAMPLE):
        if not any(w.written for w in words):
            yield " ".join(w.text for w in words)


def covering(phrases: Iterable[str]) -> tuple[str, ...]:
    """Enough of ``phrases`` to show every pair of neighbouring words in them, in their order."""
    seen: set[tuple[str, str]] = set()
    kept: dict[str, None] = {}
    for phrase in phrases:
        words = ("", *phrase.split(), "")
        pairs = set(pairwise(words))
        if not pairs <= seen:
            seen |= pairs
            kept[phrase] = None
    return tuple(kept)
