"""Turn by turn: what is said and asked, how doubt, silence and noise count, and how it ends."""

from __future__ import annotations

import pytest

from tests.core.talk import DIALOG, NO, UNSURE, YES, Findings, Talk, interview
from voice_triage.core.conversation import FEWEST_ALARMS, MOST_ALARMS
from voice_triage.core.effects import Answered, Asked, Concluded, Finish, LevelChanged, Listen
from voice_triage.core.stage import ALARM_SECONDS, NO_INPUT_SECONDS
from voice_triage.core.values import FindingId, Level, QuestionId

LONE = DIALOG.lone_level
GRAVE = [q for q in DIALOG.questions if DIALOG.question_level(q) is Level.EMERGENCY]
URGENT = [q for q in DIALOG.questions if DIALOG.question_level(q) is Level.URGENT]
SERIOUS = [q for q in (*GRAVE, *URGENT) if any(LONE.get(f, 0) >= Level.URGENT for f in q.asks)]
SLIGHT = [q for q in DIALOG.questions if q not in GRAVE and q not in URGENT]
GATES = {
    "tearing_pain": {"sudden_onset": YES},
    "aorta_risk": {"sudden_onset": YES},
    "leg_swelling": {"sudden_onset": YES},
    "injury_serious": {"injury": YES},
    "leg_swelling_breath": {"breath_pain": YES},
    "cough_blood": {"breath_pain": YES},
    "clot_risk_recent": {"breath_pain": YES},
    "clot_risk_history": {"breath_pain": YES},
    "confusion": {"fever": YES},
}


def text(key, **holes):
    return DIALOG.texts[key].format(emergency_number="112", **holes)


def question(name):
    return DIALOG.question_by_id[QuestionId(name)]


def at(name):
    """A person with nothing else who comes to the question ``name``."""
    if name == "numb_or_weak_which":
        return Talk().until("numb_or_weak").say("yes")
    return Talk().until(name, GATES.get(name))


def ids(questions):
    return [q.id for q in questions]


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


# Doubt


@pytest.mark.parametrize("name", ids(SERIOUS))
def test_doubt_about_a_serious_sign_is_asked_once_more_in_the_plainest_words(name):
    talk = at(name).say("unsure")
    assert talk.node == name
    assert talk.sentences == [question(name).again[1]]
    talk.say("unsure")
    assert talk.node != name
    assert talk.level >= Level.URGENT


@pytest.mark.parametrize("name", ids(SLIGHT))
def test_doubt_about_a_slight_thing_is_taken_as_it_is(name):
    talk = at(name).say("unsure")
    assert talk.node != name
    (finding,) = question(name).asks
    assert talk.value(finding) is UNSURE


def test_doubt_about_sudden_onset_asks_about_the_tearing_itself():
    talk = at("sudden_onset").say("unsure", "unsure")
    assert talk.node == "tearing_pain"
    assert talk.value("tearing_pain") is None


@pytest.mark.parametrize("name", ["danger_signs", "legs_bladder", "tearing_pain"])
def test_danger_sign_left_open_is_named_with_the_number_to_call(name):
    talk = at(name).say("unsure", "unsure")
    signs = [DIALOG.findings[f].sign for f in question(name).asks]
    assert text("open_sign_call") in talk.sentences
    assert any(all(sign in sentence for sign in signs) for sentence in talk.sentences)
    assert talk.level is Level.URGENT


@pytest.mark.parametrize("name", ["injury_serious", "cough_blood", "confusion"])
def test_danger_sign_left_open_beside_an_urgent_one_is_an_emergency(name):
    assert at(name).say("unsure", "unsure").node == "emergency"


def test_two_danger_questions_left_open_are_an_emergency():
    talk = Talk().say("unsure", "unsure")
    assert talk.level is Level.URGENT
    assert talk.say("unsure", "unsure").node == "emergency"


def test_urgent_finding_after_a_danger_sign_left_open_is_an_emergency():
    talk = Talk().say("unsure", "unsure").until("rash").say("yes")
    assert talk.node == "emergency"


def test_open_clot_risk_with_pain_on_breathing_is_an_emergency():
    assert at("clot_risk_recent").say("unsure").node == "emergency"


# Grouped signs


def test_bare_yes_to_danger_signs_is_an_emergency_at_once():
    for name in ("danger_signs", "legs_bladder"):
        talk = at(name).say("yes")
        assert talk.node == "emergency"
        assert talk.rules[0] == f"one_of:{name}"


def test_yes_to_signs_that_differ_in_level_asks_which():
    talk = at("numb_or_weak").say("yes")
    assert talk.node == "numb_or_weak_which"
    assert talk.say("+numb_tingling").level is Level.DOCTOR
    assert talk.value("weakness") is NO
    assert at("numb_or_weak_which").say("+weakness").level is Level.URGENT


@pytest.mark.parametrize("finding", ["injury", "fever", "cancer_history"])
def test_yes_to_numb_or_weak_after_an_injury_fever_or_cancer_is_an_emergency_at_once(finding):
    talk = Talk().until("numb_or_weak", {finding: YES}).say("yes")
    assert talk.node == "emergency"
    assert "numb_or_weak_which" not in talk.asked


