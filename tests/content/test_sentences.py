"""Where a spoken text has its sentences."""

from __future__ import annotations

from voice_triage.content.sentences import sentences


def test_sentences_are_split_where_they_end():
    text = " One two. Three? Four!  Five 3.5 "
    assert sentences(text) == ("One two.", "Three?", "Four!", "Five 3.5")
    assert sentences("  ") == ()
