"""No sentence is longer than twenty words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.talk import DIALOG, NO, UNSURE, YES, known
from voice_triage.conversation.wording import Wording
from voice_triage.triage.evidence import OpenSign
from voice_triage.triage.levels import assess
from voice_triage.values import FindingKind, QuestionId

MOST_WORDS = 20


SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def sentences(texts):
    return [s for text in texts for s in SENTENCE_END.split(text)]


VALUES = {
    FindingKind.YES_NO: st.sampled_from([YES, NO, UNSURE]),
    FindingKind.SEVERITY: st.sampled_from([3.0, 7.0, UNSURE]),
    FindingKind.DAYS: st.sampled_from([0.5, 7.0, UNSURE]),
}


@st.composite
def evidences(draw):
    told = {}
    for finding in draw(st.lists(st.sampled_from(list(DIALOG.findings.values())), max_size=5)):
        options = st.sampled_from(finding.options or ("",)).map(lambda choice: (choice,))
        told[finding.id] = draw(VALUES.get(finding.kind, options))
    opened = tuple(OpenSign(QuestionId(f), (f,)) for f, v in told.items() if v is UNSURE)
    group = draw(st.sampled_from(DIALOG.questions))
    sign = OpenSign(group.id, group.asks)
    how = draw(st.sampled_from(["", "silent", "one_of", "open_signs"]))
    evidence = replace(known(told), open_signs=opened)
    changes: dict[str, Any] = {how: (sign,)} if how else {}
    return replace(evidence, **changes)


@settings(derandomize=True, max_examples=500, deadline=None)
@given(evidences(), st.sampled_from(sorted(DIALOG.regions)))
def test_no_sentence_of_an_outcome_is_longer_than_twenty_words(evidence, region):
    found = assess(DIALOG, evidence)
    wording = Wording(DIALOG, DIALOG.regions[region])
    for sentence in sentences(wording.outcome(found.level, found, evidence)):
        assert len(sentence.split()) <= MOST_WORDS, sentence
        assert "{" not in sentence


def test_no_other_sentence_is_longer_than_twenty_words():
    wording = Wording(DIALOG, DIALOG.regions["en-US"])
    asked = [t for q in DIALOG.questions for t in (q.ask, *q.again, q.help)]
    for sentence in sentences(map(wording.fill, asked)):
        assert len(sentence.split()) <= MOST_WORDS, sentence
