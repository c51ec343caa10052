"""Which moves are legal: danger from everywhere, questions from anywhere, nothing after the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contract import UPPER_BACK_PAIN
from tests.places import GATES
from tests.talk import DIALOG, YES, Talk, interview
from voice_triage.content.dialog import CLARIFY, CONFIRM, ENDED, OPENING, STORY, Dialog
from voice_triage.conversation.machine import DialogMachine
from voice_triage.errors import InternalError
from voice_triage.ports import NoInput
from voice_triage.review.proof import prove
from voice_triage.values import Level, QuestionId

MACHINE = DialogMachine(DIALOG)
QUESTIONS = [str(q.id) for q in DIALOG.questions]
CALM = [level.id for level in Level if level is not Level.EMERGENCY]
EMERGENCY = Level.EMERGENCY.id


def at(node):
    """A conversation that stands at ``node``."""
    if node == STORY:
        return Talk(story=True)
    if node == CLARIFY:
        return Talk().until("fever").say("no *faint")
    if node == CONFIRM:
        return Talk().until("fever").say("yes", "/wrong", "no")
    if node == EMERGENCY:
        return Talk().say("!faint")
    if node in CALM:
        findings = {"self_care": {}, "doctor": {"worsening": YES}, "urgent": {"rash": YES}}
        return interview(findings[node])
    if node == "numb_or_weak_which":
        return Talk().until("numb_or_weak").say("yes")
    if node == "blood_or_leg_which":
        return Talk().until("blood_or_leg").say("yes")
    return Talk().until(node, GATES.get(node))


NODES = [STORY, *QUESTIONS, CLARIFY, CONFIRM, *CALM, EMERGENCY]


def test_every_node_is_one_of_the_machine_and_can_be_reached():
    assert {at(node).node for node in NODES} | {OPENING, ENDED} == set(MACHINE.states)


@pytest.mark.parametrize("node", NODES)
def test_danger_words_lead_to_the_emergency_from_every_node(node):
    talk = at(node).say("!chest_pain")
    assert talk.node == EMERGENCY
    assert "This could be an emergency. Call 112 now." in talk.sentences


@pytest.mark.parametrize("node", NODES)
def test_call_for_help_leads_to_the_emergency_from_every_node(node):
    assert at(node).say("!!").node == EMERGENCY


@pytest.mark.parametrize("node", NODES)
def test_everyone_can_start_over_from_every_node(node):
    talk = at(node).say("/start_over")
    assert talk.node in (STORY, "danger_signs")
    assert talk.level is Level.SELF_CARE
    assert not talk.evidence.values


@pytest.mark.parametrize("node", NODES)
def test_everyone_can_stop_from_every_node(node):
    assert at(node).say("/stop").node == ENDED


@pytest.mark.parametrize("node", NODES)
@pytest.mark.parametrize(
    "command", ["go_back", "wrong", "repeat", "help", "slower", "skip", "moment"]
)
def test_every_command_is_legal_at_every_node(node, command):
    assert at(node).say(f"/{command}").node in MACHINE.states


@pytest.mark.parametrize("node", NODES)
def test_nothing_leads_back_from_the_end(node):
    with pytest.raises(InternalError):
        MACHINE.move(ENDED, node)


def test_emergency_is_left_only_by_correction_starting_over_or_ending():
    for calm in CALM:
        with pytest.raises(InternalError, match=f"from {EMERGENCY} to {calm}"):
            MACHINE.move(EMERGENCY, calm)


def test_illegal_move_is_our_own_mistake():
    with pytest.raises(InternalError, match="from self_care to story"):
        MACHINE.move("self_care", STORY)
    with pytest.raises(InternalError, match="nowhere"):
        MACHINE.move(OPENING, "nowhere")


def test_every_edge_of_the_dialog_is_walked_and_legal():
    edges = prove(DIALOG, UPPER_BACK_PAIN).edges
    assert {here for here, _ in edges} == set(QUESTIONS)
    assert {there for _, there in edges} == {*QUESTIONS[1:], *(level.id for level in Level)}
    for here, there in edges:
        assert MACHINE.move(here, there) == there


def test_callback_names_in_a_dialog_are_never_called():
    """transitions imports and calls dotted strings; ids reach it only as names of states."""
    assert isinstance(DIALOG, Dialog)
    assert all("." not in state for state in MACHINE.states)


def test_conversation_that_is_over_takes_no_more_events():
    talk = Talk().say("/stop")
    with pytest.raises(InternalError, match="over"):
        talk.do(NoInput())


@pytest.mark.parametrize(
    "name", ["trigger", "state", "may_trigger", "which_of", "model", "initial", "to", "name"]
)
def test_a_question_may_have_a_name_that_the_library_uses_itself(name):
    questions = (replace(DIALOG.questions[0], id=QuestionId(name)), *DIALOG.questions[1:])
    machine = DialogMachine(replace(DIALOG, questions=questions))
    for there in (str(questions[1].id), CLARIFY, CONFIRM, EMERGENCY, OPENING, ENDED):
        assert machine.move(OPENING, name) == name
        assert machine.move(name, there) == there
