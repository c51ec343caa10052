"""Text becomes plain words, whatever it is written like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.reading import typed
from voice_triage.understanding.tokens import TEXT_LIMIT, UNKNOWN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No, I\u2019m FINE.", "no , i'm fine ."),
        ("can not", "can't"),
        ("8/10", "eight out of ten"),
        ("6-7 days", "six to seven days"),
        ("light-headed", "light headed"),
        ("the 3rd of May 2005", "the third of may twenty zero five"),
        ("7.5", "seven point five"),
        ("2 1/2 days", "two and a half days"),
        ("call 999", "call nine nine nine"),
        ("i [unk] <unk>", f"i {UNKNOWN} {UNKNOWN}"),
        ("salt & vinegar", "salt and vinegar"),
        ("", ""),
    ],
)
def test_text_as_people_type_it_becomes_words(text, words):
    assert typed(text) == tuple(words.split())


@given(st.text())
def test_no_text_is_an_error(text):
    assert all(token == token.lower() or token == UNKNOWN for token in typed(text))


def test_a_text_without_end_is_read_up_to_a_limit():
    assert len(typed("no " * TEXT_LIMIT)) <= TEXT_LIMIT
