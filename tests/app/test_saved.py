"""A conversation goes on from its saved state as if nothing had happened."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from tests.conversation.test_conversation_properties import property_test, sessions
from tests.talk import DIALOG, Talk
from voice_triage.app.saved import restored, saved
from voice_triage.errors import UsageError

RULESET = DIALOG.ruleset


@property_test
@given(sessions)
def test_every_state_comes_back_as_it_was_and_goes_on_alike(events):
    talk = Talk()
    for event in events:
        if talk.finished:
            break
        again = restored(saved(talk.state, RULESET), RULESET)
        assert again == talk.state
        other = Talk()
        other.state = again
        assert other.do(event).effects == talk.do(event).effects
        assert other.state == talk.state


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data | {"version": 99},
        lambda data: data | {"ruleset": "sha256:other"},
        lambda data: data | {"state": None},
        lambda data: data | {"state": data["state"] | {"wording": "first"}},
        lambda data: data | {"state": data["state"] | {"no_such": 1}},
        lambda data: data | {"state": data["state"] | {"evidence": {"values": {"rash": "soon"}}}},
        lambda data: data["state"],
    ],
)
def test_a_state_that_does_not_belong_here_is_refused(change):
    text = saved(Talk().say("unsure").state, RULESET)
    with pytest.raises(UsageError, match="begin anew"):
        restored(json.dumps(change(json.loads(text))), RULESET)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", '{"version": 1}'])
def test_what_is_no_saved_state_is_refused(text):
    with pytest.raises(UsageError, match="begin anew"):
        restored(text, RULESET)
