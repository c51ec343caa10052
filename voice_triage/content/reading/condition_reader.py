"""Parsed YAML → condition, or a problem: the forms are listed in ``content.conditions``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from voice_triage.content.conditions import AtLeast, Condition, Count, Is, Present, all_of, any_of
from voice_triage.content.reading.fields import FileReader, is_number, line_of
from voice_triage.values import FindingId, FindingKind

DEEPEST = 8
"""Conditions inside conditions; more is unreadable, or an alias that contains itself."""
MOST_PARTS = 100
"""Conditions in one, each counted as often as an alias names it; the largest shipped has 12."""
_FORMS = "use a finding, all, any, 'at_least … of', or a finding with 'at_least' or 'is'"
_NUMBERS = (FindingKind.SEVERITY, FindingKind.DAYS)


class ConditionParser:
    """Parses conditions over the findings declared so far."""

    def __init__(self, reader: FileReader) -> None:
        self.reader = reader
        self.kinds: dict[str, FindingKind] = {}
        self.options: dict[str, tuple[str, ...]] = {}
        self._counted = 0
        """Of the condition that is being read."""

    def condition(self, node: object, where: str, line: int, depth: int = 0) -> Condition | None:
        """The condition in ``node``; None once a problem has been reported."""
        self._counted = self._counted + 1 if depth else 1
        if self._counted > MOST_PARTS:
            if self._counted == MOST_PARTS + 1:
                message = f"more than {MOST_PARTS} conditions in one; use several rules"
                self.reader.report("D008", where, message, line)
            return None
        if isinstance(node, str):
            return Present(FindingId(node)) if self._fits(node, "yes_no", where, line) else None
        if isinstance(node, Mapping) and depth < DEEPEST:
            at = line_of(node) or line
            keys = set(node)
            if keys in ({"all"}, {"any"}, {"at_least", "of"}):
                return self._count(node, where, at, depth)
            if keys == {"finding", "at_least"}:
                return self._at_least(node, where, at)
            if keys == {"finding", "is"}:
                return self._is(node, where, at)
        self.reader.report("D008", where, f"not a condition; {_FORMS}", line)
        return None

    def known(self, finding: object, where: str, line: int) -> bool:
        """True when ``finding`` is declared; otherwise a problem with similar names."""
        if isinstance(finding, str) and finding in self.kinds:
            return True
        near = [f for f in self.kinds if str(finding)[:4] == f[:4]] or sorted(self.kinds)[:5]
        message = f"finding '{finding}' is unknown; did you mean {', '.join(near)}?"
        self.reader.report("D004", where, message, line)
        return False

    def _fits(self, finding: object, form: str, where: str, line: int) -> bool:
        """Known, and of a kind that this form of condition can look at."""
        if not self.known(finding, where, line):
            return False
        kind = self.kinds[str(finding)]
        good = {
            "yes_no": kind is FindingKind.YES_NO,
            "at_least": kind in _NUMBERS,
            "is": kind is FindingKind.CHOICE,
        }[form]
        if not good:
            uses = {FindingKind.YES_NO: "its bare name", FindingKind.CHOICE: "'is'"}
            use = uses.get(kind, "'at_least'")
            message = (
                f"'{finding}' is of kind {kind.value}, so this condition never holds; use {use}"
            )
            self.reader.report("D011", where, message, line)
        return good

    def _at_least(self, node: Mapping[str, Any], where: str, line: int) -> Condition | None:
        if not self._fits(node["finding"], "at_least", where, line):
            return None
        threshold = self._number(node["at_least"])
        if threshold is None:
            message = f"'at_least: {node['at_least']}' is no number; give one such as 7"
            self.reader.report("D017", where, message, line)
            return None
        return AtLeast(FindingId(node["finding"]), threshold)

    def _is(self, node: Mapping[str, Any], where: str, line: int) -> Condition | None:
        if not self._fits(node["finding"], "is", where, line):
            return None
        options = self.options.get(node["finding"], ())
        if node["is"] in options:
            return Is(FindingId(node["finding"]), node["is"])
        message = (
            f"'{node['is']}' is no option of '{node['finding']}'; use one of {', '.join(options)}"
        )
        self.reader.report("D009", where, message, line)
        return None

    def _count(
        self, node: Mapping[str, Any], where: str, line: int, depth: int
    ) -> Condition | None:
        key = next(k for k in ("all", "any", "of") if k in node)
        before = len(self.reader.problems)
        parts = [
            self.condition(item, where, at, depth + 1)
            for at, item in self.reader.items(node[key], where, line)
        ]
        good = tuple(p for p in parts if p is not None)
        if not parts and len(self.reader.problems) == before:
            self.reader.report("D008", where, f"'{key}' needs at least one condition", line)
        if key == "of":
            return self._at_least_of(node["at_least"], good, len(parts), where, line)
        if not good or len(good) != len(parts):
            return None
        return all_of(*good) if key == "all" else any_of(*good)

    def _at_least_of(
        self, wanted: object, good: tuple[Condition, ...], parts: int, where: str, line: int
    ) -> Condition | None:
        minimum = self._number(wanted)
        if minimum is None or minimum != int(minimum) or not 1 <= minimum <= max(parts, 1):
            message = f"'at_least: {wanted}' of {parts}; give a whole number from 1 to {parts}"
            self.reader.report("D017", where, message, line)
            return None
        return Count(int(minimum), good) if good and len(good) == parts else None

    @staticmethod
    def _number(value: object) -> float | None:
        return float(value) if is_number(value) else None
