"""The finite-state machine of a dialog: which moves are legal. The only importer of transitions.

The plan says which question is due; the machine says whether the dialog may move there from where
it is. States and triggers are built here from validated ids, never from callback names in data
(transitions would import and call a dotted name).
"""

from __future__ import annotations

import logging
from typing import Final

from transitions import Machine, MachineError

from voice_triage.content.dialog import CLARIFY, CONFIRM, ENDED, OPENING, STORY, Dialog
from voice_triage.errors import InternalError
from voice_triage.values import Level, QuestionId

# With model_override, transitions warns of each name that it does not attach: all but “trigger”.
logging.getLogger("transitions.core").setLevel(logging.ERROR)


class _Position:
    """What the machine moves; transitions sets ``state`` and attaches ``trigger``."""

    state: str

    def trigger(self, _trigger_name: str) -> bool:
        raise NotImplementedError  # replaced by transitions (model_override)


class DialogMachine:
    """The legal moves between the opening, the questions, the outcomes and the end."""

    def __init__(self, dialog: Dialog) -> None:
        questions = [str(q.id) for q in dialog.questions]
        calm = [level.id for level in Level if level is not Level.EMERGENCY]
        talking = [OPENING, STORY, *questions, CLARIFY, CONFIRM]
        concluded = [*calm, Level.EMERGENCY.id]
        self.states: Final = (*talking, *concluded, ENDED)
        moves: list[dict[str, object]] = [
            {"source": OPENING, "dest": STORY},
            # A danger sign, from wherever the person is, and again while it is being said.
            {"source": [*talking, *concluded], "dest": Level.EMERGENCY.id},
            # “That is wrong” asks again, after an outcome too; so does a danger sign in doubt.
            {"source": [STORY, *questions, CLARIFY, CONFIRM, *concluded], "dest": CLARIFY},
            {"source": [*questions, CLARIFY], "dest": CONFIRM},
            {"source": [*talking, *concluded], "dest": OPENING},
            {"source": [*talking, *concluded], "dest": ENDED},
        ]
        moves += [{"source": [*talking, *concluded], "dest": question} for question in questions]
        moves += [{"source": [*talking, *calm], "dest": level} for level in calm]
        self._made: set[tuple[str, str]] = set()  # legal moves are legal for ever
        self._position = _Position()
        self._machine = Machine(
            model=self._position,
            states=list(self.states),
            transitions=[{**move, "trigger": _to(str(move["dest"]))} for move in moves],
            initial=OPENING,
            auto_transitions=False,
            model_override=True,
        )

    def move(self, here: str, there: str) -> str:
        """The node after moving ``here`` → ``there``; InternalError if that move is not legal."""
        if (here, there) in self._made:
            return there
        self._machine.set_state(here)
        try:
            moved = self._position.trigger(_to(there))
        except (MachineError, AttributeError) as error:
            raise InternalError(f"the dialog cannot move from {here} to {there}") from error
        if not moved or self._position.state != there:
            raise InternalError(f"the dialog refused to move from {here} to {there}")
        self._made.add((here, there))
        return there


def _to(node: str) -> str:
    """The trigger that leads to ``node``: no name that transitions uses, whatever the node's is."""
    return f"to {node}"


def question_node(question: QuestionId) -> str:
    """The machine's node for a question."""
    return str(question)
