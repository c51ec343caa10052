"""Turn by turn: no session is endless or too long, and the proof notices if one could be."""

from __future__ import annotations

import random

import pytest

from tests.contract import UPPER_BACK_PAIN
from tests.review.test_proof import NOTHING_OWED, cut_down
from tests.talk import DIALOG
from voice_triage.conversation.budget import MOST_PROMPTS, Budget
from voice_triage.conversation.doubt.asking_back import AskBack
from voice_triage.conversation.doubt.corrections import Corrections
from voice_triage.conversation.moves import Stage
from voice_triage.conversation.state import Doubt, Pending
from voice_triage.review.proof import prove
from voice_triage.review.proof.turns import Turns
from voice_triage.review.proof.undoing import Undoing
from voice_triage.review.proof.walk import Walk
from voice_triage.values import Level

SMALL = (
    "legs_bladder fever confusion rash severity",
    "sudden_onset breath_pain blood_or_leg blood_or_leg_which clot_risk_recent clot_risk_history",
    "weak_bones numb_or_weak numb_or_weak_which severity cause quality",
)


@pytest.fixture(scope="module")
def walked():
    """The whole dialog, turn by turn, and the claims that do not hold."""
    walk = Walk(DIALOG, UPPER_BACK_PAIN)
    found = Turns(walk)
    found.walk()
    return found, walk.failures


def turns(dialog, most_prompts=MOST_PROMPTS):
    walk = Walk(dialog, NOTHING_OWED)
    walked = Turns(walk, most_prompts)
    walked.walk()
    return walked, " | ".join(walk.failures)


def test_every_claim_holds_at_every_turn(walked):
    found, failures = walked
    assert failures == ()
    assert found.most_prompts == MOST_PROMPTS
    assert found.levels == set(Level)
    assert len(found.steps) > 10_000


def test_corrections_at_every_state_lower_only_what_is_confirmed():
    walk = Walk(DIALOG, UPPER_BACK_PAIN)
    walk.walk()
    assert Undoing(walk).check() > 20 * len(walk.nodes)
    assert walk.failures == ()


def test_proof_tells_of_turns_and_corrections():
    found = prove(cut_down("legs_bladder", "fever"), NOTHING_OWED, by_turns=True)
    assert found.turn_states > found.states
    assert 6 <= found.most_prompts <= MOST_PROMPTS
    assert found.corrections


def meets(found, state, key):
    """``state``, reached without merging, is what its merged state stands for; its ways on."""
    step = found.steps[key]
    assert (state.node, state.prompts) == (step.state.node, step.state.prompts)
    assert state.assessment.level is step.state.assessment.level
    ways = {option.name: option for option in found.options(state)}
    assert ways.keys() == step.next.keys()
    return ways


def first(found):
    key, step = next(iter(found.steps.items()))
    return step.state, key


@pytest.mark.parametrize("names", SMALL)
@pytest.mark.parametrize("most_prompts", [6, 9, MOST_PROMPTS])
def test_merged_turns_have_the_futures_of_unmerged_ones(names, most_prompts):
    found, _ = turns(cut_down(*names.split()), most_prompts)
    waiting = [first(found)]
    for _ in range(4000):
        if not waiting:
            break
        state, key = waiting.pop()
        for name, option in meets(found, state, key).items():
            waiting.append((found.turn(state, option), found.steps[key].next[name]))


def test_long_random_sessions_meet_the_merged_states_of_the_whole_dialog(walked):
    found, _ = walked
    lucky = random.Random(28)
    for _ in range(400):
        state, key = first(found)
        while ways := meets(found, state, key):
            calm = [n for n in ways if n in ("no", "unsure", "noise") or n[0].isdigit()]
            name = lucky.choice(calm * 6 + sorted(ways))
            state, key = found.turn(state, ways[name]), found.steps[key].next[name]


def test_budget_that_keeps_nothing_for_red_flags_is_not_proved(monkeypatch):
    monkeypatch.setattr(Budget, "_reds", lambda *_: 0)
    monkeypatch.setattr(Budget, "may_ask_again", lambda self, _, state: self.left(state) > 0)
    _, failures = turns(DIALOG, most_prompts=20)
    assert "is given up" in failures


def test_budget_that_is_overdrawn_is_not_proved(monkeypatch):
    monkeypatch.setattr(Budget, "may_ask_again", lambda *_: True)
    _, failures = turns(cut_down("legs_bladder", "fever", "rash"), most_prompts=4)
    assert "more than 4 prompts" in failures


def forgetful(monkeypatch):
    """Asks anew what was open before a sign was asked back, as if it had not been put."""

    def next_wording(self, question):
        return 0

    def word(self, question: object, wording: int, **changes: object) -> None:
        self.set(wording=wording, **changes)

    monkeypatch.setattr(Stage, "_next_wording", next_wording)
    monkeypatch.setattr(Stage, "_word", word)


def test_question_that_comes_back_for_ever_is_not_proved(monkeypatch):
    forgetful(monkeypatch)
    monkeypatch.setattr(Budget, "may_ask_back", lambda *_: True)
    put = Stage.put

    def uncounted(self, *, counted: bool = True) -> None:
        put(self, counted=False)

    monkeypatch.setattr(Stage, "put", uncounted)
    _, failures = turns(cut_down("fever", "rash"))
    assert "a path without end" in failures


def test_sign_that_is_let_go_is_not_proved(monkeypatch):
    def let_go(self, *, silent: bool = False) -> None:
        self._stage.proceed()

    monkeypatch.setattr(AskBack, "on_nothing", let_go)
    _, failures = turns(cut_down("fever", "rash"))
    assert "asked back and not denied is let go" in failures


def test_correction_that_needs_no_confirming_is_not_proved(monkeypatch):
    def at_once(self, weaker, question=None):
        asked = None if question is None else question.id
        self._apply(Pending(Doubt.CORRECTION, tuple(weaker), weaker, asked))

    monkeypatch.setattr(Corrections, "confirm", at_once)
    walk = Walk(cut_down("fever", "rash"), NOTHING_OWED)
    walk.walk()
    Undoing(walk).check()
    assert "falls without a confirmed correction" in " | ".join(walk.failures)
