"""Simulated patients: plain ones, and those who keep to their own words however often asked."""

from __future__ import annotations

import pytest

from tests.simulation.conftest import VIGNETTES
from voice_triage.app.screen.plain import NoScreen
from voice_triage.errors import PatientFileError
from voice_triage.simulation.patient import Answers
from voice_triage.simulation.patient_file import load_patients
from voice_triage.simulation.sessions import simulate
from voice_triage.values import FindingId, QuestionId

HEAD = "id: dot\nexpect: doctor\n"


@pytest.fixture
def patient(world, tmp_path):
    def make(text):
        path = tmp_path / "patient.yaml"
        path.write_text(HEAD + text, encoding="utf-8")
        (found,) = load_patients([path], world.language.dialog)
        return found

    return make


@pytest.fixture
def answers(world, patient):
    return lambda text: Answers(patient(text), world.language.dialog, world.language.words.plain)


def said(answers, question, *about, times=1):
    findings = tuple(map(FindingId, about)) or (FindingId(question),)
    return [answers.reply(QuestionId(question), findings) for _ in range(times)]


def test_a_text_is_the_first_answer_only(answers):
    dot = answers("says: {fever: I am all of a shiver}\nfindings: {fever: yes}\n")
    assert said(dot, "fever", times=3) == ["I am all of a shiver", "yes", "yes"]


def test_a_list_is_gone_through_and_its_last_words_are_repeated(answers):
    dot = answers("says: {fever: [pardon, not a bit]}\n")
    assert said(dot, "fever", times=3) == ["pardon", "not a bit", "not a bit"]


OWN = """
own_words: true
says: {fever: not me, legs_bladder: [legs are grand, and the rest]}
manner: {yes: [aye, that I do], no: [not I], unsure: [hard to say]}
findings: {rash: yes, weak_bones: unsure, chest_pain: yes, numb_tingling: yes}
"""


def test_in_own_words_nothing_is_ever_a_textbook_answer(answers):
    dot = answers(OWN)
    assert said(dot, "fever", times=3) == ["not me"] * 3
    assert said(dot, "rash", times=3) == ["aye", "that I do", "aye"]
    assert said(dot, "cancer_history", times=2) == ["not I", "not I"]
    assert said(dot, "weak_bones") == ["hard to say"]
    assert said(dot, "clarify", "chest_pain") == ["that I do"]
    assert said(dot, "confirm", "chest_pain") == ["not I"]


def test_part_of_a_question_gets_the_next_words_of_it(answers):
    dot = answers(OWN)
    assert said(dot, "legs_bladder", "leg_weakness", "bladder_bowel") == ["legs are grand"]
    assert said(dot, "legs_bladder", "bladder_bowel", times=2) == ["and the rest"] * 2


def test_part_of_a_question_is_answered_for_that_part(answers):
    dot = answers("findings: {numb_tingling: yes}\n")
    assert said(dot, "numb_or_weak_which", "weakness") == ["no"]
    assert said(dot, "numb_or_weak_which", "numb_tingling") == ["yes"]


def test_words_are_counted(answers):
    dot = answers(OWN)
    said(dot, "fever", times=2)
    assert dot.words == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("own_words: perhaps\n", "own_words"),
        ("manner: {maybe: [well]}\n", "V002.*'maybe' is unknown"),
        ("says: {fever: []}\n", "a text or a list of texts"),
        ("says: {fever: {a: b}}\n", "a text or a list of texts"),
    ],
)
def test_mistakes_are_reported_with_their_line(patient, text, message):
    with pytest.raises(PatientFileError, match=message):
        patient(text)


def test_every_mistake_of_a_file_is_reported_at_once(tmp_path, world):
    path = tmp_path / "patients.yaml"
    path.write_text(
        "- id: a\n  expect: soon\n  findings: {headake: yes, severity: 11}\n"
        "- id: a\n  expect: doctor\n  says: {nowhere: well}\n  interrupt: {words: 3}\n"
    )
    with pytest.raises(PatientFileError) as error:
        load_patients([path], world.language.dialog)
    found = {(problem.line, problem.code) for problem in error.value.problems}
    assert found == {
        (2, "V005"), (3, "V006"), (3, "V003"), (4, "V004"), (6, "V006"), (7, "V001"), (7, "V003"),
    }  # fmt: skip


def test_prompts_and_time_aloud_are_counted(world):
    well = load_patients([VIGNETTES / "first_slice.yaml"], world.language.dialog)[-1]
    result = simulate(world, well, NoScreen())
    assert result.prompts == sum(e["event"] == "ask" for e in result.events)
    assert result.prompts >= result.questions
    assert 60 < result.aloud < 400
