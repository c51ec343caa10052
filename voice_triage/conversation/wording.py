"""What is said: outcomes, reasons and the short sentences around the questions."""

from __future__ import annotations

from collections.abc import Iterable

from voice_triage.content.dialog import Dialog, Region
from voice_triage.triage.evidence import Evidence
from voice_triage.triage.levels import Assessment, Fired
from voice_triage.values import FindingId, FindingKind, FindingValue, Level, Reply

MOST_SIGNS_NAMED = 3
"""A prompt offers at most three things (content contract)."""
MOST_CLAUSES = 2
"""“because you feel faint and it hurts to breathe in”: more is not taken in by ear."""


def enumerated(parts: Iterable[str], conjunction: str) -> str:
    """Join for the ear: “a”, “a or b”, “a, b or c”."""
    items = list(parts)
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


class Wording:
    """Fills the dialog's texts for one region."""

    def __init__(self, dialog: Dialog, region: Region) -> None:
        self._dialog = dialog
        self._region = region

    def fill(self, template: str, **holes: str) -> str:
        return template.format(
            emergency_number=self._region.emergency_number,
            advice_line=self._region.advice_line,
            **holes,
        )

    def text(self, key: str, **holes: str) -> str:
        """The dialog's text for ``key`` with its holes filled."""
        return self.fill(self._dialog.texts[key], **holes)

    def signs(self, findings: Iterable[FindingId]) -> str:
        """“trouble breathing or fainting”; the call for help where there are none."""
        names = [self._dialog.findings[f].sign for f in findings][:MOST_SIGNS_NAMED]
        return enumerated(names, self._dialog.texts["or"]) or self._dialog.texts["call_sign"]

    def clauses(self, findings: Iterable[FindingId], conjunction: str) -> str:
        """“you feel faint and it hurts to breathe in”; ``conjunction``: “and” or “or”."""
        clauses = [self._dialog.findings[f].clause for f in findings]
        return enumerated(clauses, self._dialog.texts[conjunction])

    def count(self, number: int) -> str:
        """A small number as a word at the beginning of a sentence."""
        words = self._dialog.texts["counts"].split(", ")
        return words[number] if number < len(words) else str(number)

    def value(self, value: FindingValue, finding: FindingId) -> str:
        """A number or choice as it is read back: “8 out of 10”, “half a day”, “neck”."""
        if isinstance(value, Reply):
            return value.value
        if isinstance(value, tuple):
            return enumerated(value, self._dialog.texts["and"])
        number = f"{value:g}"
        severity = self._dialog.findings[finding].kind is FindingKind.SEVERITY
        key = "value_severity" if severity else "value_days"
        return self.text(key, number=number)

    def reason(self, fired: Fired | None) -> tuple[str, ...]:
        """Why this level, in one clause, and why that matters."""
        if fired is None:
            return (self.text("because_none"),)
        kind = fired.rule.partition(":")[0]
        if kind == "called_for_help":
            return (self.text("because_call"),)
        signs = self.signs(fired.findings)
        if kind == "silent":
            return (self.text("because_silent", signs=signs),)
        if kind in ("one_of", "heard"):
            return (self.text("because_one_of", signs=signs),)
        if not fired.certain:
            return (self.text("because_open", signs=signs), fired.reason)
        clauses = self.clauses(fired.findings[:MOST_CLAUSES], "and")
        return (self.text("because", reason=clauses), fired.reason)

    def outcome(self, level: Level, assessment: Assessment, evidence: Evidence) -> tuple[str, ...]:
        """Every sentence of an outcome, in the order in which it is spoken."""
        told = self._dialog.outcomes[level]
        head = self.fill(told.head)
        lines = [head, *self.reason(assessment.strongest)]
        if level is Level.EMERGENCY:
            # The head line comes twice in each round: the first may be missed by a startled ear.
            again = (self.text("emergency_again"), self.text("emergency_okay"))
            return (*lines, *map(self.fill, told.act), *again)
        lines += self._open_signs(assessment)
        lines += map(self.fill, told.act)
        if level is Level.URGENT and self._region.advice_line:
            lines.append(self.text("advice_line"))
        if level < Level.URGENT:
            lines += self._advice(evidence)
        lines += map(self.fill, told.watch)
        if level < Level.URGENT:
            lines.append(self.text("in_doubt"))
        return (*lines, self.text("not_doctor"), self.text("repeat_hint"))

    def _open_signs(self, assessment: Assessment) -> list[str]:
        """Danger signs that stayed open: named, with the number to call if they are there."""
        lines = []
        for fired in assessment.fired:
            if fired.rule.startswith("open:"):
                lines.append(self.text("open_sign", signs=self.signs(fired.findings)))
                lines.append(self.text("open_sign_call"))
        return lines

    def _advice(self, evidence: Evidence) -> list[str]:
        lines = []
        for finding, texts in self._dialog.advice.items():
            chosen = evidence.get(finding)
            options = chosen if isinstance(chosen, tuple) else ()
            lines += [texts[option] for option in options if option in texts]
        return lines


def exported(values: Iterable[tuple[FindingId, FindingValue]]) -> dict[str, object]:
    """Findings as public events carry them: yes/no/unsure, numbers, one choice or a list."""
    plain: dict[str, object] = {}
    for finding, value in values:
        if isinstance(value, Reply):
            plain[finding] = value.value
        elif isinstance(value, tuple):
            plain[finding] = value[0] if len(value) == 1 else list(value)
        else:
            plain[finding] = int(value) if value == int(value) else value
    return plain
