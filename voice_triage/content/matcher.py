"""Finds templates in a sequence of words: exact words only, nothing fuzzy.

“no chest pain” and “chest pain” are close for any similarity score, and opposite in meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from voice_triage.content.templates import Choice, Part, Template, Word
from voice_triage.content.templates import Series as Parts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase found in ``tokens[start:end]``, skipped words included."""

    start: int
    end: int
    values: tuple[T, ...]
    """What was registered under the phrase; several when it stands for several things."""


class _Node(Generic[T]):
    __slots__ = ("next", "values")

    def __init__(self) -> None:
        self.next: dict[str, list[_Node[T]]] = {}
        self.values: list[T] = []


class PhraseGraph(Generic[T]):
    """Many templates, searched at once. Its size is that of the templates, not of their phrases.

    ``drop``: words that never matter inside a phrase (“the”). ``skip``: words that may stand
    between the words of a phrase besides those (“my chest *really* hurts”). ``tight``: words after
    which nothing may stand, because that changes the meaning (“no, *just* air”).
    """

    def __init__(
        self, drop: Iterable[str] = (), skip: Iterable[str] = (), tight: Iterable[str] = ()
    ) -> None:
        self._root: _Node[T] = _Node()
        self._drop = frozenset(drop)
        self._skip = self._drop | frozenset(skip)
        self._tight = frozenset(tight)

    def add(self, template: Template, value: T) -> None:
        for node in self._sequence([self._root], template.body):
            if node is not self._root and value not in node.values:
                node.values.append(value)

    def _sequence(self, open_nodes: list[_Node[T]], parts: Parts) -> list[_Node[T]]:
        for part in parts.parts:
            open_nodes = self._part(open_nodes, part)
        return open_nodes

    def _part(self, open_nodes: list[_Node[T]], part: Part) -> list[_Node[T]]:
        if isinstance(part, Choice):
            ends = (self._sequence(open_nodes, branch) for branch in part.branches)
            return list(dict.fromkeys(node for nodes in ends for node in nodes))
        return self._word(open_nodes, part)

    def _word(self, open_nodes: list[_Node[T]], word: Word) -> list[_Node[T]]:
        if word.text in self._drop:
            return open_nodes
        node: _Node[T] = _Node()
        for before in open_nodes:
            before.next.setdefault(word.text, []).append(node)
        return [node]

    def longest(self, tokens: Sequence[str], start: int) -> Match[T] | None:
        """The longest phrase that begins with the word at ``start``."""
        first = self._root.next.get(tokens[start])
        if first is None:
            return None
        size, skip, tight = len(tokens), self._skip, self._tight
        end = start
        values: list[T] = []
        pending = [(node, start + 1) for node in first]
        while pending:
            node, at = pending.pop()
            if node.values:
                if at > end:
                    end, values = at, list(node.values)
                elif at == end:
                    values += [v for v in node.values if v not in values]
            following = node.next
            while following and at < size:
                token = tokens[at]
                at += 1
                if token in following:
                    pending += [(after, at) for after in following[token]]
                if token not in skip or tokens[at - 2] in tight:
                    break
        return Match(start, end, tuple(values)) if values else None

    def scan(self, tokens: Sequence[str]) -> Iterator[Match[T]]:
        """All phrases from left to right, the longest at each place, none overlapping."""
        at = 0
        while at < len(tokens):
            match = self.longest(tokens, at)
            if match is not None:
                yield match
            at = at + 1 if match is None else match.end

    def means(self, tokens: Sequence[str]) -> tuple[T, ...]:
        """What the whole of ``tokens`` stands for; empty if it is no phrase."""
        at = 0
        while at < len(tokens) and tokens[at] in self._drop:
            at += 1
        match = self.longest(tokens, at) if at < len(tokens) else None
        return match.values if match is not None and match.end == len(tokens) else ()
