"""After a break the conversation goes on where it was, and forgets nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.talk import DIALOG, YES, Talk
from voice_triage.content.dialog import ENDED
from voice_triage.ports import Resumed
from voice_triage.values import Level, QuestionId

RESTARTED, BACK = Resumed(restarted=True), Resumed()
FEVER, FIRST = (DIALOG.question_by_id[QuestionId(q)] for q in ("fever", "danger_signs"))


def test_a_restart_says_so_with_the_number_and_puts_the_same_question_again():
    talk = Talk().until("fever")
    before = talk.state
    talk.do(RESTARTED)
    assert talk.said.startswith("Sorry, I had to restart. If this is an emergency, call 112 now.")
    assert talk.said.endswith(FEVER.ask)
    assert (talk.node, talk.state.prompts) == ("fever", before.prompts)


def test_after_a_restart_the_gravest_that_was_told_is_said_back():
    talk = Talk().until("worsening", {"rash": YES, "numb_tingling": YES, "weight_loss": YES})
    talk.do(RESTARTED)
    assert (
        "You told me that you lose weight or have bad night pain and you have a painful rash"
        in talk.said
    )


def test_a_known_emergency_is_announced_before_all_else():
    talk = Talk().say("!faint")
    alarms = talk.state.alarms
    talk.do(RESTARTED)
    assert talk.said.startswith("This could be an emergency. Call 112 now.")
    assert talk.state.alarms == alarms


def test_an_ear_that_was_away_is_no_restart():
    talk = Talk().until("fever", {"breath_pain": YES}).do(BACK)
    assert talk.said == f"I can hear you again. {FEVER.ask}"


def test_who_had_said_nothing_yet_is_greeted():
    talk = Talk()
    talk.state = type(talk.state)()
    talk.do(RESTARTED)
    assert "I am a voice assistant" in talk.said
    assert talk.node == "danger_signs"


def test_a_reprompt_a_clarifying_question_and_an_outcome_are_taken_up_too():
    asked_again = Talk().silence()
    assert asked_again.do(RESTARTED).said.endswith(FIRST.again[0])
    asked_back = Talk().say("*faint")
    assert asked_back.do(RESTARTED).said.endswith("Is that so?")
    outcome = Talk().to_the_end()
    told = outcome.state.last_said
    assert outcome.do(RESTARTED).said.endswith(" ".join(told))


SHORTHAND = ("no", "yes", "unsure", "nothing", "!faint", "*chest_pain", "+fever", "/go_back", "7")


@given(st.lists(st.sampled_from(SHORTHAND), max_size=30), st.sampled_from([RESTARTED, BACK]))
def test_a_break_at_any_moment_changes_neither_the_level_nor_what_is_known(words, resumed):
    talk = Talk()
    for word in words:
        if talk.node == ENDED:
            return
        before = talk.state
        talk.do(resumed)
        assert talk.state.evidence == before.evidence
        assert (talk.node, talk.level) == (before.node, before.assessment.level)
        assert (talk.state.prompts, talk.state.alarms) == (before.prompts, before.alarms)
        if before.assessment.level is Level.EMERGENCY:
            assert talk.said.startswith("This could be an emergency")
        talk.say(word)
