"""Going on after a break: the program was started again, or could not hear for a while."""

from __future__ import annotations

from voice_triage.content.dialog import OPENING
from voice_triage.conversation.moves import Stage
from voice_triage.conversation.wording import MOST_CLAUSES
from voice_triage.values import FindingId, Level, Reply


class Resuming:
    """Takes up a conversation where it broke off."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def resume(self, *, restarted: bool) -> None:
        """A known emergency before all else; otherwise what happened, then the same question.

        The break is no fault of the person's: neither a prompt nor an alarm is counted.
        """
        stage = self._stage
        if stage.state.node == Level.EMERGENCY.id:
            stage.tell_outcome(Level.EMERGENCY)
            return
        if stage.emergency:  # the person went back to correct something
            head = stage.dialog.outcomes[Level.EMERGENCY].head
            stage.say(stage.wording.fill(head), alarm=True)
        stage.say(stage.wording.text("restarted" if restarted else "hearing_again"))
        signs = self._known() if restarted else ()
        if signs:
            stage.say(stage.wording.text("told", reason=stage.wording.clauses(signs, "and")))
        if stage.state.node == OPENING:
            stage.open()
        elif stage.question is not None:
            stage.put(counted=False)
        else:
            stage.prompt(stage.state.last_said)

    def _known(self) -> tuple[FindingId, ...]:
        """The gravest signs that are there, as many as are taken in by ear."""
        level = self._stage.dialog.lone_level
        known = [f for f, value in self._stage.state.evidence.values.items() if value is Reply.YES]
        known.sort(key=lambda f: -level.get(f, Level.SELF_CARE))
        return tuple(known[:MOST_CLAUSES])
