"""Asked again, only what is still open of a group is asked, and what was understood is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.places import question, text
from tests.talk import DIALOG, NO, YES, Talk
from voice_triage.triage.groups import joined, narrowed
from voice_triage.values import Level


def part(name, finding):
    return next(p for p in question(name).parts if p.finding == finding)


def asked(talk):
    return talk.listens.question.asks


def test_half_denied_only_the_other_half_is_asked():
    talk = Talk().until("legs_bladder").say("-leg_weakness")
    legs, bladder = question("legs_bladder").parts
    assert talk.sentences == [f"{legs.fine} {bladder.ask}"]
    assert asked(talk) == ("bladder_bowel",)
    assert talk.say("no").node == "sudden_onset"
    assert talk.value("bladder_bowel") is NO


def test_yes_to_what_is_left_is_that_sign():
    talk = Talk().until("legs_bladder").say("-leg_weakness", "yes")
    assert (talk.value("bladder_bowel"), talk.node) == (YES, "emergency")
    assert talk.rules[0] == "bladder_bowel"


def test_one_of_three_denied_the_other_two_share_a_question():
    talk = Talk().say("-faint")
    asked = joined([part("danger_signs", f).ask for f in ("breathless", "chest_pain")])
    assert talk.sentences == [f"{part('danger_signs', 'faint').fine} {asked}"]
    talk.say("-chest_pain")
    left = part("danger_signs", "breathless").ask
    fine = part("danger_signs", "chest_pain").fine
    assert talk.sentences == [f"{fine} {text('yes_or_no')} {left}"]
    assert talk.say("no").node == "legs_bladder"


def test_bare_yes_to_two_that_are_left_is_one_of_them():
    talk = Talk().say("-faint", "yes")
    assert talk.rules[0] == "one_of:danger_signs"
    assert "fainting" not in talk.said


def test_doubt_about_one_of_them_is_asked_once_more_about_that_one():
    talk = Talk().until("legs_bladder").say("-leg_weakness ?bladder_bowel")
    assert asked(talk) == ("bladder_bowel",)
    assert talk.say("unsure").level is Level.URGENT
    assert talk.state.evidence.open_signs[0].findings == ("bladder_bowel",)


def test_part_of_a_group_settled_by_the_second_reply_the_rest_is_asked_a_third_time_and_no_more():
    talk = Talk().say("unsure")
    assert talk.sentences == [question("danger_signs").again[1]]
    talk.say("-faint -chest_pain")
    assert talk.node == "danger_signs"
    assert asked(talk) == ("breathless",)
    assert talk.say("unsure").node == "legs_bladder"
    assert talk.state.evidence.open_signs[0].findings == ("breathless",)


def test_every_sign_named_is_like_a_bare_yes():
    talk = Talk().say("yes +breathless +faint +chest_pain")
    assert talk.rules[0] == "one_of:danger_signs"


@pytest.mark.parametrize(
    ("name", "said", "other"),
    [
        ("numb_or_weak", "numb_tingling", "weakness"),
        ("numb_or_weak", "weakness", "numb_tingling"),
        ("blood_or_leg", "leg_swelling", "cough_blood"),
    ],
)
def test_one_named_of_a_group_the_which_question_is_about_the_other(name, said, other):
    talk = Talk().until(name).say(f"yes +{said}")
    assert talk.node == f"{name}_which"
    assert talk.sentences == [f"{part(name, said).there} {part(name, other).ask}"]
    assert asked(talk) == (other,)
    talk.say("no")
    assert (talk.value(said), talk.value(other)) == (YES, NO)


def test_no_to_which_after_a_yes_is_asked_once_more_and_then_believed():
    talk = Talk().until("blood_or_leg").say("yes", "no")
    assert talk.node == "blood_or_leg_which"
    assert talk.say("no").node == "fever"
    assert talk.value("cough_blood") is NO


def test_what_was_volunteered_of_a_group_is_not_asked_with_it():
    talk = Talk().say("no -leg_weakness")
    legs, bladder = question("legs_bladder").parts
    assert talk.sentences == [f"{legs.fine} {bladder.ask}"]


def test_repeat_says_what_is_asked_without_what_was_understood():
    talk = Talk().until("legs_bladder").say("-leg_weakness", "/repeat")
    assert talk.sentences == [part("legs_bladder", "bladder_bowel").ask]


def test_going_back_to_a_group_asks_all_of_it():
    talk = Talk().until("legs_bladder").say("-leg_weakness", "no", "/go_back")
    assert talk.sentences[-1] == question("legs_bladder").ask


def test_group_without_parts_keeps_its_words():
    plain = replace(DIALOG.questions[0], parts=())
    left = narrowed(plain, plain.asks[:1], "")
    assert (left.ask, left.asks) == (plain.ask, plain.asks[:1])


def test_questions_are_joined_for_the_ear():
    assert joined(["Are you hot?", "Do you ache?"]) == "Are you hot, or do you ache?"
