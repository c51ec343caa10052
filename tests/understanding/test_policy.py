"""How sure is sure enough: an easy yes, a hard no, and doubt is asked again."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_triage.understanding import policy
from voice_triage.understanding.reader import CALL, NO_FINDING, Shares
from voice_triage.values import FindingId, Reply

FAINT, CHEST = FindingId("faint"), FindingId("chest_pain")
BOTH = frozenset({FAINT, CHEST})
shares = st.lists(st.floats(0, 1), min_size=4, max_size=4).map(
    lambda four: Shares(*(part / (sum(four) or 1) for part in four))
)


def settle(yes=0.0, no=0.0, unsure=0.0, nothing=0.0, *, stated=0.0, grave=True, gaps=False):
    return policy.settle(Shares(yes, no, unsure, nothing), stated, grave=grave, gaps=gaps)


def test_a_sure_yes_counts_at_once():
    assert settle(yes=0.95) is Reply.YES


def test_a_doubtful_yes_to_a_grave_sign_counts_where_the_words_state_it_too():
    assert settle(yes=0.6, stated=0.3) is Reply.YES
    assert settle(yes=0.6, stated=0.0, unsure=0.4) is Reply.UNSURE
    assert settle(yes=0.7, grave=False) is Reply.YES


def test_a_no_to_a_grave_sign_must_be_all_but_certain():
    assert settle(no=0.95) is Reply.NO
    assert settle(no=0.7, unsure=0.3) is Reply.UNSURE


def test_a_no_does_not_count_where_the_words_state_the_sign():
    assert settle(no=0.95, stated=0.9) is Reply.UNSURE


def test_however_sure_a_no_is_it_does_not_count_where_the_words_state_the_sign():
    sure = Shares(yes=0.0, no=0.998, unsure=0.0, nothing=0.002)
    for grave in (True, False):
        said = policy.settle(sure, 0.37, grave=grave, gaps=False, before=20.0)
        assert said is Reply.UNSURE


def test_a_no_does_not_count_where_a_word_was_lost():
    assert settle(no=0.99, gaps=True) is Reply.UNSURE
    assert settle(no=0.99, gaps=True, grave=False) is Reply.NO


def test_a_no_beyond_doubt_counts_though_it_names_the_sign():
    assert settle(no=0.9995, stated=0.4) is Reply.NO
    assert settle(no=0.99, stated=0.4) is Reply.UNSURE


def test_only_a_plain_no_answers_whether_that_is_so():
    assert policy.denies_plainly(Shares(0.0, 0.99, 0.0, 0.01), 0.0, gaps=False)
    assert not policy.denies_plainly(Shares(0.0, 0.99, 0.0, 0.01), 0.0, gaps=True)
    assert not policy.denies_plainly(Shares(0.0, 0.99, 0.0, 0.01), 0.4, gaps=False)
    assert not policy.denies_plainly(Shares(0.1, 0.9, 0.0, 0.0), 0.0, gaps=False)


def test_what_says_nothing_of_a_finding_is_no_reply_to_it():
    assert settle(nothing=0.8, no=0.2) is None


def test_two_replies_that_lean_to_a_no_are_one_that_is_sure():
    leaning = Shares(yes=0.0, no=0.7, unsure=0.0, nothing=0.3)
    alone = policy.certainty(leaning, 0.05)
    assert policy.settle(leaning, 0.05, grave=True, gaps=False) is Reply.UNSURE
    assert policy.settle(leaning, 0.05, grave=True, gaps=False, before=alone) is Reply.NO


@given(st.floats(0, 0.49), st.floats(0, 100))
def test_what_was_said_before_denies_nothing_that_this_reply_does_not_lean_to(no, before):
    found = Shares(yes=0.0, no=no, unsure=0.0, nothing=1 - no)
    alone = policy.settle(found, 0.0, grave=True, gaps=False)
    assert policy.settle(found, 0.0, grave=True, gaps=False, before=before) is alone


def test_what_was_stated_before_makes_an_oblique_no_doubtful_and_leaves_a_plain_one():
    came_off_the_roof = partial(policy.settle, grave=True, gaps=False, stated_before=0.12)
    oblique, plain = Shares(0.0, 0.95, 0.0, 0.05), Shares(0.0, 0.999, 0.001, 0.0)
    assert policy.settle(oblique, 0.02, grave=True, gaps=False) is Reply.NO
    assert came_off_the_roof(oblique, 0.02) is Reply.UNSURE
    assert came_off_the_roof(plain, 0.01) is Reply.NO


@given(shares, st.floats(0, 1), st.floats(0, 1))
def test_what_was_stated_before_never_makes_a_no(now, stated, before):
    alone = policy.settle(now, stated, grave=True, gaps=False)
    if alone is not Reply.NO:
        with_it = policy.settle(now, stated, grave=True, gaps=False, stated_before=before)
        assert with_it is alone


def test_a_yes_that_was_heard_must_be_surer_than_a_typed_one():
    doubtful = Shares(yes=0.9, no=0.1, unsure=0.0, nothing=0.0)
    assert policy.settle(doubtful, 0.0, grave=True, gaps=False) is Reply.YES
    assert not policy.sure_by_ear(doubtful, 0.1, gaps=False)
    assert policy.sure_by_ear(doubtful, 0.8, gaps=True)
    sure = Shares(0.99, 0.01, 0.0, 0.0)
    assert policy.sure_by_ear(sure, 0.0, gaps=False)
    assert not policy.sure_by_ear(sure, 0.0, gaps=True)


@given(shares, st.floats(0, 1), st.booleans())
def test_no_share_of_yes_is_ever_a_no_to_a_grave_sign(found, stated, gaps):
    if policy.settle(found, stated, grave=True, gaps=gaps) is Reply.NO:
        assert found.no > 0.8
        assert found.yes < policy.GRAVE.yes
        assert not gaps


def test_a_plain_phrase_acts_unless_the_reader_contradicts_it():
    assert policy.acts(FAINT, {FAINT: 0.9, NO_FINDING: 0.1})
    assert policy.acts(FAINT, {FAINT: 0.1, NO_FINDING: 0.01, CHEST: 0.89})
    assert not policy.acts(FAINT, {FAINT: 0.05, NO_FINDING: 0.95})


@pytest.mark.parametrize(("faint", "chest", "asked"), [
    (0.5, 0.1, FAINT), (0.1, 0.6, CHEST), (0.1, 0.05, None),
])  # fmt: skip
def test_the_likeliest_sign_is_asked_back_where_one_is_likely_enough(faint, chest, asked):
    mentioned = {NO_FINDING: 1 - faint - chest, FAINT: faint, CHEST: chest}
    assert policy.ask_back(mentioned, BOTH, answering=True) == asked


def test_more_is_asked_back_when_nothing_was_asked():
    mentioned = {NO_FINDING: 0.7, FAINT: 0.2, CHEST: 0.1}
    assert policy.ask_back(mentioned, BOTH, answering=False) == FAINT
    assert policy.ask_back(mentioned, BOTH, answering=True) is None


def test_only_what_is_beyond_doubt_counts_as_volunteered():
    mentioned = {NO_FINDING: 0.02, CALL: 0.0, "fever": 0.95, "rash": 0.03}
    assert policy.volunteered(mentioned) == ("fever",)
