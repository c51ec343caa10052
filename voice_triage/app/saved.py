"""A conversation's state as JSON and back: to go on after a crash, elsewhere, or from a record."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from voice_triage.conversation.state import State
from voice_triage.errors import UsageError

VERSION = 1
"""Of the form; raised when a field of the state changes its meaning."""


def saved(state: State, ruleset: str) -> str:
    """``state`` as one line of JSON. ``ruleset``: of the dialog that it belongs to."""
    return json.dumps({"version": VERSION, "ruleset": ruleset, "state": _plain(state)})


def restored(text: str, ruleset: str) -> State:
    """The state in ``text``; UsageError where it is damaged, or belongs to another ruleset."""
    try:
        data = json.loads(text)
        if (data["version"], data["ruleset"]) != (VERSION, ruleset):
            raise ValueError("it belongs to another version of the program or of the dialog")
        state = _made(State, data["state"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"a saved conversation cannot be used: {error}; begin anew") from error
    assert isinstance(state, State)
    return state


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _made(kind: Any, data: Any) -> Any:
    """The value of type ``kind`` that ``data`` is the plain form of."""
    kind = getattr(kind, "__supertype__", kind)  # an id is a text
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _made(_which(arguments, data), data)
    if origin is tuple:
        return tuple(_made(arguments[0], item) for item in _a(list, data))
    if origin is frozenset:
        return frozenset(_made(arguments[0], item) for item in _a(list, data))
    if origin is not None and issubclass(origin, Mapping):
        items = _a(dict, data).items()
        return {_made(arguments[0], key): _made(arguments[1], item) for key, item in items}
    if is_dataclass(kind):
        made: Any = kind
        hints = _hints(made)
        return made(**{name: _made(hints[name], item) for name, item in _a(dict, data).items()})
    if issubclass(kind, Enum):
        return kind[data]
    return float(_a((int, float), data)) if kind is float else _a(kind, data)


def _a(kind: Any, data: Any) -> Any:
    if not isinstance(data, kind):
        raise TypeError(f"{data!r} is of the wrong kind")
    return data


def _which(kinds: tuple[Any, ...], data: Any) -> Any:
    """Which of the types of a union ``data`` stands for."""
    if data is None:
        return type(None)
    for kind in kinds:
        origin = get_origin(kind) or kind
        if isinstance(data, list) and origin is tuple:
            return kind
        if isinstance(data, dict) and is_dataclass(kind):
            return kind
        if isinstance(data, int | float) and kind is float:
            return kind
        if isinstance(data, str) and getattr(kind, "__supertype__", kind) is str:
            return kind
        if isinstance(data, str) and isinstance(kind, type) and issubclass(kind, Enum):
            return kind
    raise TypeError(f"{data!r} is of none of the kinds expected")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
