"""Properties of interpretation: what holds for any text, any sign and any frame around it."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.asking import QUESTIONS, interpreter, lexicon
from voice_triage.core.phrases import expand
from voice_triage.core.values import Answer, FindingId, Reply, Understanding

ASKED = st.sampled_from([None, *QUESTIONS.values()])


def _phrases(*, rules_out: bool | None = None) -> list[tuple[FindingId, str]]:
    """Danger phrases with their finding; ``rules_out``: those whose denial denies the finding."""
    return [
        (finding, phrase)
        for finding, words in lexicon().findings.items()
        for group in words.groups
        if group.danger and rules_out in (None, group.rules_out)
        for template in group.phrases
        for phrase in expand(template, cap=600)[::7]
    ]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DANGER = _phrases()
NEGATIVE = _words(
    "can't couldn't no not don't unable lost hardly barely stopped won't isn't aren't hasn't"
    " haven't didn't wouldn't doesn't without"
)
CLAUSE = _words(
    "is are was were has have had hurts hurt feels felt feel went goes gone gave give gives giving"
    " fainted passed blacked coughed fell collapsed spat brought turned came it things everything"
    " something someone somebody going about wet messed peed sitting sits stands stood tore ripped"
    " torn keeps i'm he's she's rip closed comes nearly almost might may i need gets got become"
)
NOUNS = [
    (finding, phrase)
    for finding, phrase in DANGER
    if CLAUSE.isdisjoint(phrase.split())
    and NEGATIVE.isdisjoint(phrase.split())
    and not phrase.startswith("my ")
]
"""Danger signs that a “no” or “not” can stand before: “chest pain”, not “can't breathe”."""

STATED = (
    "{}", "yes {}", "yeah {}", "um {}", "well {}", "no but {}", "no fever but {}", "help {}",
    "my back hurts and {}", "i have had a cold and now {}", "since this morning {}",
    "yes because {}", "i think {}", "a bit of {}", "{} right now", "{} and i'm scared",
    "{} please help me", "i don't know why {}", "not only {}", "my back hurts, {}",
    "no fever. {}", "{} since yesterday",
)  # fmt: skip
DENIED = (
    "no {}", "i don't have {}", "i haven't had any {}", "there is no {}", "i'm not having {}",
    "not {}", "never {}", "without {}", "well no {} at all", "no fever or {}", "no {} or fever",
    "no cough or {}", "um no {} thank you", "no, no {}", "i do not have {}",
    "neither fever nor {}", "no sign of {}", "my back hurts but i don't have {}",
    "no fever, chills or {}", "it is not {}", "no {} and no fever", "i have not had any {} today",
    "no sir no {}", "i've never had {}", "{} no", "no I don't get {}", "i can walk without {}",
    "i have back pain without {} or fever", "no {} none of that",
)  # fmt: skip
DOUBTED = (
    "maybe {}", "i'm not sure if it's {}", "i don't think it's {}", "what if it's {}",
    "perhaps {}", "it might be {}", "is it {}", "i don't know if i have {}", "{} maybe",
)  # fmt: skip


def heard(text: str, question: str | None = None) -> Understanding:
    return interpreter().interpret(text, QUESTIONS[question] if question else None)


@given(st.text(max_size=200), ASKED)
@example("", None)
@example("\u2019" * 5000, QUESTIONS["severity"])
@example("no " * 1000, QUESTIONS["danger_signs"])
@example("౹ ½ Ⅷ ٣ 99999999999999999999999 1.5.7 -3", QUESTIONS["severity"])
@example("[unk] [UNK] <unk>", QUESTIONS["fever"])
def test_never_raises_on_any_text(text, asked):
    result = interpreter().interpret(text, asked)
    assert result == interpreter().interpret(text, asked)
    assert interpreter().is_danger(text) in (True, False)


WORDS = st.sampled_from([*sorted(lexicon().words()), "[unk]", ",", ".", "8", "3.5"])


@given(st.lists(WORDS, max_size=14).map(" ".join), ASKED)
@settings(max_examples=400)
def test_never_raises_on_any_words_of_its_own(text, asked):
    result = interpreter().interpret(text, asked)
    assert set(result.danger) <= {f for f, value in result.findings.items() if value is Reply.YES}
    if result.answer in (Answer.NUMBER, Answer.DAYS, Answer.CHOICE):
        assert result.value is not None
    else:
        assert result.value is None
    if result.answer is Answer.NO and asked is not None:
        assert not any(result.findings.get(f) is Reply.YES for f in asked.asks)


