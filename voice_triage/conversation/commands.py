"""The commands that work in every question: repeat, help, go back, slower, stop, and so on."""

from __future__ import annotations

from voice_triage.content.dialog import OPENING, STORY
from voice_triage.conversation.doubt.corrections import Corrections
from voice_triage.conversation.effects import SetRate, Stopped
from voice_triage.conversation.moves import NO_INPUT_SECONDS, Stage
from voice_triage.conversation.state import FASTEST_RATE_WPM, RATE_STEP_WPM, SLOWEST_RATE_WPM
from voice_triage.values import Command, Level

MOMENT_SECONDS = NO_INPUT_SECONDS + 8.0
"""NoInput allowed after “give me a moment”: 8 s (issue) on top of the usual wait."""


class Commands:
    """Carries out one command where the conversation stands."""

    def __init__(self, stage: Stage, corrections: Corrections) -> None:
        self._stage = stage
        self._corrections = corrections

    def carry_out(self, command: Command) -> bool:
        """False where the command means nothing here, so the words are taken as an answer."""
        stage = self._stage
        asking = stage.question is not None or stage.state.node == STORY
        match command:
            case Command.ACKNOWLEDGE:
                if asking:
                    return False
                self.acknowledge()
            case Command.SKIP:
                if stage.state.node != STORY:
                    return False
                stage.proceed()
            case Command.STOP:
                self._stop()
            case Command.REPEAT:
                self._resume()
            case Command.HELP:
                self._help()
            case Command.MOMENT:
                if stage.state.node == Level.EMERGENCY.id:
                    stage.count_alarm()
                stage.say(stage.wording.text("moment"))
                stage.listen(MOMENT_SECONDS)
            case Command.SLOWER | Command.FASTER:
                self._change_rate(command)
            case Command.START_OVER:
                stage.say(stage.wording.text("start_over"))
                stage.go(OPENING)
                stage.open()
            case Command.GO_BACK:
                self._corrections.go_back()
            case Command.WRONG:
                self._corrections.take_back()
        return True

    def acknowledge(self) -> None:
        """“Okay” or a key: ends an outcome, an emergency included; nothing while asking."""
        stage = self._stage
        if stage.state.node == Level.EMERGENCY.id:
            stage.end(stage.wording.text("emergency_end"))
        elif stage.question is None and stage.state.node != STORY:
            stage.end(stage.wording.text("goodbye"))
        else:
            stage.listen()

    def _resume(self) -> None:
        """Say the latest prompt again, without counting it as a failure to answer."""
        stage = self._stage
        if stage.state.node == Level.EMERGENCY.id:
            stage.repeat_outcome()
        elif stage.question is not None:
            stage.put(counted=False)
        else:
            stage.prompt(stage.state.last_said)

    def _help(self) -> None:
        stage, question = self._stage, self._stage.question
        stage.say(stage.wording.text("help_first"))
        if question is not None:
            stage.say(question.help)
        if stage.state.node != Level.EMERGENCY.id:
            stage.say(stage.wording.text("help_how"))
        self._resume()

    def _change_rate(self, command: Command) -> None:
        stage = self._stage
        step = RATE_STEP_WPM if command is Command.FASTER else -RATE_STEP_WPM
        rate = min(FASTEST_RATE_WPM, max(SLOWEST_RATE_WPM, stage.state.rate_wpm + step))
        stage.set(rate_wpm=rate)
        stage.out.append(SetRate(rate))
        stage.say(stage.wording.text(command.value))
        self._resume()

    def _stop(self) -> None:
        """Stop early, but never without the level known so far and the emergency number."""
        stage = self._stage
        if stage.question is None and stage.state.node != STORY:
            self.acknowledge()
            return
        level = stage.state.assessment.level
        texts = [stage.wording.text("stopped")]
        if level > Level.SELF_CARE:
            texts.append(stage.wording.fill(stage.dialog.outcomes[level].head))
        texts += [stage.wording.text("in_doubt"), stage.wording.text("help_first")]
        stage.out.append(Stopped(level))
        stage.end(*texts, stage.wording.text("goodbye"))
