"""What the reader looks at: words, neighbours, and what a negator governs."""

from __future__ import annotations

from tests.understanding.reading import WORDS
from voice_triage.understanding.features import Features

FEATURES = Features(WORDS)


def names(text: str) -> set[str]:
    return set(FEATURES.of(text.split()).names)


def test_words_neighbours_and_beginnings_are_features():
    assert {"w|feverish", "s|feve", "b|< feverish", "b|feverish >"} <= names("feverish")
    assert "k|my hurts" in names("my chest hurts")
    assert "t|my chest hurts" in names("my chest hurts")


def test_a_negator_governs_the_words_after_it_up_to_a_contrast():
    assert {"n|fever", "n|or", "n|chills"} <= names("no fever or chills but i fainted")
    assert "n|fainted" not in names("no fever or chills but i fainted")
    assert "n|chest" not in names("my chest hurts")


def test_a_negator_does_not_govern_for_ever():
    assert "n|five" not in names("no one two three four five")


def test_boundaries_are_no_words_and_a_full_stop_ends_a_scope():
    assert FEATURES.of(["no", ",", "fever", "."]) == FEATURES.of(["no", "fever"])
    assert FEATURES.governed(["no", ".", "fever"]) == [False, False, False]
    assert FEATURES.governed(["no", ",", "fever"]) == [False, False, True]


def test_a_word_said_twice_is_one_feature():
    assert len(FEATURES.of(["no", "no"]).names) == len(set(FEATURES.of(["no", "no"]).names))


def test_places_fit_the_table_and_differ_by_finding():
    reply = FEATURES.of(["my", "chest"])
    assert all(0 <= place < 64 for place in reply.places_for("faint", 64))
    faint, fever = reply.places_for("faint", 2**16), reply.places_for("fever", 2**16)
    shared = len(reply.names)
    assert faint[:shared] == fever[:shared]
    assert set(faint[shared:]).isdisjoint(fever[shared:])
