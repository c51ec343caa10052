"""What a clinical contract demands of a dialog, as a table apart from it (tests/contract).

The dialog file says what the program does; this table says what it must do. `review.proof` holds
one against the other on every path, so that a slip in either shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voice_triage.content.conditions import Condition
from voice_triage.content.dialog import Dialog
from voice_triage.content.reading.condition_reader import ConditionParser
from voice_triage.content.reading.fields import FileReader, line_of
from voice_triage.errors import DialogError
from voice_triage.triage.evidence import Evidence
from voice_triage.values import FindingId, Level, Reply


@dataclass(frozen=True)
class Contract:
    """Levels that evidence must reach, and findings that must be asked about."""

    lone: Mapping[FindingId, Level]
    """By yes/no finding."""
    certain: tuple[tuple[Condition, Level], ...] = ()
    """Level for a condition that clearly holds; open answers do not count."""
    combinations: tuple[tuple[Condition, Level], ...] = ()
    """Level for a condition in which open answers count as present."""
    always: frozenset[FindingId] = frozenset()
    """Asked of everyone whose questions are not ended by an emergency."""
    follow_ups: Mapping[FindingId, Condition] = field(default_factory=dict)
    """Asked where the condition holds, open answers included."""
    halves: Mapping[FindingId, int] = field(default_factory=dict)
    """Findings that take so many questions before the answer is no."""
    most_questions: int = 0
    """For anybody. 0: no limit."""
    most_questions_if_well: int = 0
    """For a person who answers every yes/no question with no."""

    def level(self, evidence: Evidence) -> Level:
        """The level that ``evidence`` must have, no more and no less."""
        if evidence.called_for_help or evidence.silent or evidence.one_of or evidence.heard:
            return Level.EMERGENCY
        levels = [Level.SELF_CARE]
        for finding, level in self.lone.items():
            counts_open = level is Level.URGENT
            if evidence.is_yes(finding) or (counts_open and evidence.is_open_or_yes(finding)):
                levels.append(level)
        levels += [lv for when, lv in self.certain if when.holds(evidence, open_counts=False)]
        levels += [lv for when, lv in self.combinations if when.holds(evidence, open_counts=True)]
        levels += [self._open_level(evidence, sign.findings) for sign in evidence.open_signs]
        return max(levels)

    def _open_level(self, evidence: Evidence, together: tuple[FindingId, ...]) -> Level:
        """Signs left open together: urgent, or emergency beside anything else that is serious."""
        grave = [f for f in together if self.lone.get(f) is Level.EMERGENCY]
        if not any(evidence.get(f) is Reply.UNSURE for f in grave):
            return Level.SELF_CARE
        serious = (f for f, level in self.lone.items() if level >= Level.URGENT)
        others = (f for f in serious if f not in together)
        beside = any(evidence.is_open_or_yes(f) for f in others)
        return Level.EMERGENCY if beside else Level.URGENT


KEYS = (
    *("lone", "certain", "combinations", "always", "follow_ups", "halves"),
    *("most_questions", "most_questions_if_well"),
)


def parse_contract(data: object, file: str, dialog: Dialog) -> Contract:
    """A contract from parsed YAML (see tests/contract); DialogError lists all that is wrong.

    Its findings are those of ``dialog``, whose levels and questions it is to be held against.
    """
    reader = FileReader(file)
    parser = ConditionParser(reader)
    parser.kinds = {str(f.id): f.kind for f in dialog.findings.values()}
    parser.options = {str(f.id): f.options for f in dialog.findings.values()}
    top = reader.mapping(data, "contract", 1)
    reader.known_keys(top, KEYS, "contract")

    def known(names: Iterable[str], where: str) -> tuple[FindingId, ...]:
        return tuple(FindingId(f) for f in names if parser.known(f, where, line_of(top, where)))

    lone = reader.section(top, "lone")
    reader.known_keys(lone, [level.id for level in Level], "lone")
    levels = {
        finding: Level.from_id(name)
        for name in lone
        for finding in known(reader.texts(lone, name, "lone"), "lone")
    }

    def rows(key: str) -> tuple[tuple[Condition, Level], ...]:
        found = []
        for line, item in reader.items(top.get(key, ()), key, line_of(top, key)):
            row = reader.mapping(item, key, line)
            when = parser.condition(row.get("when"), key, line)
            level = reader.choice(row, "level", key, [lv.id for lv in Level], "D005")
            if when is not None and level is not None:
                found.append((when, Level.from_id(level)))
        return tuple(found)

    later = reader.section(top, "follow_ups")
    follow_ups = {
        finding: when
        for finding in known(later, "follow_ups")
        if (when := parser.condition(later[finding], "follow_ups", line_of(later, finding)))
    }
    halves = reader.section(top, "halves")
    contract = Contract(
        levels,
        rows("certain"),
        rows("combinations"),
        frozenset(known(reader.texts(top, "always", "always"), "always")),
        follow_ups,
        {
            finding: int(reader.number(halves, finding, "halves"))
            for finding in known(halves, "halves")
        },
        int(reader.number(top, "most_questions", "contract")),
        int(reader.number(top, "most_questions_if_well", "contract")),
    )
    if reader.problems:
        raise DialogError(reader.problems)
    return contract
