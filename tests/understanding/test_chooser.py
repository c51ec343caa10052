"""Which of the quantities in a reply is the answer, by the shipped reader."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.reading import heard
from tools.training.material import same
from voice_triage.content.dialog import Question
from voice_triage.content.library import load_dialog, load_words
from voice_triage.understanding.interpreter import Interpreter
from voice_triage.understanding.quantities.chooser import surroundings
from voice_triage.understanding.quantities.numbers import Candidate, Marked
from voice_triage.understanding.weights import Weights
from voice_triage.values import Answer, QuestionId

DIALOG = load_dialog()
SEVERITY, DURATION = (
    DIALOG.question_by_id[QuestionId(name)] for name in ("severity", "duration_days")
)
READER = Interpreter(DIALOG, load_words("en"), Weights.of(DIALOG), date(2026, 11, 24))
EXAMPLES = Path(__file__).parents[1] / "corpus" / "numbers.tsv"
POINTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
RIGHT, MADE_UP = 0.9, 0.1
"""Of the examples, at least and at most; figures on writers left out: scripts/evaluate replies."""


def examples(question: Question) -> list[tuple[str, str]]:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["reply"], row["answer"]) for row in rows if row["question"] == question.id]


def faults(question: Question) -> tuple[list[str], list[str], int, int]:
    """Replies not understood, numbers made up, and of how many."""
    wrong, made_up, numbers, others = [], [], 0, 0
    for reply, answer in examples(question):
        value = READER.interpret(reply, question).value
        if answer in ("unsure", "no number"):
            others += 1
            made_up += [reply] if value is not None else []
        else:
            numbers += 1
            right = isinstance(value, float) and same(value, float(answer), question.kind)
            wrong += [] if right else [reply]
    return wrong, made_up, numbers, others


def test_most_numbers_are_understood_and_hardly_any_is_made_up():
    for question in (SEVERITY, DURATION):
        wrong, made_up, numbers, others = faults(question)
        assert len(wrong) <= (1 - RIGHT) * numbers, wrong
        assert len(made_up) <= MADE_UP * others + 1, made_up


def test_plain_answers_are_never_missed():
    for points, words in enumerate(POINTS):
        for reply in (words, f"about a {words}", f"{words} out of ten"):
            assert READER.interpret(reply, SEVERITY).value == points, reply
    for reply, days in (("three days", 3), ("a week", 7), ("since Friday", 4), ("two months", 60)):
        assert READER.interpret(reply, DURATION).value == days, reply


_ANY = st.sampled_from(["six", "twelve", "out", "of", "ten", "percent", "no", "worst", "ever", ","])


@given(st.lists(_ANY, max_size=10).map(" ".join))
def test_how_bad_it_is_stays_from_zero_to_ten(said):
    value = READER.interpret(said, SEVERITY).value
    assert value is None or (isinstance(value, float) and 0 <= value <= 10)


def test_a_weekday_is_dated_from_the_day_of_the_session():
    assert READER.interpret("since Friday", DURATION).value == 4
    next_day = READER.on(date(2026, 11, 25))
    assert next_day.interpret("since Friday", DURATION).value == 5
    assert next_day.on(date(2026, 11, 25)) is next_day


_WORDS = st.sampled_from(heard("yes no pain a bit my back it hurts doctor since i so and [unk]"))


@given(st.lists(_WORDS, max_size=8).map(" ".join))
def test_where_no_quantity_is_said_no_length_of_time_is_made_up(said):
    found = READER.interpret(said, DURATION)
    assert found.value is None
    assert found.answer in (Answer.UNSURE, Answer.NONE)


def test_what_surrounds_a_candidate_tells_it_from_another_of_the_same_value():
    said = Marked(("N", "no", "N"), (6.0, 0.0, 6.0))
    candidates = [Candidate(0, 1, 6.0, "number"), Candidate(2, 3, 6.0, "number")]
    first, second = surroundings(said, candidates, {})
    assert set(first.names) != set(second.names)
