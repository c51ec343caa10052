"""Turn by turn: what is said and asked, and how whole interviews end."""

from __future__ import annotations

import pytest

from tests.places import GATES, LONE, question, text
from tests.talk import DIALOG, NO, UNSURE, YES, Findings, Talk, interview
from voice_triage.conversation.effects import (
    Answered,
    Asked,
    Concluded,
    Finish,
    LevelChanged,
    Listen,
)
from voice_triage.conversation.moves import NO_INPUT_SECONDS
from voice_triage.values import Earlier, FindingId, Level, QuestionId

# The opening


def test_opening_says_the_emergency_number_first_then_what_this_is_then_how_to_use_it():
    talk = Talk()
    assert talk.sentences[:3] == [
        text("opening_emergency"),
        text("opening_tool"),
        text("opening_how"),
    ]
    assert "112" in talk.sentences[0]
    assert "adults" in talk.sentences[1]
    assert "not a doctor" in talk.sentences[1]
    assert talk.sentences[3] == DIALOG.questions[0].ask


def test_story_is_listened_to_in_the_persons_own_words():
    talk = Talk(story=True)
    assert talk.listens == Listen(None, NO_INPUT_SECONDS, open_mode=True)
    assert talk.sentences[-1] == text("story")


@pytest.mark.parametrize("how", ["words", "silence", "noise"])
def test_story_that_says_nothing_goes_on_with_the_questions(how):
    talk = Talk(story=True)
    {"words": lambda: talk.say("hello"), "silence": talk.silence, "noise": talk.noise}[how]()
    assert talk.node == "danger_signs"


def test_story_is_evidence_and_saves_questions():
    talk = Talk(story=True).say("+fever -rash severity=8").to_the_end({"fever": YES})
    assert not {"fever", "rash", "severity"} & set(talk.asked)
    assert "confusion" in talk.asked
    assert talk.level is Level.URGENT


# One turn


def test_question_is_asked_and_listened_for():
    talk = Talk()
    first = DIALOG.questions[0]
    assert Asked(first.id, first.ask, first.asks) in talk.effects
    assert talk.listens == Listen(first, NO_INPUT_SECONDS)


def test_answer_and_level_are_announced_before_the_next_question():
    talk = Talk().until("fever").say("yes")
    kinds = [type(effect) for effect in talk.effects]
    assert kinds.index(Answered) < kinds.index(LevelChanged) < kinds.index(Asked)
    assert Answered(QuestionId("fever"), {FindingId("fever"): YES}) in talk.effects


def test_level_is_announced_once_for_each_rise():
    talk = interview({"fever": YES, "cancer_history": YES, "worsening": YES})
    assert talk.levels == [Level.URGENT]
    talk = interview({"weak_bones": YES, "severity": 8.0})
    assert talk.levels == [Level.DOCTOR, Level.URGENT]


def test_outcome_reports_findings_rules_and_ruleset():
    outcome = interview({"rash": YES, "duration_days": 8.0}).outcome
    assert outcome.level is Level.URGENT
    assert outcome.findings[FindingId("over_one_week")] is YES
    assert outcome.rules[:2] == ("rash", "over_one_week")
    assert outcome.ruleset == DIALOG.ruleset


@pytest.mark.parametrize("finding", [f for f, level in LONE.items() if level is Level.EMERGENCY])
def test_first_emergency_ends_the_questions(finding):
    talk = Talk().say(f"!{finding}")
    assert talk.node == "emergency"
    assert not any(isinstance(effect, Asked) for effect in talk.effects)
    talk.say("hello", "+fever").noise()
    assert talk.asked == ["danger_signs"]


# Whole interviews


@pytest.mark.parametrize(
    ("findings", "level"),
    [
        ({}, Level.SELF_CARE),
        ({"duration_days": 7.0}, Level.DOCTOR),
        ({"severity": 7.0}, Level.DOCTOR),
        ({"severity": 7.0, "sudden_onset": YES}, Level.URGENT),
        ({"severity": 8.0, "worsening": YES, "daily_life": YES}, Level.URGENT),
        ({"weak_bones": YES, "cause": ("lifting",)}, Level.URGENT),
        ({"weak_bones": YES, "cause": ("posture",)}, Level.DOCTOR),
        ({"breath_pain": YES, "clot_risk": YES}, Level.EMERGENCY),
        ({"breath_pain": YES, "leg_swelling": YES}, Level.EMERGENCY),
        ({"sudden_onset": YES, "leg_swelling": YES}, Level.EMERGENCY),
        ({"sudden_onset": YES, "aorta_risk": YES}, Level.EMERGENCY),
        ({"sudden_onset": YES, "weakness": YES}, Level.EMERGENCY),
        ({"sudden_onset": YES, "numb_tingling": YES}, Level.DOCTOR),
        ({"fever": YES, "numb_tingling": YES}, Level.EMERGENCY),
        ({"cancer_history": YES, "weakness": YES}, Level.EMERGENCY),
        ({"injury": YES, "numb_tingling": UNSURE}, Level.EMERGENCY),
        ({"injury": YES, "injury_serious": YES}, Level.EMERGENCY),
        ({"fever": YES, "confusion": YES}, Level.EMERGENCY),
        ({"breath_pain": YES, "cough_blood": YES}, Level.EMERGENCY),
        ({"sudden_onset": YES, "tearing_pain": YES}, Level.EMERGENCY),
        ({"tearing_pain": YES}, Level.EMERGENCY),
    ],
    ids=str,
)
def test_interview_ends_at_the_level_of_its_findings(findings, level):
    assert interview(findings).node == level.id


