"""Parsed words file → Words, or every problem at once. Codes P001-P005."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from voice_triage.content.reading.fields import FileReader, is_number, line_of
from voice_triage.content.templates import listed
from voice_triage.content.words import NumberWords, Rules, Templates, TimeWords, Words
from voice_triage.errors import DialogError
from voice_triage.values import Command

SCHEMA = 1
SECTIONS = (
    *("schema", "language", "spelling", "cues", "short_answers", "fillers", "commands"),
    *("emergency_call", "which", "numbers", "severity", "durations", "plain"),
)
DURATIONS = (
    *("one_unit", "units", "amounts", "weekdays", "months", "ordinals"),
    *("past", "last_week", "holidays", "skip", "rules"),
)
WHICH = ("both", "first", "second")
PLAIN = ("yes", "no", "unsure", "both", "nothing", "okay", "skip", "and", "days", "half_a_day")

Node = Mapping[str, Any]


def parse_words(data: object, file: str) -> Words:
    """The words of a loaded file; DialogError lists everything that is wrong with it."""
    reader = _WordsReader(file)
    words = reader.words(data)
    if reader.problems:
        raise DialogError(reader.problems)
    return words


class _WordsReader(FileReader):
    """Takes spellings, templates and the numbers that they stand for out of a words file."""

    def __init__(self, file: str) -> None:
        super().__init__(file, ("P001", "P002", "P003"))

    def words(self, data: object) -> Words:
        top = self.mapping(data, "file", 1)
        self.known_keys(top, SECTIONS, "file")
        self.schema(top, SCHEMA, "P005")
        cues = self._keyed(top, "cues", ("negators", "contrasts"))
        numbers = self._keyed(top, "numbers", ("values", "half"))
        plain = self._keyed(top, "plain", PLAIN)
        commands = self._named(top, "commands", [command.value for command in Command])
        return Words(
            language=self.text(top, "language", "file"),
            spelling=self._spelling(top),
            negators=self._single_words(cues, "negators", "cues"),
            contrasts=self._single_words(cues, "contrasts", "cues"),
            short_answers=self._templates(top, "short_answers", "file"),
            fillers=self._templates(top, "fillers", "file"),
            commands={Command(name): said for name, said in commands.items()},
            emergency_calls=self._templates(top, "emergency_call", "file"),
            which=self._named(top, "which", WHICH),
            numbers=NumberWords(
                self._amounts(numbers, "values"), self._templates(numbers, "half", "numbers")
            ),
            severity=self._named(self._keyed(top, "severity", ("rules",)), "rules"),
            times=self._times(self._keyed(top, "durations", DURATIONS)),
            plain={key: self.text(plain, key, "plain") for key in PLAIN},
        )

    def _times(self, node: Node) -> TimeWords:
        return TimeWords(
            units={**self._amounts(node, "one_unit"), **self._amounts(node, "units")},
            amounts=self._amounts(node, "amounts"),
            weekdays=self._by_number(node, "weekdays"),
            months=self._by_number(node, "months"),
            ordinals=self._by_number(node, "ordinals"),
            past=self._by_number(node, "past"),
            last_week=self._by_number(node, "last_week"),
            holidays=self._named(node, "holidays"),
            skip=self._single_words(node, "skip", "durations"),
            rules=self._named(node, "rules"),
        )

    def _keyed(self, node: Node, key: str, allowed: Iterable[str]) -> Node:
        """The section ``key``, which has no other keys than ``allowed``."""
        found = self.section(node, key)
        self.known_keys(found, allowed, key)
        return found

    def _spelling(self, top: Node) -> dict[str, str]:
        found = self.section(top, "spelling")
        for said, written in found.items():
            if not str(said).split() or not isinstance(written, str) or not written.split():
                message = f"'{said}: {written}' must be a spelling and the words for it"
                self.report("P003", "spelling", message, line_of(found, said))
        return {str(said): str(written) for said, written in found.items()}

    def _single_words(self, node: Node, key: str, where: str) -> Templates:
        """Words by themselves: no templates."""
        words = listed(self.text(node, key, where))
        for word in words:
            if len(word.split()) > 1:
                message = f"'{word}' must be one word; put a comma between words"
                self.report("P003", where, message, line_of(node, key))
        return tuple(words)

    def _templates(self, node: Node, key: Any, where: str) -> Templates:
        return self.templates(node, key, where, "P004")

    def _named(self, node: Node, key: str, names: Iterable[str] | None = None) -> Rules:
        """Templates by name; ``names``: just these."""
        found = self.section(node, key)
        if names is None:
            return {str(name): self._templates(found, name, key) for name in found}
        known = tuple(names)
        self.known_keys(found, known, key)
        return {name: self._templates(found, name, key) for name in known} if found else {}

    def _amounts(self, node: Node, key: str) -> dict[str, float]:
        """Numbers by template."""
        found = self.section(node, key)
        for template in found:
            if template is None:
                message = "put quotes around the word “null”: YAML takes it for nothing"
                self.report("P003", key, message, line_of(found, template))
            self.template(str(template), key, "P004", line_of(found, template))
        return {str(template): self.number(found, template, key) for template in found}

    def _by_number(self, node: Node, key: str) -> dict[str, float]:
        """The same, written the other way round: several templates for each number."""
        found = self.section(node, key)
        numbers: dict[str, float] = {}
        for value in found:
            if not is_number(value):
                message = f"'{value}' must be a number"
                self.report("P003", key, message, line_of(found, value))
                continue
            said = self._templates(found, value, key)
            numbers |= dict.fromkeys(said, float(value))
        return numbers
