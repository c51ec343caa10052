"""Replies to questions for a number as training material: which of their quantities is meant.

The labels say only the number; the candidates that come to it are the ones meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tools.material import Example, LabelledReply, weight_of
from voice_triage.core.dialog import Dialog
from voice_triage.core.values import FindingId, FindingKind
from voice_triage.understanding.chooser import MEANT, NOT_MEANT, surroundings
from voice_triage.understanding.durations import Durations
from voice_triage.understanding.features import Features, Named
from voice_triage.understanding.reader import A_NUMBER, NOTHING, UNSURE
from voice_triage.understanding.severity import Severity
from voice_triage.understanding.words import Words

WRITTEN_ON = date(2026, 11, 24)
"""The day that replies such as “since Tuesday” are meant for."""
SPOKEN = {FindingKind.SEVERITY: (0.0, 5.0, 10.0), FindingKind.DAYS: ()}
"""Values that are also said without a number: “not a twinge”, “half way”, “off the scale”."""
HALF_A_DAY, MONTHS_DIFFER = 0.5, 0.07
"""A duration is right within half a day or 7 %: writers count a month as 28 to 31 days."""

Row = tuple[Named, Example]


def whole_classes(kind: FindingKind) -> tuple[str, ...]:
    """Classes of the table of whole replies."""
    return (NOTHING, UNSURE, A_NUMBER, *(f"{value:g}" for value in SPOKEN[kind]))


def same(value: float, label: float, kind: FindingKind) -> bool:
    """Is it the same answer?"""
    if kind is FindingKind.SEVERITY:
        return value == label
    return abs(value - label) <= max(HALF_A_DAY, MONTHS_DIFFER * label)


class Amounts:
    """Makes the examples of the number tables."""

    def __init__(self, dialog: Dialog, words: Words, features: Features) -> None:
        self._tokenise = words.tokeniser()
        self._features = features
        self._readings: dict[FindingId, tuple[FindingKind, Severity | Durations]] = {}
        for finding in dialog.findings.values():
            if finding.kind is FindingKind.SEVERITY:
                self._readings[finding.id] = finding.kind, words.severity()
            elif finding.kind is FindingKind.DAYS:
                self._readings[finding.id] = finding.kind, words.durations(WRITTEN_ON)

    @property
    def kinds(self) -> dict[FindingId, FindingKind]:
        """The findings that are numbers."""
        return {finding: kind for finding, (kind, _) in self._readings.items()}

    def examples(
        self, rows: Sequence[LabelledReply], finding: FindingId
    ) -> tuple[list[Row], list[Row]]:
        """Whole replies, and single candidates."""
        whole: list[Row] = []
        single: list[Row] = []
        for reply in rows:
            if reply.question == finding:
                for row in self._of(reply, finding):
                    (single if row[1].label in (MEANT, NOT_MEANT) else whole).append(row)
        return whole, single

    def _of(self, reply: LabelledReply, finding: FindingId) -> Iterator[Row]:
        kind, reading = self._readings[finding]
        said, candidates = reading.candidates(self._tokenise(reply.words))
        label = reply.labels.get(finding, NOTHING)
        number = None if label in (NOTHING, UNSURE) else float(label)
        meant = [number is not None and same(c.value, number, kind) for c in candidates]
        if number is not None and not any(meant):
            label = f"{number:g}"
            if number not in SPOKEN[kind]:
                return  # no rule reckons it, or the ear lost it
        elif number is not None:
            label = A_NUMBER
        weight = weight_of(reply)
        yield self._features.of(said.words), Example(reply, "", label, weight)
        for named, is_meant in zip(surroundings(said, candidates), meant, strict=True):
            yield named, Example(reply, "", MEANT if is_meant else NOT_MEANT, weight)