@pytest.mark.parametrize("finding", LONE)
def test_every_finding_that_is_asked_or_said_reaches_its_level(finding):
    derived: dict[str, Findings] = {
        "sudden_severe": {"sudden_onset": YES, "severity": 9.0},
        "over_one_week": {"duration_days": 9.0},
    }
    gate = next((g for q, g in GATES.items() if finding in question(q).asks), {})
    talk = interview({finding: YES, **gate, **derived.get(finding, {})})
    if finding == "stroke_signs":
        talk = Talk().say("+stroke_signs")
    assert talk.level >= LONE[FindingId(finding)]
    assert finding in talk.rules or talk.level is Level.EMERGENCY


def test_session_ends_in_finish_and_nothing_after_it():
    talk = interview().say("/acknowledge")
    assert isinstance(talk.effects[-1], Finish)
    assert sum(isinstance(effect, Finish) for effect in talk.everything) == 1


def test_danger_word_that_answers_the_question_is_its_answer():
    talk = Talk().say("!faint")
    assert Answered(QuestionId("danger_signs"), {FindingId("faint"): YES}) in talk.effects
    talk = Talk().until("rash").say("!faint")
    assert Answered(None, {FindingId("faint"): YES}) in talk.effects


def test_denied_danger_raises_nothing_and_what_stands_beside_it_is_kept():
    talk = Talk().say("-chest_pain !faint")
    assert talk.node == "emergency"
    assert (talk.value("chest_pain"), talk.value("faint")) == (NO, YES)
    assert Talk().until("fever").say("no -chest_pain").level is Level.SELF_CARE


def test_more_danger_during_an_emergency_is_heard_and_the_prompt_said_again():
    talk = Talk().say("!faint", "!chest_pain")
    assert talk.value("chest_pain") is YES
    assert "Call 112 now." in talk.said


def test_the_reply_that_led_to_a_follow_up_counts_for_it_too_and_for_no_other_question():
    talk = Talk().until("injury").say("yes")
    assert (talk.node, talk.state.earlier) == ("injury_serious", Earlier(led=("yes",)))
    talk.say("nothing")
    assert talk.state.earlier == Earlier(("nothing",), led=("yes",))
    talk.say("no")
    assert talk.state.earlier == Earlier()


def test_danger_after_a_calm_outcome_is_an_emergency():
    talk = interview().say("!breathless")
    assert talk.node == "emergency"
    assert [e.level for e in talk.everything if isinstance(e, Concluded)] == [
        Level.SELF_CARE,
        Level.EMERGENCY,
    ]


def test_what_is_volunteered_with_an_answer_counts_and_is_not_asked_again():
    talk = Talk().say("no +rash")
    assert talk.level is Level.URGENT
    assert "rash" not in talk.to_the_end().asked


def test_denial_volunteered_saves_the_question_but_takes_nothing_back():
    talk = Talk().say("no -rash")
    assert "rash" not in talk.to_the_end().asked
    talk = interview({"rash": YES}).say("-rash")
    assert talk.value("rash") is YES


def test_better_now_never_lowers():
    talk = Talk().until("worsening", {"rash": YES}).say("no -rash severity=1")
    assert talk.level is Level.URGENT
    assert talk.value("rash") is YES


def test_remark_after_an_outcome_raises_it():
    talk = interview().say("+rash")
    assert talk.node == "urgent"


def test_remark_after_an_outcome_brings_up_its_follow_up_questions():
    talk = interview().say("+fever")
    assert talk.node == "confusion"
    assert talk.say("no").node == "urgent"


def test_remark_that_says_nothing_new_is_a_goodbye():
    assert interview().say("hello").finished