@given(
    st.sampled_from(STATED),
    st.sampled_from(DANGER),
    st.sampled_from([None, "danger_signs", "fever"]),
)
@settings(max_examples=600)
def test_a_stated_danger_sign_is_always_danger(frame, sign, asked):
    finding, phrase = sign
    result = heard(frame.format(phrase), asked)
    assert finding in result.danger
    assert result.findings[finding] is Reply.YES
    if asked and finding in QUESTIONS[asked].asks:
        assert result.answer is Answer.YES


@given(
    st.sampled_from(DENIED),
    st.sampled_from(NOUNS),
    st.sampled_from([None, "danger_signs", "injury"]),
)
@settings(max_examples=800)
def test_a_denied_danger_sign_is_never_danger(frame, sign, asked):
    finding, phrase = sign
    result = heard(frame.format(phrase), asked)
    assert finding not in result.danger
    assert result.findings.get(finding) is not Reply.YES
    assert result.answer is not Answer.YES
    assert not interpreter().is_danger(frame.format(phrase))


@given(st.sampled_from(DOUBTED), st.sampled_from(NOUNS), st.sampled_from([None, "danger_signs"]))
def test_a_doubted_danger_sign_is_asked_again(frame, sign, asked):
    finding, phrase = sign
    result = heard(frame.format(phrase), asked)
    assert result.danger == ()
    assert result.findings.get(finding) is not Reply.NO
    assert result.answer in (Answer.UNSURE, Answer.NONE)


@given(
    st.sampled_from(NOUNS),
    st.sampled_from(NOUNS),
    st.sampled_from(["but", "but i have", "and i have"]),
)
def test_denied_and_stated_signs_keep_exactly_the_stated_one(denied, stated, joint):
    if denied[0] == stated[0]:
        return
    result = heard(f"i don't have {denied[1]} {joint} {stated[1]}")
    yes = [finding for finding, value in result.findings.items() if value is Reply.YES]
    assert stated[0] in yes
    assert denied[0] not in yes


@given(st.sampled_from(DANGER), st.integers(min_value=3, max_value=40))
def test_an_old_event_is_past_and_no_danger(sign, years):
    finding, phrase = sign
    result = heard(f"{phrase} {years} years ago")
    assert finding not in result.danger
    assert finding not in result.findings


@pytest.mark.parametrize("question", [q for q in QUESTIONS if QUESTIONS[q].kind == "yes_no"])
def test_a_no_with_something_not_understood_is_no_whole_no(question):
    for text in ("no [unk]", "[unk] no", "no but [unk]", "no [unk] [unk] [unk]"):
        answer = heard(text, question).answer
        if question in ("danger_signs", "legs_bladder", "fever", "injury", "breath_pain"):
            assert answer in (Answer.UNSURE, Answer.NONE)
        assert answer is not Answer.YES


@pytest.mark.parametrize("word", ["now", "numb", "know", "note", "nor", "nose", "yesterday", "yet"])
def test_words_that_look_like_yes_or_no_are_neither(word):
    assert heard(word, "danger_signs").answer not in (Answer.YES, Answer.NO)


def test_more_words_never_turn_a_clear_yes_into_a_no():
    pick = random.Random(7)
    words = sorted(lexicon().words())
    for _ in range(1500):
        rest = " ".join(pick.choices(words, k=pick.randint(1, 6)))
        for text in (f"yes {rest}", f"{rest} yes"):
            if "wait" in text or "sorry" in text or "mean" in text or "actually" in text:
                continue
            assert heard(text, "danger_signs").answer is not Answer.NO, text


def test_a_partial_result_is_danger_only_while_nothing_speaks_against_it():
    danger = interpreter().is_danger
    assert danger("i can't breathe")
    assert danger("help me i have chest pain")
    assert danger("call an ambulance")
    assert not danger("no chest pain")
    assert not danger("i can't say that i have chest pain")
    assert not danger("not only chest pain")
    assert not danger("maybe chest pain")
    assert not danger("yes")


def test_without_a_date_a_weekday_is_a_week_ago():
    asked = QUESTIONS["duration_days"]
    assert interpreter(None).interpret("since tuesday", asked).value == 7


def test_the_text_is_normalised():
    assert heard("  It\u2019s 8/10,   DOCTOR! ").text == "it's eight out of ten doctor"
