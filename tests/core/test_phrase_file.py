"""The phrase file as shipped, and what is said about a broken one."""

from itertools import pairwise

import pytest
from ruamel.yaml import YAML

from tests.core.asking import LONE_LEVEL, QUESTIONS, asking, interpreter, lexicon
from voice_triage.core.phrase_file import parse_lexicon, two_meanings
from voice_triage.core.phrases import expand
from voice_triage.core.values import Command, FindingId, Level, Reply
from voice_triage.errors import DialogError
from voice_triage.library import data_folder

GRAMMAR_LIMIT = 600
"""Phrases a turn: Vosk makes a word bigram of them."""


@pytest.fixture
def data():
    return YAML(typ="safe", pure=True).load(data_folder("dialogs") / "phrases.en.yaml")


def codes(data):
    with pytest.raises(DialogError) as caught:
        parse_lexicon(data, "phrases.xx.yaml", lambda path: len(path))
    return {(p.code, p.where) for p in caught.value.problems}


def test_all_problems_are_reported_at_once(data):
    del data["numbers"]
    data["answers"]["mabye"] = "perhaps"
    data["findings"]["fever"]["yes"] = "(fever, chills"
    data["findings"]["rash"]["yse"] = "rash"
    data["commands"]["dance"] = "dance"
    data["spelling"] = ["cant"]
    assert codes(data) >= {
        ("P001", "numbers"),
        ("P002", "answers.mabye"),
        ("P004", "findings.fever.yes"),
        ("P002", "findings.rash.yse"),
        ("P002", "commands.dance"),
        ("P003", "spelling"),
    }


def test_a_bad_template_is_reported_with_its_line(data):
    data["findings"]["fever"]["yes"] = "fever\nburning (up\nchills"
    with pytest.raises(DialogError) as caught:
        parse_lexicon(data, "phrases.xx.yaml", lambda path: 40)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("phrases.xx.yaml", 42)
    assert "“)” is missing" in problem.message


@pytest.mark.parametrize("data", [{}, {"schema": 2}, {"schema": 1, "findings": {"fever": 3}}])
def test_a_hopeless_file_is_a_dialog_error(data):
    assert ("P001", "grammar") in codes(data)


def test_no_phrase_has_two_meanings():
    assert two_meanings(lexicon()) == ()


def test_a_phrase_with_two_meanings_is_reported(data):
    data["findings"]["rash"]["no_here"] = "my (rash|bump)"
    problems = two_meanings(parse_lexicon(data))
    assert {(p.code, p.where) for p in problems} == {("P005", "findings.rash")}
    assert "rash" in problems[0].message


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_turn_has_a_grammar_that_the_recogniser_can_take(name):
    words = lexicon()
    phrases = {
        *words.answer_phrases(QUESTIONS[name]),
        *words.command_phrases(),
        *words.danger_phrases(),
        *words.volunteer_phrases(),
        *words.fillers,
    }
    assert len(phrases) <= GRAMMAR_LIMIT
    assert all(phrase == " ".join(phrase.split()) and "~" not in phrase for phrase in phrases)


def test_the_most_important_words_are_listened_for():
    words = lexicon()
    danger = words.danger_phrases()
    for phrase in ("short of breath", "chest pain", "passed out", "heart attack", "stroke"):
        assert phrase in danger
    answers = words.answer_phrases(QUESTIONS["danger_signs"])
    for phrase in ("yes", "no", "none", "not at all", "i don't know", "not really"):
        assert phrase in answers


@pytest.mark.parametrize("finding", lexicon().findings)
def test_every_phrase_of_a_finding_means_the_same_in_its_question(finding):
    asked = asking(finding)
    for group in lexicon().findings[finding].groups:
        for template in group.phrases:
            for phrase in expand(template, cap=1500)[::37]:
                heard = interpreter().interpret(phrase, None if group.elsewhere else asked)
                if finding in heard.past:
                    continue
                assert heard.findings.get(finding) == group.says, phrase
                assert (finding in heard.danger) is (group.danger and group.says is Reply.YES), (
                    phrase
                )


@pytest.mark.parametrize("choice", lexicon().choices)
def test_every_phrase_of_an_option_names_it(choice):
    for option, words in lexicon().choices[choice].items():
        for template in (*words.yes, *words.here):
            for phrase in expand(template, cap=1500)[::11]:
                heard = interpreter().interpret(phrase, asking(choice))
                assert isinstance(heard.value, tuple), phrase
                assert option in heard.value, phrase


@pytest.mark.parametrize("command", list(Command))
def test_every_phrase_of_a_command_is_one_in_every_question(command):
    for template in lexicon().commands[command]:
        for phrase in expand(template, cap=300):
            for asked in (None, QUESTIONS["danger_signs"], QUESTIONS["location"]):
                assert interpreter().interpret(phrase, asked).command is command, phrase


@pytest.mark.parametrize("finding", lexicon().findings)
@pytest.mark.parametrize("value", [Reply.YES, Reply.NO])
def test_what_a_simulated_patient_says_is_understood(finding, value):
    said = lexicon().say(finding, value)
    for asked in (q for q in QUESTIONS.values() if finding in q.asks):
        heard = interpreter().interpret(said, asked)
        assert value in (heard.findings.get(finding), str(heard.answer)), (said, asked.id)


@pytest.mark.parametrize("halves", range(21))
def test_a_simulated_number_is_understood(halves):
    said = lexicon().say(FindingId("severity"), halves / 2)
    assert interpreter().interpret(said, QUESTIONS["severity"]).value == halves / 2


@pytest.mark.parametrize(
    "days", [0.5, 1, 1.5, 2, 3, 6, 7, 13, 14, 18, 30, 60, 118, 180, 365, 730, 3650]
)
def test_a_simulated_duration_is_understood(days):
    said = lexicon().say(FindingId("duration_days"), days)
    assert interpreter().interpret(said, QUESTIONS["duration_days"]).value == days


@pytest.mark.parametrize("choice", lexicon().choices)
def test_a_simulated_choice_is_understood(choice):
    options = [o for o in lexicon().choices[choice] if o != "none"]
    singles = [(o,) for o in lexicon().choices[choice]]
    for said in [*singles, *pairwise(options)]:
        heard = interpreter().interpret(lexicon().say(choice, said), asking(choice))
        assert heard.value == said


def test_danger_lists_belong_to_findings_that_lead_to_an_emergency():
    for finding, words in lexicon().findings.items():
        if any(group.danger for group in words.groups):
            assert LONE_LEVEL[finding] is Level.EMERGENCY
