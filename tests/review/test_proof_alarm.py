"""The proof that an emergency comes to its end, and that it notices where one would not."""

from __future__ import annotations

import pytest

from tests.contract import UPPER_BACK_PAIN
from tests.review.test_proof import NOTHING_OWED, cut_down
from tests.talk import DIALOG
from voice_triage.conversation.commands import Commands
from voice_triage.conversation.conversation import MOST_ALARMS, MOST_REMARKS, Conversation
from voice_triage.conversation.moves import Stage
from voice_triage.review.proof import prove
from voice_triage.review.proof.alarm import Alarm
from voice_triage.review.proof.walk import Walk
from voice_triage.values import Command


def checked(dialog, contract=NOTHING_OWED):
    walk = Walk(dialog, contract)
    walk.walk()
    return Alarm(walk).check(), " | ".join(walk.failures)


def test_every_emergency_of_the_dialog_ends_whatever_is_heard():
    turns, failures = checked(DIALOG, UPPER_BACK_PAIN)
    assert failures == ""
    assert turns > 10 * MOST_ALARMS * MOST_REMARKS


def test_proof_tells_how_much_was_heard_at_emergencies():
    assert prove(cut_down("legs_bladder", "fever"), NOTHING_OWED).alarm_turns


SMALL = ("legs_bladder", "fever", "confusion")


def test_talk_that_counts_for_nothing_is_not_proved(monkeypatch):
    def deaf(self, heard):
        self._stage.listen()

    monkeypatch.setattr(Conversation, "_on_talk", deaf)
    assert "brings its end no nearer" in checked(cut_down(*SMALL))[1]


def test_rounds_that_are_not_counted_are_not_proved(monkeypatch):
    monkeypatch.setattr(Stage, "count_alarm", lambda self: None)
    assert "brings its end no nearer" in checked(cut_down(*SMALL))[1]


@pytest.mark.parametrize("command", [Command.MOMENT, Command.REPEAT])
def test_command_that_waits_for_ever_is_not_proved(monkeypatch, command):
    carry_out = Commands.carry_out

    def waits(self, said):
        if said is command:
            self._stage.listen()
            return True
        return carry_out(self, said)

    monkeypatch.setattr(Commands, "carry_out", waits)
    assert "brings its end no nearer" in checked(cut_down(*SMALL))[1]


def test_new_start_that_forgets_the_rounds_is_not_proved(monkeypatch):
    begin = Stage.open

    def forgetful(self):
        self.set(alarms=0)
        begin(self)

    monkeypatch.setattr(Stage, "open", forgetful)
    assert "forgets the rounds" in checked(cut_down(*SMALL))[1]
