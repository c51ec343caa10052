"""The words of a language (``dialogs/en.yaml``): spelling, commands, numbers and times.

What people say about their trouble is not here: the reader learns that from labelled replies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from voice_triage.content.templates import TemplateError, listed, read_template, spoken_cover
from voice_triage.errors import DialogError, Problem
from voice_triage.understanding.durations import Durations
from voice_triage.understanding.features import Features
from voice_triage.understanding.numbers import graph
from voice_triage.understanding.severity import Severity
from voice_triage.understanding.tokens import Tokeniser
from voice_triage.values import Command

SCHEMA = 1
SECTIONS = (
    *("schema", "language", "spelling", "cues", "short_answers", "fillers", "commands"),
    *("emergency_call", "which", "numbers", "severity", "durations"),
)
WHICH = ("both", "first", "second")

LineOf = Callable[[str], int]


class Words:
    """The language as read, and the parts of the understanding that it makes."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.language = str(data["language"])
        self.short_answers = tuple(listed(data["short_answers"]))
        self.fillers = tuple(listed(data["fillers"]))
        self.commands = {
            Command(key): tuple(listed(text)) for key, text in data["commands"].items()
        }
        self.emergency_calls = tuple(listed(data["emergency_call"]))
        self.which = {key: tuple(listed(data["which"][key])) for key in WHICH}

    @classmethod
    def read(cls, data: object, file: str, line_of: LineOf = lambda _section: 0) -> Words:
        """The words of a loaded file. Raises DialogError with every section that is wrong."""
        if not isinstance(data, Mapping):
            why = "is no map of sections; see dialogs/README.md"
            raise DialogError([Problem(file, 0, "P003", "file", why)])
        problems = [
            Problem(file, 0, "P001", name, "is missing; see dialogs/README.md")
            for name in SECTIONS
            if name not in data
        ]
        problems += [
            Problem(file, line_of(name), "P002", name, f"is unknown; use {', '.join(SECTIONS)}")
            for name in data
            if name not in SECTIONS
        ]
        if not problems:
            problems = [p for name in SECTIONS if (p := _try(data, name, file, line_of(name)))]
        if problems:
            raise DialogError(problems)
        return cls(data)

    def tokeniser(self) -> Tokeniser:
        by_value: dict[int, str] = {}
        for word, value in self._data["numbers"]["values"].items():
            by_value.setdefault(int(value), word)
        ordinals = listed(self._data["durations"]["ordinals"])
        return Tokeniser(self._data["spelling"], by_value, ordinals)

    def features(self, classes: Mapping[str, int]) -> Features:
        cues = self._data["cues"]
        return Features(listed(cues["negators"]), listed(cues["contrasts"]), classes)

    def severity(self) -> Severity:
        return Severity(self._data)

    def durations(self, today: date | None) -> Durations:
        return Durations(self._data, today)

    def number_words(self) -> tuple[str, ...]:
        """Words for whole numbers from 0 to 10, one each."""
        values: Mapping[str, float] = self._data["numbers"]["values"]
        first: dict[float, str] = {}
        for word, value in values.items():
            first.setdefault(value, word)
        return tuple(first[value] for value in range(11) if value in first)

    def spoken(self) -> frozenset[str]:
        """Every word that the recogniser has to know: short answers, commands, calls for help."""
        templates = (
            *(*self.short_answers, *self.number_words(), *self.emergency_calls),
            *(t for ts in self.commands.values() for t in ts),
        )
        return frozenset(
            word
            for template in templates
            for phrase in spoken_cover(read_template(template))
            for word in phrase.split()
        )


def _try(data: Mapping[str, Any], section: str, file: str, line: int) -> Problem | None:
    """What is wrong with one section, found by using it as the program does."""
    try:
        match section:
            case "schema" if data[section] != SCHEMA:
                raise ValueError(f"is {data[section]}; this program reads {SCHEMA}")
            case "spelling":
                for key, value in data[section].items():
                    str(key).split()[0], str(value).split()[0]
            case "cues":
                listed(data[section]["negators"]), listed(data[section]["contrasts"])
            case "fillers" | "short_answers" | "emergency_call":
                graph({"": listed(data[section])})
            case "commands":
                graph({Command(key): listed(text) for key, text in data[section].items()})
            case "which":
                graph({key: listed(data[section][key]) for key in WHICH})
            case "severity":
                Severity(data)
            case "durations":
                Durations(data, None)
    except TemplateError as error:
        return Problem(file, line, "P004", section, f"{error}; check brackets and commas")
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        why = f"cannot be used: {error}; see dialogs/README.md"
        return Problem(file, line, "P003", section, why)
    return None
