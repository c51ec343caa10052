"""Only what was misheard is taken back: asked again, denied, confirmed, logged; all else stands."""

from __future__ import annotations

import pytest

from tests.places import sign, text
from tests.talk import DIALOG, NO, YES, Talk
from voice_triage.conversation.effects import Answered, LevelChanged
from voice_triage.conversation.wording import Wording
from voice_triage.values import Level

EMERGENCY = Level.EMERGENCY


def corrections(talk):
    return [e for e in talk.everything if isinstance(e, Answered) and e.corrected]


EMERGENCIES = {
    "a danger sign named in its question": (lambda: Talk().say("!chest_pain"), "danger_signs"),
    "a bare yes to a group": (lambda: Talk().say("yes"), "danger_signs"),
    "a combination answered last": (
        lambda: Talk().until("numb_or_weak", {"fever": YES}).say("yes"),
        "numb_or_weak",
    ),
    "silence": (lambda: Talk().silence(2), "danger_signs"),
    "silence about how it began": (lambda: Talk().until("sudden_onset").silence(2), "sudden_onset"),
    "a volunteered sign": (lambda: Talk().until("rash").say("!stroke_signs"), "clarify"),
    "a sign that came with a no": (lambda: Talk().until("rash").say("no !faint"), "clarify"),
    "tearing named at the onset": (
        lambda: Talk().until("sudden_onset").say("!tearing_pain"),
        "clarify",
    ),
    "a call for help": (lambda: Talk().until("rash").say("!!"), "clarify"),
}


@pytest.fixture(params=EMERGENCIES)
def emergency(request):
    """An emergency, and the node at which “that is wrong” asks again."""
    begin, node = EMERGENCIES[request.param]
    return begin(), node


@pytest.mark.parametrize("command", ["/wrong", "/go_back"])
def test_that_is_wrong_after_an_emergency_asks_that_one_thing_again(emergency, command):
    talk, node = emergency
    assert talk.node == "emergency"
    talk.say(command)
    assert talk.node == node
    assert talk.level is EMERGENCY


def test_denied_and_confirmed_the_emergency_is_taken_back_and_logged(emergency):
    talk, _ = emergency
    talk.say("/wrong", "no")
    assert talk.node == "confirm"
    assert talk.level is EMERGENCY
    talk.say("yes")
    assert talk.level < EMERGENCY
    assert talk.question is not None
    assert text("corrected") in talk.sentences
    assert len(corrections(talk)) == 1
    assert any(isinstance(e, LevelChanged) and e.level < EMERGENCY for e in talk.effects)


@pytest.mark.parametrize("words", ["no", "unsure", "hello", "/wrong"])
def test_denied_but_not_confirmed_it_stays_an_emergency(emergency, words):
    talk, _ = emergency
    talk.say("/wrong", "no", words)
    if words in ("unsure", "hello"):
        assert talk.sentences == [
            DIALOG.texts["confirm_no_again"].format(signs=talk_signs(talk)),
        ]
        talk.say(words)
    assert talk.node == "emergency"
    assert text("kept") in talk.sentences
    assert not corrections(talk)


def talk_signs(talk):
    return Wording(DIALOG, DIALOG.regions["other"]).signs(talk.state.pending.findings)


@pytest.mark.parametrize("answers", [["yes"], ["unsure"] * 3, ["hello"] * 4, [""] * 4])
def test_not_clearly_denied_it_stays_an_emergency(emergency, answers):
    talk, _ = emergency
    talk.say("/wrong")
    for answer in answers:
        if talk.node != "emergency":
            talk.say(answer) if answer else talk.silence()
    assert talk.level is EMERGENCY
    assert not corrections(talk)
    assert talk.node == "emergency"


def test_silence_when_asked_again_stays_an_emergency(emergency):
    talk, _ = emergency
    talk.say("/wrong").silence(4)
    assert talk.node == "emergency"


def test_noise_when_asked_again_stays_an_emergency(emergency):
    talk, _ = emergency
    talk.say("/wrong").noise(3)
    assert talk.node == "emergency"


