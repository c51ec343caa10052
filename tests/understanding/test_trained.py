"""The shipped reader: trained on the replies as they are, and true to what must never go wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tools.training.material import fingerprint, replies, sources
from voice_triage.content.library import load_dialog, load_words
from voice_triage.places import data_folder
from voice_triage.understanding.interpreter import Interpreter
from voice_triage.understanding.weights import Weights
from voice_triage.values import Answer, Earlier, FindingId, FindingKind, Level, QuestionId, Reply

CORPUS = Path(__file__).parents[1] / "corpus" / "phrases"
DIALOG = load_dialog()
WEIGHTS = Weights.of(DIALOG)
LEGS = FindingId("leg_weakness")
READER = Interpreter(DIALOG, load_words("en"), WEIGHTS, date(2026, 11, 24))
SHARE_AS_WRITTEN = 0.98


def test_the_weights_belong_to_the_replies_and_the_trainer():
    made_of = sources(data_folder("dialogs") / "replies", data_folder("models") / "reader-en")
    assert WEIGHTS.material == fingerprint(made_of), "run scripts/train, and commit the weights"


def test_the_weights_are_small():
    assert (data_folder("models") / "reader-en" / "weights.txt").stat().st_size <= 2_000_000


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("danger_signs", "no dear none of that"),
        ("legs_bladder", "no pet legs are grand"),
        ("sudden_onset", "bit by bit over the week"),
    ],
)
def test_what_a_nurse_takes_for_a_plain_denial_is_one(question, reply):
    assert READER.interpret(reply, DIALOG.question_by_id[question]).answer is Answer.NO


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("I went down like a stone in the kitchen", "faint"),
        ("my legs are like cooked spaghetti", "leg_weakness"),
    ],
)
def test_danger_in_own_words_is_asked_back_by_name(words, sign):
    heard = READER.interpret(words)
    assert heard.danger == ()
    assert heard.asks == (sign,)


@pytest.mark.parametrize("words", ["my cat fainted", "I'm paralysed by choice"])
def test_what_only_looks_like_danger_is_none(words):
    heard = READER.interpret(words)
    assert heard.danger == heard.asks == ()


@given(st.text())
def test_no_text_is_an_error(text):
    for question in (None, *DIALOG.questions[:3]):
        READER.interpret(text, question)


@given(st.lists(st.sampled_from(["no", "not", "my", "chest", "legs", "fine", "[unk]", "never"])))
def test_where_a_word_was_lost_no_danger_sign_is_denied(words):
    text = " ".join([*words, "[unk]"])
    heard = READER.interpret(text, DIALOG.questions[0])
    assert Reply.NO not in heard.findings.values()


def test_two_readings_of_a_sound_ask_about_danger_that_one_has_and_deny_what_both_deny():
    question = DIALOG.questions[0]
    heard = READER.interpret("no none of those", question, ("no i can't breathe",))
    assert heard.answer is not Answer.NO
    assert READER.interpret("stop", None, ("my chest hurts",)).command is None


def _cases():
    for path in sorted(CORPUS.glob("*.yaml")):
        data = YAML(typ="safe", pure=True).load(path)
        for asked, cases in (data.get("questions") or {data["question"]: data["cases"]}).items():
            if asked is None or asked in DIALOG.question_by_id:
                yield from ((asked, case) for case in cases)


def _faults():
    for asked, case in _cases():
        question = DIALOG.question_by_id[asked] if asked else None
        heard = READER.interpret(case["say"], question)
        for finding, value in case.get("findings", {}).items():
            read = heard.findings.get(finding)
            if (value, read) in (("yes", Reply.NO), ("no", Reply.YES)):
                yield case["say"], finding, str(read)


def test_hardly_anything_in_the_corpus_is_read_as_its_opposite():
    faults, cases = list(_faults()), len(list(_cases()))
    assert cases >= 500
    assert len(faults) <= (1 - SHARE_AS_WRITTEN) * cases, faults


def test_a_doubtful_yes_to_a_danger_sign_that_was_heard_is_asked_back_by_name():
    """“No, they got me to the phone”, as a synthetic voice is heard; typed it is a yes."""
    question = DIALOG.question_by_id[QuestionId("legs_bladder")]
    for reply in ("no they got me to the fall", "my legs give way on the stairs"):
        typed, heard = (READER.interpret(reply, question, by_ear=ear) for ear in (False, True))
        if typed.findings.get(LEGS) is Reply.YES and heard.findings.get(LEGS) is not Reply.YES:
            assert heard.asks == (LEGS,)
            assert heard.answer is Answer.UNSURE
    plain = READER.interpret("yes my legs are weak", question, by_ear=True)
    assert plain.findings[LEGS] is Reply.YES
    assert plain.asks == ()


def test_what_is_asked_about_when_typed_is_asked_about_when_heard_too():
    """Beside a doubtful yes to the question another sign may be told: it must not be lost."""
    grave = {f for f, level in DIALOG.lone_level.items() if level >= Level.URGENT}
    told = 0
    for reply in replies(data_folder("dialogs") / "replies", heard=False):
        question = DIALOG.question_by_id.get(QuestionId(reply.question))
        if question is None or not grave.intersection(set(reply.labels) - set(question.asks)):
            continue
        typed, heard = (
            READER.interpret(reply.words, question, by_ear=ear) for ear in (False, True)
        )
        told += bool(typed.asks)
        assert set(typed.asks) <= set(heard.asks), reply
    assert told > 20


def test_doubt_said_twice_is_no_denial():
    doubted = [
        (reply, DIALOG.question_by_id[QuestionId(reply.question)], FindingId(finding))
        for reply in replies(data_folder("dialogs") / "replies", heard=False)
        if reply.question in DIALOG.question_by_id and not reply.ambiguous
        for finding, label in reply.labels.items()
        if label == "unsure" and finding in DIALOG.question_by_id[QuestionId(reply.question)].asks
    ]
    once, twice = 0, 0
    for reply, question, finding in doubted:
        first = READER.interpret(reply.words, question)
        again = READER.interpret(reply.words, question, earlier=Earlier((reply.words,)))
        once += first.findings.get(finding) is Reply.NO
        twice += again.findings.get(finding) is Reply.NO
    assert len(doubted) > 1000
    assert once < len(doubted) / 100
    assert twice - once < len(doubted) / 200


@pytest.mark.parametrize("words", ["sí, mucho", "oui", "je ne comprends pas", "sim tenho febre"])
def test_words_of_another_language_said_twice_deny_no_danger(words):
    for question in DIALOG.questions:
        level = DIALOG.question_level(question)
        if question.kind is FindingKind.YES_NO and level is not None and level >= Level.URGENT:
            again = READER.interpret(words, question, earlier=Earlier((words,)))
            assert Reply.NO not in again.findings.values(), question.id
