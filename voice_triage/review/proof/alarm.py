"""The emergency itself: whatever is heard there, and however often, it comes to its last words.

At each emergency that `walk` found, in each round and after each number of remarks, all is heard
that can be: silence, noise, a key, talk, an answer, danger old and new, every command. Claims:

11. the last words come at once, and then the end; or the round or the remarks are more than before
    (a round begins the remarks anew); or it is a correction or a new start, which forgets no round;
12. silence says the prompt again, and nothing does in the last round but end it.

So nothing at an emergency goes on for ever, and as coming back to it is one more round, corrections
and new starts do not either.
"""

from __future__ import annotations

from collections.abc import Iterator

from voice_triage.content.dialog import ENDED
from voice_triage.conversation.conversation import MOST_ALARMS, MOST_REMARKS, Conversation
from voice_triage.conversation.effects import Concluded, Effect, Event, Listen, Say
from voice_triage.conversation.state import State
from voice_triage.ports import Heard, KeyPress, NoInput, NoMatch
from voice_triage.review.proof.walk import Mouth, Walk
from voice_triage.values import Answer, Command, FindingId, Level, Reply, Understanding

LEAVING = frozenset({Command.GO_BACK, Command.WRONG, Command.START_OVER})
"""Commands that may lead away from an emergency."""


class Alarm:
    """Checks what is heard at all emergencies of a walk; failures go to the walk."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._mouth = Mouth()
        self._talk = Conversation(walk.dialog, self._mouth, walk.dialog.regions["other"])
        signs = [f for f, lv in walk.dialog.lone_level.items() if lv is Level.EMERGENCY]
        self._signs = tuple(signs)
        self.turns = 0

    def check(self) -> int:
        """Hear everything once at every emergency and round; how many turns that took."""
        for node in self._walk.nodes.values():
            if node.state.node != Level.EMERGENCY.id:
                continue
            for alarms in range(1, MOST_ALARMS + 1):
                for remarks in range(MOST_REMARKS):
                    at = node.state.changed({"alarms": alarms, "remarks": remarks})
                    for name, event, heard in self._events(at):
                        path = (*node.path, f"round {alarms}, {remarks} remarks: {name}")
                        self._check(at, event, heard, path)
        return self.turns

    def _events(self, state: State) -> Iterator[tuple[str, Event, Understanding]]:
        nothing = Understanding("")
        yield "silence", NoInput(), nothing
        yield "noise", NoMatch(), nothing
        yield "key", KeyPress(), nothing
        yield "talk", Heard(""), Understanding("they talk of something else again")
        yield "call", Heard(""), Understanding("", danger_call=True)
        for answer in (Answer.YES, Answer.NO, Answer.UNSURE):
            yield answer.value, Heard(""), Understanding(answer.value, answer)
        for command in Command:
            yield command.value, Heard(""), Understanding("", command=command)
        for signs in ([f for f in self._signs if state.evidence.is_yes(f)], self._signs):
            yield "danger", Heard(""), _danger(tuple(signs)[:1])
        yield "all danger", Heard(""), _danger(self._signs)

    def _check(
        self, before: State, event: Event, heard: Understanding, path: tuple[str, ...]
    ) -> None:
        self.turns += 1
        self._talk.state, self._mouth.heard = before, heard
        effects = self._talk.handle(event)
        after = self._talk.state
        for claim in self._wrong(before, after, event, heard, effects):
            self._walk.fail(path, claim)

    def _wrong(
        self,
        before: State,
        after: State,
        event: Event,
        heard: Understanding,
        effects: tuple[Effect, ...],
    ) -> Iterator[str]:
        said = " ".join(effect.text for effect in effects if isinstance(effect, Say))
        if after.node == ENDED:
            if said.count(self._talk.wording.text("emergency_end")) != 1:
                yield "an emergency ends without its last words"
            return
        if before.alarms >= MOST_ALARMS:
            yield f"an emergency goes on after {MOST_ALARMS} rounds"
        if not isinstance(effects[-1], Listen):
            yield "the turn does not end in listening"
        if heard.command in LEAVING and (after.node != before.node or _concluded(effects)):
            if after.alarms < before.alarms:
                yield "a correction forgets the rounds of the emergency"
        elif after.node != before.node:
            yield f"an emergency is left for {after.node}"
        elif (after.alarms, after.remarks) <= (before.alarms, before.remarks):
            yield "something heard at an emergency brings its end no nearer"
        if isinstance(event, NoInput) and not any(isinstance(e, Say) and e.alarm for e in effects):
            yield "silence does not say the emergency again"


def _concluded(effects: tuple[Effect, ...]) -> bool:
    return any(isinstance(effect, Concluded) for effect in effects)


def _danger(signs: tuple[FindingId, ...]) -> Understanding:
    return Understanding("", findings=dict.fromkeys(signs, Reply.YES), danger=signs)
