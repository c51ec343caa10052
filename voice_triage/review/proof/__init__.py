"""Every answer path of a dialog, walked with the real conversation: what it claims, and counts.

Paths are not walked one by one. States in which the past can make no more difference are merged
(`residual` says when and why), so that a few thousand turns stand for all of them. Claims, each
checked at every turn:

1. the level is exactly what the contract demands of the evidence, equals a fresh assessment, is the
   highest of the fired rules, and never falls;
2. an outcome below emergency is reached only when everything owed was asked;
3. nobody answers more questions than the contract allows, and a person who is well fewer still;
4. an open answer about an urgent or emergency sign is urgent at least, which is never more than one
   level below a yes; and an open answer never ends lower than a no, all other answers being equal;
5. what was volunteered is not asked again, and makes nothing else go unasked;
6. every turn says something and then listens; every level and every question is reached.

`turns` adds the claims about prompts and endless paths (7 to 10), `alarm` those about the end of an
emergency (11 and 12), `undoing` those about corrections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from voice_triage.content.dialog import Dialog
from voice_triage.review.proof.alarm import Alarm
from voice_triage.review.proof.contract import Contract
from voice_triage.review.proof.pairs import Pairs
from voice_triage.review.proof.turns import Turns
from voice_triage.review.proof.undoing import Undoing
from voice_triage.review.proof.walk import Walk
from voice_triage.values import FindingId, Level


@dataclass(frozen=True)
class Tally:
    """Paths by number of questions, as exact numbers."""

    paths: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.paths.values())

    @property
    def fewest(self) -> int:
        return min(self.paths, default=0)

    @property
    def most(self) -> int:
        return max(self.paths, default=0)

    @property
    def median(self) -> int:
        seen = 0
        for questions in sorted(self.paths):
            seen += self.paths[questions]
            if 2 * seen >= self.total:
                return questions
        return 0


@dataclass(frozen=True)
class Proof:
    """What walking all paths showed."""

    states: int
    transitions: int
    pairs: int
    """Pairs of states compared for claim 4."""
    remark_states: int
    remark_transitions: int
    """More of them, on paths where one finding was volunteered."""
    most_if_well: int
    """Questions that a person answers who says no to every yes/no question."""
    by_level: Mapping[Level, Tally]
    turn_states: int
    turn_transitions: int
    """Of the walk of every turn, with the budget of prompts; 0: it was left out."""
    most_prompts: int
    """That anybody hears, reprompts and signs asked back among them; 0 as well."""
    corrections: int
    """Turns in which corrections were tried."""
    alarm_turns: int
    """Turns in which something was heard at an emergency."""
    edges: frozenset[tuple[str, str]]
    """Moves of the dialog, from question to question or outcome."""
    failures: tuple[str, ...]
    """Claims that do not hold, each with the answers that lead there; empty: proved."""

    @property
    def all(self) -> Tally:
        paths: Counter[int] = Counter()
        for tally in self.by_level.values():
            paths.update(tally.paths)
        return Tally(paths)


def prove(
    dialog: Dialog,
    contract: Contract,
    *,
    volunteered: Collection[FindingId] = (),
    by_turns: bool = False,
) -> Proof:
    """Walk every answer path of ``dialog`` and hold it against ``contract``.

    Then again for each finding in ``volunteered``, with every moment at which it may be said; and
    ``by_turns``, with every way not to answer, and with corrections.
    """
    walk = Walk(dialog, contract)
    first = walk.walk()
    compared = Pairs(walk).compare()
    tally = walk.tally(first)[first]
    by_level = {
        level: Tally({n: count for (lv, n), count in tally.items() if lv is level})
        for level in Level
    }
    edges = frozenset(
        (node.state.node, walk.nodes[after].state.node)
        for node in walk.nodes.values()
        for after in node.next.values()
    )
    proof = Proof(
        states=len(walk.nodes),
        transitions=walk.transitions,
        pairs=compared,
        remark_states=0,
        remark_transitions=0,
        turn_states=0,
        turn_transitions=0,
        most_prompts=0,
        corrections=0,
        alarm_turns=Alarm(walk).check(),
        most_if_well=walk.most_if_well(first),
        by_level=by_level,
        edges=edges,
        failures=(),
    )
    _check_whole(walk, proof)
    if by_turns:
        turns = Turns(walk)
        turns.walk()
        proof = replace(
            proof,
            corrections=Undoing(walk).check(),
            turn_states=len(turns.steps),
            turn_transitions=turns.transitions,
            most_prompts=turns.most_prompts,
        )
        for level in Level:
            if level not in turns.levels:
                walk.fail((), f"no path of turns ends as {level.id}")
    for finding in volunteered:
        walk.walk(finding)
    return replace(
        proof,
        remark_states=len(walk.nodes) - proof.states,
        remark_transitions=walk.transitions - proof.transitions,
        failures=walk.failures,
    )


def _check_whole(walk: Walk, proof: Proof) -> None:
    """Claims about all paths together."""
    for level, tally in proof.by_level.items():
        if not tally.total:
            walk.fail((), f"no path ends as {level.id}")
    met = {here for here, _ in proof.edges}
    for question in walk.dialog.questions:
        if question.id not in met:
            walk.fail((), f"{question.id} is never asked")
    for most, limit, who in (
        (proof.all.most, walk.contract.most_questions, "somebody"),
        (proof.most_if_well, walk.contract.most_questions_if_well, "a person who is well"),
    ):
        if limit and most > limit:
            walk.fail((), f"{who} answers {most} questions, more than {limit}")
