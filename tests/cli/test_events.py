"""With --json there is one event a line on standard output, in the form of the contract."""

from __future__ import annotations

import io

import pytest

from voice_triage.cli import main
from voice_triage.speaking.silent import SilentVoice

TYPED = ("run", "--input", "keyboard", "--output", "silent", "--region", "US")
KEYS = {
    "ask": {"event", "question", "text", "findings"},
    "heard": {"event", "text", "seconds", "source"},
    "answer": {"event", "question", "findings"},
    "level": {"event", "level", "rule", "reason"},
    "outcome": {"event", "level", "findings", "rules", "ruleset", "say"},
    "stopped": {"event", "level"},
}


def of(events, kind):
    return [e for e in events if e["event"] == kind]


def test_every_event_has_the_keys_of_the_contract(events):
    got = events(*TYPED, lines="no none of those\nI have chest pain\nokay\n")
    assert [e["event"] for e in got] == [
        "ask",
        "heard",
        "answer",
        "ask",
        "heard",
        "answer",
        "level",
        "outcome",
        "heard",
    ]
    for event in got:
        assert set(event) == KEYS[event["event"]]
    assert got[0]["question"] == "danger_signs"
    assert got[0]["findings"] == ["breathless", "faint", "chest_pain"]
    assert got[1]["source"] == "keyboard"
    assert got[5]["findings"] == {"chest_pain": "yes"}
    assert got[6]["level"] == "emergency"
    assert got[6]["rule"] == "chest_pain"


def test_an_outcome_carries_findings_rules_and_what_was_said(events):
    (outcome,) = of(events(*TYPED, lines="my chest hurts\nokay\n"), "outcome")
    assert outcome["level"] == "emergency"
    assert outcome["findings"]["chest_pain"] == "yes"
    assert outcome["rules"] == ["chest_pain"]
    assert outcome["ruleset"].startswith("sha256:")
    assert outcome["say"][0] == "This could be an emergency. Call 911 now."


def test_stopping_early_tells_the_level_known_so_far_and_no_outcome(events):
    got = events(*TYPED, lines="no\nno\nno\nyes\nno\nstop\n")
    assert of(got, "outcome") == []
    assert of(got, "stopped") == [{"event": "stopped", "level": "urgent"}]


def test_the_end_of_typed_input_counts_as_silence_and_ends_in_an_emergency(events):
    got = events(*TYPED, lines="no\n")
    assert of(got, "outcome")[-1]["level"] == "emergency"
    assert of(got, "outcome")[-1]["rules"] == ["silent:legs_bladder"]


def test_a_confirmed_correction_is_marked_and_logged(events):
    lines = "my chest hurts\nthat is wrong\nno\nyes\nstop\n"
    got = events(*TYPED, lines=lines)
    (corrected,) = [e for e in got if e.get("corrected")]
    assert corrected["findings"] == {"chest_pain": "no"}
    assert of(got, "level")[-1]["level"] == "self_care"


def test_simulated_patients_sign_their_events(events, tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text(
        "- {id: one, expect: emergency, findings: {faint: yes}}\n- {id: two, expect: self_care}\n"
    )
    got = events("simulate", path)
    assert {e["patient"] for e in got} == {"one", "two"}
    outcomes = {e["patient"]: e["level"] for e in of(got, "outcome")}
    assert outcomes == {"one": "emergency", "two": "self_care"}
    assert {e["source"] for e in of(got, "heard")} == {"simulated"}


@pytest.mark.parametrize(
    ("question", "line", "answer", "findings", "danger"),
    [
        ("faint", "yes", "yes", {"faint": "yes"}, []),
        ("severity", "eight, maybe nine", "number", {"severity": 9}, []),
        ("duration_days", "a couple of days", "days", {"duration_days": 2}, []),
        ("cause", "carrying a heavy bag", "choice", {"cause": "heavy bag"}, []),
        ("fever", "I don't know", "unsure", {"fever": "unsure"}, []),
        ("numb_or_weak", "my arm is weak", "yes", {"weakness": "yes"}, []),
    ],
)
def test_interpret_prints_what_a_line_means(events, question, line, answer, findings, danger):
    (got,) = events("interpret", "--question", question, lines=line + "\n")
    assert got["text"] == line
    assert got["answer"] == answer
    assert got["danger"] == danger
    assert got["findings"] == findings


def test_interpret_needs_no_question_to_hear_danger(events):
    (got,) = events("interpret", lines="no chest pain but I nearly passed out\n")
    assert got["danger"] == ["faint"]
    assert got["findings"] == {"faint": "yes"}


def test_interpret_says_what_would_be_asked_back_and_why(events):
    line = "my legs are like cooked spaghetti\n"
    (got,) = events("interpret", "--why", lines=line)
    assert got["danger"] == []
    assert got["asks"] == ["leg_weakness"]
    assert any(why["finding"] == "mentioned: leg_weakness" for why in got["why"])


def test_evaluate_prints_the_safety_figures(events, tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text("{id: one, expect: emergency, findings: {leg_weakness: yes}}\n")
    (figures,) = events("evaluate", path)
    assert figures["emergency_sensitivity"] == 1.0
    assert figures["under_triage_by_one"] == 0
    assert figures["patients"] == 1


def test_the_chosen_rate_is_where_slower_begins(monkeypatch):
    # Through the real composition: only the voice is watched.
    rates = []
    monkeypatch.setattr(SilentVoice, "set_rate", lambda self, rate: rates.append(rate))
    monkeypatch.setattr("sys.stdin", io.StringIO("slower\nstop\n"))
    assert main([*TYPED, "--rate", "220"]) == 0
    assert rates == [195]
