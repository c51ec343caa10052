"""Heard or typed text to plain words: the only place that knows about spelling and punctuation."""

from __future__ import annotations

import re
import unicodedata

from voice_triage.content.words import Words

UNKNOWN = "[unk]"
"""The recogniser's word for something that it did not understand."""
PAUSE = ","
"""A comma: a weak boundary. Typed text has them, heard text does not."""
STOP = "."
"""A full stop, question mark, semicolon: a strong boundary."""
BOUNDARIES = frozenset((PAUSE, STOP))

TEXT_LIMIT = 2000
"""Characters of an utterance that are read; minutes of speech have fewer."""

_PIECE = re.compile(
    r"\[unk\]|<unk>|[0-9]+(?:\.[0-9]+)?(?:st|nd|rd|th)?|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|[,.;:!?…\n()\u2013\u2014/&+-]",
    re.IGNORECASE,
)
_APOSTROPHES = dict.fromkeys(map(ord, "\u2019\u2018`\u00b4"), "'")
_HALVES = re.compile(r"(?<=[0-9])\s+1/2\b")
_STRONG = frozenset(".;:!?…\n")
_JOINED = "-"
_SYMBOL_WORDS = {"/": "or", "&": "and", "+": "and"}


class Tokeniser:
    """Puts text into the words of a language. Never raises, whatever the text."""

    def __init__(self, words: Words) -> None:
        spelling = words.spelling.items()
        self._spelling = {tuple(key.split()): value.split() for key, value in spelling}
        self._starts = frozenset(key[0] for key in self._spelling)
        self._longest = max(map(len, self._spelling), default=1)
        self._numbers: dict[int, str] = {}
        for word, value in words.numbers.values.items():
            self._numbers.setdefault(int(value), word)
        self._ordinals = {int(value): word for word, value in words.times.ordinals.items()}

    def __call__(self, text: str) -> tuple[str, ...]:
        """The words of ``text`` in lower case, boundaries between them."""
        plain = unicodedata.normalize("NFKC", text[:TEXT_LIMIT]).lower().translate(_APOSTROPHES)
        plain = _HALVES.sub(" and a half", plain.replace("\u2044", "/"))
        tokens: list[str] = []
        previous = ""
        for piece in _PIECE.findall(plain):
            if piece[0] in "[<":
                tokens.append(UNKNOWN)
            elif piece[0] in "0123456789":
                tokens += self._digits(piece)
            elif piece == _JOINED:
                if previous[:1].isdigit():
                    tokens.append("to")  # 6-7; “light-headed” is two words
            elif piece == "/" and previous[:1].isdigit():
                tokens += ("out", "of")  # 8/10
            elif piece in _SYMBOL_WORDS:
                tokens.append(_SYMBOL_WORDS[piece])
            elif piece[0].isalpha():
                tokens.append(piece)
            else:
                tokens.append(STOP if piece in _STRONG else PAUSE)
            previous = piece
        return tuple(self._spelled(tokens))

    def _spelled(self, tokens: list[str]) -> list[str]:
        """Typed variants replaced, the longest first."""
        if self._starts.isdisjoint(tokens):
            return tokens
        spelled: list[str] = []
        at = 0
        while at < len(tokens):
            for length in range(self._longest, 0, -1):
                better = self._spelling.get(tuple(tokens[at : at + length]))
                if better is not None:
                    spelled += better
                    at += length
                    break
            else:
                spelled.append(tokens[at])
                at += 1
        return spelled

    def _digits(self, piece: str) -> list[str]:
        if piece[-1].isalpha():
            place = int(piece[:-2])
            known = self._ordinals.get(place)
            return self._whole(piece[:-2]) if known is None else [known]
        whole, _, fraction = piece.partition(".")
        words = self._whole(whole)
        if fraction.strip("0"):
            words = [*words, "point", *self._each_digit(fraction)]
        return words

    def _whole(self, digits: str) -> list[str]:
        if tuple([digits]) in self._spelling:
            return [digits]  # “999”: replaced by its own spelling
        if len(digits) == 4 and digits[:2] in ("19", "20") and digits[2:] != "00":
            end = digits[2:]
            return [
                *self._whole(digits[:2]),
                *(self._each_digit(end) if end[0] == "0" else self._whole(end)),
            ]
        if len(digits) > 3:
            return self._each_digit(digits)
        hundreds, rest = divmod(int(digits), 100)
        words = [self._word(hundreds), self._word(100)] if hundreds else []
        if not rest and hundreds:
            return words
        if rest in self._numbers:
            return [*words, self._word(rest)]
        return [*words, self._word(rest - rest % 10), self._word(rest % 10)]

    def _each_digit(self, digits: str) -> list[str]:
        return [self._word(int(digit)) for digit in digits[:20]]

    def _word(self, value: int) -> str:
        return self._numbers.get(value, str(value))
