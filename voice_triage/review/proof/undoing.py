"""One correction at every state: the only way down, and it too comes to an end.

At each state of `walk`, outcomes included, the person says “that is wrong” or “go back”, and gives
every kind of answer to whatever is asked then, to the confirming question too. Claims: the level
falls only after a clear yes to the confirming question; the claims about single states hold
afterwards; and the conversation is out of the clarify and confirm questions within a few turns.
"""

from __future__ import annotations

from voice_triage.content.dialog import CLARIFY, CONFIRM, ENDED
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.effects import Event
from voice_triage.conversation.state import State
from voice_triage.ports import Heard, NoInput, NoMatch
from voice_triage.review.proof.walk import Mouth, Walk
from voice_triage.values import Answer, Command, Understanding

MOST_TURNS = 4
"""In the clarify and confirm questions: each is put twice at most."""

_COMMANDS = (Command.WRONG, Command.GO_BACK)
_ANSWERS = (Answer.YES, Answer.NO, Answer.UNSURE)
_NOTHING: tuple[Event, ...] = (NoMatch(), NoInput())


class Undoing:
    """Checks corrections at all states of a walk; failures go to the walk."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._mouth = Mouth()
        self._talk = Conversation(walk.dialog, self._mouth, walk.dialog.regions["other"])
        self.turns = 0

    def check(self) -> int:
        """Try every correction once; how many turns that took."""
        for node in list(self._walk.nodes.values()):
            for command in _COMMANDS:
                path = (*node.path, command.value)
                state = self._turn(node.state, Understanding("", command=command), path)
                self._answer(state, path, MOST_TURNS + 1)
        return self.turns

    def _answer(self, state: State, path: tuple[str, ...], turns: int) -> None:
        """Every kind of answer, as long as something is being cleared up."""
        if turns == 0:
            self._walk.fail(path, "a correction without end")
            return
        if state.node == ENDED:
            return
        for answer in _ANSWERS:
            said = (*path, answer.value)
            self._go_on(state, self._turn(state, Understanding("", answer), said), said, turns)
        for nothing in _NOTHING:
            said = (*path, type(nothing).__name__)
            self._go_on(state, self._event(state, nothing, said), said, turns)

    def _go_on(self, before: State, after: State, path: tuple[str, ...], turns: int) -> None:
        confirmed = before.node == CONFIRM and path[-1] == Answer.YES.value
        if after.assessment.level < before.assessment.level and not confirmed:
            self._walk.fail(path, "the level falls without a confirmed correction")
        for claim in self._walk.claims(after):
            self._walk.fail(path, claim)
        if after.node in (CLARIFY, CONFIRM):
            self._answer(after, path, turns - 1)

    def _turn(self, state: State, heard: Understanding, path: tuple[str, ...]) -> State:
        self._mouth.heard = heard
        return self._event(state, Heard(""), path)

    def _event(self, state: State, event: Event, path: tuple[str, ...]) -> State:
        self.turns += 1
        self._talk.state = state
        self._walk.check_turn(self._talk.handle(event), path)
        return self._talk.state
