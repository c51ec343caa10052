"""Read typed values out of parsed YAML and collect every problem with its line.

Works on any mapping; where the YAML reader left line numbers (ruamel's ``lc``), uses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from voice_triage.content.templates import TemplateError, listed, read_template
from voice_triage.errors import Problem

MISSING: Any = object()


def line_of(node: object, key: object = None) -> int:
    """1-based line of ``key`` in ``node`` (or of ``node`` itself); 0 where unknown."""
    position = getattr(node, "lc", None)
    if position is None:
        return 0
    data = getattr(position, "data", None) or {}
    if key is not None and key in data:
        return int(data[key][0]) + 1
    line = getattr(position, "line", None)
    return 0 if line is None else int(line) + 1


Place = tuple[str | int, ...]
"""Keys and list positions from the top of a file down to a value: ``("questions", "fever", "again",
1)``."""
_DEEPEST = 6
"""Levels below which no line is ever asked for; also ends aliases that contain themselves."""


def lines_below(node: object, path: Place = ()) -> dict[Place, int]:
    """The line of every key and list item in ``node``, by path."""
    entries: Iterable[tuple[Any, Any]] = ()
    if isinstance(node, Mapping):
        entries = node.items()
    elif _is_list(node):
        entries = enumerate(node)
    lines: dict[Place, int] = {}
    for key, value in entries:
        here = (*path, key)
        lines[here] = line_of(node, key)
        if len(here) < _DEEPEST:
            lines |= lines_below(value, here)
    return lines


_BEYOND = 1e9
"""No number in our files comes near it; one that does is a slip."""


class FileReader:
    """Collects problems of one file while values are taken out of it.

    ``codes``: for what is missing, for an unknown key, and for a value of the wrong kind.
    """

    def __init__(self, file: str, codes: tuple[str, str, str] = ("D001", "D002", "D003")) -> None:
        self.file = file
        self._missing, self._unknown, self._wrong = codes
        self.problems: list[Problem] = []

    def report(self, code: str, where: object, message: str, line: int = 0) -> None:
        """``where`` is an id; in a broken file it may be anything that can be a key."""
        self.problems.append(Problem(self.file, line, code, str(where), message))

    def mapping(self, node: object, where: str, line: int = 0) -> Mapping[str, Any]:
        if isinstance(node, Mapping):
            return node
        self.report(self._wrong, where, f"expected keys and values, found {_kind(node)}", line)
        return {}

    def section(self, node: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """The mapping under ``key``; a problem and an empty one where it is missing."""
        if key not in node:
            self.report(self._missing, key, f"section '{key}' is missing; add it", line_of(node))
            return {}
        return self.mapping(node[key], key, line_of(node, key))

    def text(self, node: Mapping[str, Any], key: str, where: str, default: Any = MISSING) -> str:
        value = self._get(node, key, where, default)
        if value is default and default is not MISSING:
            return str(default)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not MISSING:
            self.report(self._wrong, where, f"'{key}' must be a text", line_of(node, key))
        return ""

    def number(self, node: Mapping[Any, Any], key: Any, where: str) -> float:
        value = self._get(node, key, where, MISSING)
        if value is MISSING:
            return 0.0
        if not is_number(value):
            self.report(self._wrong, where, f"'{key}' must be a number", line_of(node, key))
            return 0.0
        return float(value)

    def schema(self, node: Mapping[str, Any], version: int, code: str) -> None:
        """The key ``schema`` must be just ``version``; ``True`` equals 1, but is not meant."""
        found = node.get("schema")
        if found is True or found != version:
            message = f"this program reads 'schema: {version}'; found {found!r}"
            self.report(code, "schema", message, line_of(node, "schema"))

    def templates(
        self, node: Mapping[Any, Any], key: Any, where: str, code: str
    ) -> tuple[str, ...]:
        """The templates of a text; a comma or a new line ends each."""
        said = tuple(listed(self.text(node, key, where)))
        for template in said:
            self.template(template, where, code, line_of(node, key))
        return said

    def template(self, text: str, where: str, code: str, line: int) -> None:
        """Report ``code`` where it cannot be read."""
        try:
            read_template(text)
        except TemplateError as error:
            self.report(code, where, f"{error}; check brackets and commas", line)

    def flag(self, node: Mapping[str, Any], key: str, where: str) -> bool:
        value = node.get(key, False)
        if not isinstance(value, bool):
            self.report(self._wrong, where, f"'{key}' must be true or false", line_of(node, key))
        return value is True

    def texts(
        self, node: Mapping[str, Any], key: str, where: str, default: Any = MISSING
    ) -> tuple[str, ...]:
        value = self._get(node, key, where, default)
        if value is MISSING:
            return ()
        if _is_list(value) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(str(item).strip() for item in value)
        self.report(self._wrong, where, f"'{key}' must be a list of texts", line_of(node, key))
        return ()

    def choice(
        self, node: Mapping[str, Any], key: str, where: str, allowed: Iterable[str], code: str
    ) -> str | None:
        value = self.text(node, key, where)
        options = list(allowed)
        if not value or value in options:
            return value or None
        message = f"'{key}: {value}' is unknown; use one of {', '.join(options)}"
        self.report(code, where, message, line_of(node, key))
        return None

    def known_keys(self, node: Mapping[str, Any], allowed: Iterable[str], where: str) -> None:
        names = set(allowed)
        for key in node:
            if key not in names:
                message = f"key '{key}' is unknown; use one of {', '.join(sorted(names))}"
                self.report(self._unknown, where, message, line_of(node, key))

    def items(self, node: object, where: str, line: int = 0) -> Iterator[tuple[int, Any]]:
        """Numbered entries of a list, with the line of each."""
        if not _is_list(node):
            self.report(self._wrong, where, f"expected a list, found {_kind(node)}", line)
            return
        for index, item in enumerate(node):
            yield line_of(item) or line_of(node, index) or line, item

    def _get(self, node: Mapping[str, Any], key: str, where: str, default: Any) -> Any:
        if key in node:
            return node[key]
        if default is MISSING:
            self.report(self._missing, where, f"'{key}' is missing; add it", line_of(node))
        return default


def is_number(value: object) -> TypeGuard[int | float]:
    """A number that can be reckoned with: not true or false, not infinite, not “.nan”."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _BEYOND


def _kind(node: object) -> str:
    if node is None:
        return "nothing"
    if isinstance(node, Mapping):
        return "keys and values"
    if isinstance(node, str):
        return "a text"
    return "a list" if _is_list(node) else f"'{node}'"


def _is_list(node: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(node, Sequence) and not isinstance(node, str | bytes)
