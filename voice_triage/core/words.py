"""Heard or typed text to plain words: the only place that knows about spelling and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNKNOWN = "[unk]"
"""The recogniser's word for something that it did not understand."""
PAUSE = ","
"""A comma: a weak boundary."""
STOP = "."
"""A full stop, question mark, semicolon: a strong boundary."""
BOUNDARIES = frozenset((PAUSE, STOP))

LONGEST_FALSE_START = 3
"""Words that people say again when they begin anew: “it's not, it's not pleasant”."""

TEXT_LIMIT = 2000
"""Characters of an utterance that are read; minutes of speech have fewer."""

_PIECE = re.compile(
    r"\[unk\]|<unk>|[0-9]+(?:\.[0-9]+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[,.;:!?…\n()\u2013\u2014/&+]",
    re.IGNORECASE,
)
_HALVES = re.compile(r"(?<=[0-9])\s+1/2\b")
_DIGITS = frozenset("0123456789")
_STRONG = frozenset(".;:!?…\n")
_SYMBOL_WORDS = {"/": "or", "&": "and", "+": "and"}


@dataclass(frozen=True, slots=True)
class Words:
    """An utterance as words. ``tokens`` also holds the boundaries “,” and “.”."""

    text: str
    tokens: tuple[str, ...]


class Normaliser:
    """Puts text into the words of the phrase file. Never raises, whatever the text."""

    def __init__(
        self,
        spelling: Mapping[str, str],
        numbers: Mapping[str, float],
        said_twice: Iterable[str] = (),
    ) -> None:
        """``spelling``: typed variant → words; ``numbers``: number word → value. These and
        ``said_twice`` mean something when repeated (“no, no”); other repeats are false starts."""
        self._spelling = {key: tuple(value.split()) for key, value in spelling.items()}
        self._groups = {
            tuple(key.split()): tuple(value.split())
            for key, value in spelling.items()
            if " " in key
        }
        self._group_starts = frozenset(group[0] for group in self._groups)
        self._longest = max(map(len, self._groups), default=1)
        by_value: dict[int, str] = {}
        for word, value in numbers.items():
            if value == int(value):
                by_value.setdefault(int(value), word)
        self._by_value = by_value
        self._numbers = frozenset(numbers)
        self._said_twice = frozenset((*said_twice, UNKNOWN))

    def __call__(self, text: str) -> Words:
        plain = unicodedata.normalize("NFKC", text[:TEXT_LIMIT]).lower()
        plain = plain.replace("’", "'").replace("‘", "'").replace("`", "'").replace("´", "'")  # noqa: RUF001
        plain = _HALVES.sub(" and a half", plain.replace("\u2044", "/"))
        tokens: list[str] = []
        previous = ""
        for piece in _PIECE.findall(plain):
            if piece[0] in "[<":
                tokens.append(UNKNOWN)
            elif piece[0] in _DIGITS:
                tokens += self._spelling.get(piece) or self._number_words(piece)
            elif piece == "/" and previous[:1] in _DIGITS:
                tokens += ("out", "of")  # 8/10
            elif piece in _SYMBOL_WORDS:
                tokens.append(_SYMBOL_WORDS[piece])
            elif piece in _STRONG:
                tokens.append(STOP)
            elif not piece[0].isalpha():
                tokens.append(PAUSE)
            else:
                tokens += self._spelling.get(piece, (piece,))
            previous = piece
        tokens = self._join_groups(tokens)
        text_words = " ".join(t for t in tokens if t not in BOUNDARIES)
        return Words(text_words, tuple(self._without_false_starts(tokens)))

    def _without_false_starts(self, tokens: list[str]) -> list[str]:
        """“I was, I was hoping” → “I was hoping”: people in pain begin again."""
        kept: list[str] = []
        at = 0
        while at < len(tokens):
            again = self._said_again(tokens, at)
            if again == at:
                kept.append(tokens[at])
                again += 1
            at = again
        return kept

    def _said_again(self, tokens: list[str], at: int) -> int:
        """Where the words at ``at`` begin anew; ``at`` itself if they do not."""
        for size in range(LONGEST_FALSE_START, 0, -1):
            words = tokens[at : at + size]
            second = at + size
            if tokens[second : second + 1] == [PAUSE]:
                second += 1
            if tokens[second : second + size] != words or not BOUNDARIES.isdisjoint(words):
                continue
            if self._numbers.isdisjoint(words) and not self._said_twice.issuperset(words):
                return second
        return at

    def _join_groups(self, tokens: list[str]) -> list[str]:
        """“can not” → “can't”: spellings of several words, the longest first."""
        if self._group_starts.isdisjoint(tokens):
            return tokens
        joined: list[str] = []
        at = 0
        while at < len(tokens):
            for length in range(self._longest, 1, -1):
                better = self._groups.get(tuple(tokens[at : at + length]))
                if better is not None:
                    joined += better
                    at += length
                    break
            else:
                joined.append(tokens[at])
                at += 1
        return joined

    def _number_words(self, digits: str) -> list[str]:
        whole, _, fraction = digits.partition(".")
        words = self._whole_number(whole)
        if fraction.strip("0"):
            words = [*words, "point", *self._each_digit(fraction)]
        return words

    def _whole_number(self, digits: str) -> list[str]:
        if len(digits) == 4 and digits[:2] in ("19", "20") and digits[2:] != "00":
            return [*self._whole_number(digits[:2]), *self._year_end(digits[2:])]
        if len(digits) > 3 or not self._by_value:
            return self._each_digit(digits)
        value = int(digits)
        hundreds, rest = divmod(value, 100)
        words = [] if not hundreds else [self._word(hundreds), self._word(100)]
        if not rest and hundreds:
            return words
        if rest in self._by_value:
            return [*words, self._word(rest)]
        return [*words, self._word(rest - rest % 10), self._word(rest % 10)]

    def _year_end(self, digits: str) -> list[str]:
        """2005 → “twenty zero five”, 2010 → “twenty ten”."""
        return self._each_digit(digits) if digits[0] == "0" else self._whole_number(digits)

    def _each_digit(self, digits: str) -> list[str]:
        return [self._word(int(digit)) for digit in digits[:20]]

    def _word(self, value: int) -> str:
        return self._by_value.get(value, str(value))