def test_correction_leaves_all_other_evidence_standing(emergency):
    talk, _ = emergency
    before = dict(talk.evidence.values)
    talk.say("/wrong", "no", "yes")
    changed = {f for f, v in talk.evidence.values.items() if before.get(f, NO) != v}
    (correction,) = corrections(talk)
    assert changed <= set(correction.findings)
    assert before.keys() <= talk.evidence.values.keys()


def test_sign_of_an_earlier_answer_still_makes_its_level_after_a_correction():
    talk = Talk().until("rash", {"weight_loss": YES}).say("!faint", "/wrong", "no", "yes")
    assert talk.level is Level.URGENT
    assert talk.node == "rash"
    assert talk.to_the_end().node == "urgent"


def test_confirmation_names_exactly_what_would_be_taken_back():
    talk = Talk().say("!chest_pain", "/wrong", "no")
    assert talk.sentences == [text("confirm_no", signs=sign("chest_pain"))]


def test_signs_not_answered_when_one_is_taken_back_are_asked_again():
    talk = Talk().say("!chest_pain", "/wrong", "-chest_pain", "yes")
    assert talk.value("chest_pain") is NO
    assert talk.node == "danger_signs"
    assert talk.say("no").node == "legs_bladder"


def test_yes_on_being_asked_again_is_never_taken_for_a_denial():
    talk = Talk().say("!chest_pain", "/wrong", "yes")
    assert talk.node == "emergency"
    assert talk.value("chest_pain") is YES


def test_each_of_two_emergencies_must_be_taken_back():
    talk = Talk(story=True).say("!chest_pain", "!faint", "/wrong", "no", "yes")
    assert talk.node == "emergency"
    assert talk.value("faint") is NO
    talk.say("/wrong", "no", "yes")
    assert talk.value("chest_pain") is NO
    assert talk.node == "danger_signs"


def test_denying_what_was_named_denies_no_sign_that_was_not():
    talk = Talk(story=True).say(
        "!chest_pain !faint !breathless !cough_blood", "/wrong", "no", "yes"
    )
    assert talk.node == "emergency"
    assert talk.value("cough_blood") is YES


def test_call_for_help_beside_a_sign_is_asked_about_too():
    talk = Talk().say("!! !faint", "/wrong", "no", "yes")
    assert talk.node == "emergency"
    talk.say("/wrong")
    assert DIALOG.texts["call_sign"] in talk.said
    assert talk.say("no", "yes").node == "legs_bladder"


def test_emergency_made_by_a_remark_is_asked_about_and_not_the_question_it_came_with():
    talk = Talk().until("urine_symptoms", {"fever": YES, "confusion": NO}).say("no +numb_tingling")
    assert talk.node == "emergency"
    talk.say("/wrong")
    assert talk.node == "clarify"
    assert sign("numb_tingling") in talk.said


def test_more_said_while_correcting_counts_at_once():
    talk = Talk().until("rash").say("/go_back", "no +fever")
    assert talk.level is Level.URGENT
    talk = Talk().until("cancer_history", {"fever": YES}).say("/wrong", "no", "yes +weakness")
    assert talk.node == "emergency"


# What was volunteered


def test_volunteered_value_is_corrected_by_its_question():
    talk = Talk().say("no duration_days=9", "/wrong")
    assert talk.node == "danger_signs"
    talk = Talk(story=True).say("duration_days=9", "/wrong")
    assert talk.node == "duration_days"
    talk.say("2", "yes")
    assert (talk.value("duration_days"), talk.level) == (2.0, Level.SELF_CARE)


def test_volunteered_denial_is_corrected_by_its_question():
    talk = Talk(story=True).say("-fever", "/wrong")
    assert talk.node == "fever"
    assert talk.say("yes").level is Level.URGENT


def test_volunteered_sign_is_asked_about_by_name():
    talk = Talk(story=True).say("+fever", "/wrong")
    assert talk.sentences == [text("clarify", signs=sign("fever"))]
    assert talk.say("-fever").node == "confirm"
    assert talk.say("yes").value("fever") is NO
