"""All answer paths of the shipped dialog are proved safe, and the proof notices a broken dialog."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from tests.content.broken import Broken
from tests.contract import UPPER_BACK_PAIN
from tests.talk import DIALOG
from voice_triage.content.conditions import Present
from voice_triage.errors import DialogError
from voice_triage.review.proof import Tally, prove
from voice_triage.review.proof.contract import Contract, parse_contract
from voice_triage.review.proof.walk import Walk
from voice_triage.values import FindingId, Level

SAMPLED = [FindingId(f) for f in ("breath_pain", "weakness", "leg_swelling", "severity", "cause")]
"""Findings volunteered at any moment; scripts/prove takes them all."""


@pytest.fixture(scope="module")
def proof():
    return prove(DIALOG, UPPER_BACK_PAIN)


def failures(dialog, volunteered=()):
    return " | ".join(prove(dialog, UPPER_BACK_PAIN, volunteered=volunteered).failures)


# The shipped dialog


def test_every_claim_holds_on_every_path(proof):
    assert proof.failures == ()


def test_every_claim_holds_when_a_finding_is_volunteered_at_any_moment():
    proof = prove(DIALOG, UPPER_BACK_PAIN, volunteered=SAMPLED)
    assert proof.failures == ()
    assert proof.remark_states > proof.states


def test_every_level_is_reached(proof):
    assert all(proof.by_level[level].total for level in Level)


def test_nobody_answers_more_than_27_questions_and_the_well_at_most_21(proof):
    assert proof.all.most == 27
    assert proof.most_if_well == 21
    assert proof.by_level[Level.EMERGENCY].fewest == 1
    assert proof.by_level[Level.SELF_CARE].fewest == 21


def test_paths_are_counted_exactly(proof):
    assert proof.all.total == sum(tally.total for tally in proof.by_level.values())
    assert proof.all.total > 10**8


def test_tally_of_paths():
    tally = Tally({3: 1, 5: 10**30, 9: 2})
    assert (tally.fewest, tally.median, tally.most) == (3, 5, 9)
    assert tally.total == 10**30 + 3
    assert Tally({}).total == Tally({}).median == Tally({}).most == 0


# Merging states is sound


def cut_down(*names):
    """The shipped dialog with only the questions ``names``."""
    return replace(DIALOG, questions=tuple(q for q in DIALOG.questions if q.id in names))


SMALL = {
    "cord": "legs_bladder injury injury_serious fever confusion numb_or_weak numb_or_weak_which",
    "clot": "sudden_onset breath_pain blood_or_leg blood_or_leg_which"
    " clot_risk_recent clot_risk_history",
    "artery": "sudden_onset tearing_pain aorta_risk weak_bones numb_or_weak numb_or_weak_which"
    " severity",
    "home": "danger_signs weak_bones duration_days worsening severity daily_life not_responding",
    "mixed": "danger_signs sudden_onset tearing_pain breath_pain clot_risk_recent"
    " clot_risk_history rash severity",
}
NOTHING_OWED = replace(
    UPPER_BACK_PAIN,
    always=frozenset(),
    follow_ups={},
    halves={},
    most_questions=0,
    most_questions_if_well=0,
)


def brute_force(walk):
    """Every path by itself, nothing merged: how many, by level and number of questions."""
    paths: Counter[tuple[Level, int]] = Counter()
    waiting = [(walk.start(), 0)]
    while waiting:
        state, questions = waiting.pop()
        question = walk.asked(state)
        if question is None:
            paths[state.assessment.level, questions] += 1
            continue
        for option in walk.options(question, state):
            waiting.append((walk.answer(state, option), questions + 1))
    return paths


@pytest.mark.parametrize("names", SMALL.values(), ids=SMALL)
def test_merged_walk_counts_what_brute_force_counts(names):
    dialog = cut_down(*names.split())
    walk = Walk(dialog, NOTHING_OWED)
    first = walk.walk()
    assert walk.tally(first)[first] == brute_force(Walk(dialog, NOTHING_OWED))
    assert walk.failures == ()


def test_merged_states_of_the_whole_dialog_have_one_future():
    """Long random paths, never merged, meet in each state the same question, level and next key."""
    walk = Walk(DIALOG, UPPER_BACK_PAIN)
    first = walk.walk()
    lucky = random.Random(20)
    for _ in range(250):
        state, key = walk.start(), first
        while (question := walk.asked(state)) is not None:
            node = walk.nodes[key]
            assert node.question is question
            known = {option.name: option for option in walk.options(question, state)}
            assert known.keys() == node.next.keys()
            calm = [name for name in known if name in ("no", "unsure") or name[0].isdigit()]
            option = known[lucky.choice(calm * 8 + sorted(known))]
            state, key = walk.answer(state, option), node.next[option.name]
            assert state.assessment.level is walk.nodes[key].state.assessment.level
        assert walk.nodes[key].question is None
    assert walk.failures == ()


# The proof can fail


BREATH = '    ask: "Take one slow, deep breath'
CLOT = "[breathless, faint, cough_blood, leg_swelling, clot_risk]"
WEEK = "derived: {finding: duration_days, at_least: 7}"
STROKE = "when: {all: [sudden_onset, weakness]}, level: "

MUTATIONS = {
    "red flag made conditional": (
        (BREATH, "    when: fever\n" + BREATH),
        "without asking about breath_pain",
    ),
    "lone rule weakened": (
        ("when: fever, level: urgent", "when: fever, level: doctor"),
        "doctor where the contract demands urgent",
    ),
    "combination weakened": (
        (STROKE + "emergency", STROKE + "urgent"),
        "urgent where the contract demands emergency",
    ),
    "alternative left out of a combination": (
        (CLOT, CLOT.replace(", clot_risk", "")),
        "urgent where the contract demands emergency",
    ),
    "threshold of a derived finding moved": (
        (WEEK, WEEK.replace("7", "14")),
        "self_care where the contract demands doctor",
    ),
    "rule too eager": (
        ("when: worsening, level: doctor", "when: worsening, level: urgent"),
        "urgent where the contract demands",
    ),
    "tearing not asked of everyone": (("    no_also: [tearing_pain]\n", ""), "more than 21"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_broken_dialog_is_not_proved(name, tmp_path):
    (old, new), claim = MUTATIONS[name]
    assert claim in failures(Broken(tmp_path).replace(old, new).dialog())


ONLY_VOLUNTEERED = ("stroke_signs", "aorta_risk")
"""Never asked, or asked only beside something that makes more of it: alone only if volunteered."""


def without(question):
    return replace(DIALOG, questions=tuple(q for q in DIALOG.questions if q.id != question))


@pytest.mark.parametrize(
    "question",
    [
        q.id
        for q in DIALOG.questions
        if q.id not in ("tearing_pain", "numb_or_weak", "blood_or_leg")
    ],
)
def test_dialog_without_any_one_of_its_questions_is_not_proved(question):
    assert failures(without(question))


@pytest.mark.parametrize("rule", [r.id for r in DIALOG.rules])
def test_dialog_without_any_one_of_its_rules_is_not_proved(rule):
    broken = replace(DIALOG, rules=tuple(r for r in DIALOG.rules if r.id != rule))
    assert "demands" in failures(broken, [FindingId(rule)] if rule in ONLY_VOLUNTEERED else ())


def test_follow_up_that_comes_only_after_a_clear_yes_of_something_else_is_not_proved():
    changed = tuple(
        replace(q, when=Present(FindingId("rash"))) if q.id == "confusion" else q
        for q in DIALOG.questions
    )
    assert "without asking about confusion" in failures(replace(DIALOG, questions=changed))


def test_contract_of_another_dialog_can_be_empty():
    assert Contract(lone={}).level(Walk(DIALOG, UPPER_BACK_PAIN).start().evidence) is (
        Level.SELF_CARE
    )


def test_a_contract_with_a_limit_left_out_says_so():
    data = {"lone": {}, "follow_ups": {}, "halves": {}, "always": [], "most_questions": 3}
    with pytest.raises(DialogError, match="'most_questions_if_well' is missing"):
        parse_contract(data, "contract.yaml", DIALOG)