def test_which_that_stays_open_counts_as_the_more_urgent():
    talk = at("numb_or_weak_which").say("unsure", "unsure")
    assert talk.level is Level.URGENT
    talk = Talk().until("numb_or_weak", {"sudden_onset": YES}).say("yes", "unsure", "unsure")
    assert talk.node == "emergency"


# Noise and words that are no answer


@pytest.mark.parametrize("name", ids([*GRAVE, *URGENT]))
@pytest.mark.parametrize("how", ["noise", "words"])
def test_serious_question_that_is_not_answered_is_put_twice_more_and_then_left_open(name, how):
    talk = at(name)
    for wording in question(name).again:
        talk.noise() if how == "noise" else talk.say("hello")
        assert talk.sentences == [wording]
    talk.noise() if how == "noise" else talk.say("hello")
    assert talk.node != name
    assert all(talk.value(f) is UNSURE for f in question(name).asks)


@pytest.mark.parametrize("name", ids(SLIGHT))
def test_slight_question_that_is_not_answered_is_put_once_more_and_then_left_open(name):
    talk = at(name).noise()
    assert talk.sentences == [question(name).again[0]]
    assert talk.noise().node != name


def test_denying_part_of_a_group_is_kept_and_the_rest_is_asked_again():
    talk = Talk().say("-chest_pain -faint")
    assert talk.node == "danger_signs"
    assert talk.say("-breathless").node == "legs_bladder"


# Silence


@pytest.mark.parametrize("name", ids(GRAVE))
def test_two_silences_on_a_danger_question_are_an_emergency_that_names_the_sign(name):
    talk = at(name).silence()
    assert talk.node == name
    assert talk.sentences == [question(name).again[0]]
    talk.silence()
    assert talk.node == "emergency"
    assert "Call 112 now." in talk.said
    about = (*question(name).asks, *question(name).no_also)
    for finding in about:
        if LONE.get(finding) is Level.EMERGENCY:
            assert DIALOG.findings[finding].sign in talk.said
    assert isinstance(talk.effects[-1], Listen), "it keeps listening"


@pytest.mark.parametrize("name", ids([*URGENT, *SLIGHT]))
def test_silence_on_any_other_question_leaves_it_open(name):
    talk = at(name).silence(3 if question(name) in URGENT else 2)
    assert talk.node != name
    assert all(talk.value(f) is UNSURE for f in question(name).asks)


def test_noise_between_two_silences_does_not_undo_the_first():
    assert Talk().silence().noise().silence().node == "emergency"


def test_silence_after_a_calm_outcome_ends_the_session():
    talk = interview().silence()
    assert talk.finished
    assert talk.sentences == [text("goodbye")]


def test_noise_after_a_calm_outcome_is_answered_once_and_then_ends_the_session():
    talk = interview().noise()
    assert talk.sentences == [text("repeat_hint")]
    assert not talk.finished
    assert talk.noise().finished


# The alarm


def test_emergency_is_repeated_until_acknowledged_at_most_six_times():
    talk = Talk().say("!faint")
    rounds = 1
    while not talk.silence().finished:
        assert "Call 112 now." in talk.said
        assert talk.listens.no_input_seconds == ALARM_SECONDS
        rounds += 1
    assert rounds == MOST_ALARMS == 6
    assert talk.sentences == [text("emergency_end")]


def test_emergency_is_said_twice_even_when_nobody_can_hear_any_more():
    talk = Talk().say("!faint")
    rounds = 1
    while not talk.silence(ended=True).finished:
        rounds += 1
    assert rounds == FEWEST_ALARMS == 2


def test_noise_does_not_keep_an_emergency_going_for_ever():
    talk = Talk().say("!faint").noise(MOST_ALARMS)
    assert talk.finished


def test_words_other_than_okay_hear_the_emergency_again():
    talk = Talk().say("!faint", "yes", "hello", "+fever")
    assert talk.node == "emergency"
    assert "Call 112 now." in talk.said
    assert talk.say("/acknowledge").finished


def test_emergency_is_said_completely_each_time():
    talk = Talk().say("!faint")
    said = talk.sentences
    assert talk.silence().sentences == said


# Danger words and remarks


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


def test_long_past_events_are_no_evidence():
    talk = Talk().until("fever").say("no ~faint")
    assert talk.level is Level.SELF_CARE
    assert Talk().say("~faint", "no").value("faint") is NO


def test_remark_after_an_outcome_raises_it():
    talk = interview().say("+rash")
    assert talk.node == "urgent"


def test_remark_after_an_outcome_brings_up_its_follow_up_questions():
    talk = interview().say("+fever")
    assert talk.node == "confusion"
    assert talk.say("no").node == "urgent"


def test_remark_that_says_nothing_new_is_a_goodbye():
    assert interview().say("hello").finished


def test_danger_in_doubt_after_an_outcome_is_asked_about():
    talk = interview().say("?faint")
    assert talk.node == "clarify"
    assert talk.say("no").node == "self_care"


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
