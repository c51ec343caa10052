"""How deep and how large a YAML file may become once its aliases are followed.

An alias costs three letters and stands for all that its anchor holds: five lines of ten aliases
each are a hundred thousand conditions, and whoever walks through them is busy for minutes.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode

DEEPEST = 30
"""Levels of lists and keys in each other; a dialog has 7, and 8 more for its deepest condition."""
MOST_VALUES = 100_000
"""Values, each counted as often as it is named; the largest file that comes with us has 6,000."""


class TooMuchError(MarkedYAMLError):
    """The file grows too large by its aliases."""


class LimitedComposer(Composer):
    """Puts a file together; MarkedYAMLError where it is too deep, TooMuchError if too large."""

    _deep = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self._deep += 1
        if self._deep > DEEPEST:
            mark = self.parser.peek_event().start_mark
            raise MarkedYAMLError(None, None, f"more than {DEEPEST} levels deep", mark)
        node = super().compose_node(parent, index)
        self._deep -= 1
        return node

    def compose_document(self) -> Any:
        document = super().compose_document()
        _values(document, {})
        return document


def _values(node: Any, known: dict[int, int]) -> int:
    """How many values ``node`` stands for; ``known`` has those of the nodes seen before."""
    if id(node) in known or not isinstance(node, CollectionNode):
        return known.get(id(node), 1)
    known[id(node)] = 1  # for an alias that contains itself: whoever walks there ends it
    parts = node.value
    if isinstance(node, MappingNode):
        parts = [part for pair in node.value for part in pair]
    count = 1 + sum(_values(part, known) for part in parts)
    if count > MOST_VALUES:
        problem = f"stands for more than {MOST_VALUES} values, by its aliases"
        raise TooMuchError(None, None, problem, node.start_mark)
    known[id(node)] = count
    return count
