"""Phrase lists, and how what was heard becomes text."""

from __future__ import annotations

import pytest

from voice_triage.errors import InternalError, UsageError
from voice_triage.hearing.grammar import build_grammar, check_start_phrases, normalise
from voice_triage.hearing.recognised import HeardWord, wording


def knows(*words):
    return set(words).__contains__


def test_phrases_are_spelled_like_the_model_spells_them():
    assert normalise("  I CAN\u2019T   Breathe\n") == "i can't breathe"
    assert build_grammar([" Can\u2019T  "], knows("can't"), "[unk]").phrases == ("can't", "[unk]")


def test_a_phrase_with_an_unknown_word_is_left_out_whole_and_the_word_reported():
    known = knows("not", "at", "all")
    grammar = build_grammar(["not at all", "Nowt at all", "och nowt"], known, "[unk]")
    assert grammar.phrases == ("not at all", "[unk]")
    assert grammar.unknown_words == ("nowt", "och")


@pytest.mark.parametrize("phrases", [[], ["", "  "], ["zebra"], ["[unk]"]])
def test_a_grammar_without_any_known_phrase_is_refused(phrases):
    with pytest.raises(InternalError, match="No phrase to listen for"):
        build_grammar(phrases, knows("yes", "[unk]"), "[unk]")


def test_phrases_said_twice_are_listed_once():
    assert build_grammar(["yes", "YES ", "yes"], knows("yes"), "[unk]").phrases == ("yes", "[unk]")


def test_a_model_without_an_unknown_token_gets_none():
    assert build_grammar(["yes"], knows("yes"), "").phrases == ("yes",)


def word(text):
    return HeardWord(text, 0.0, 0.1)


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("yes i do", "yes i do"),
        ("<unk> yes", "[unk] yes"),
        ("no <unk> <unk> now", "no [unk] now"),
        ("<unk> no <unk>", "[unk] no [unk]"),
        ("<unk> <unk>", "[unk]"),
        ("", ""),
    ],
)
def test_what_was_not_understood_stays_visible_in_the_text_once_per_stretch(heard, text):
    assert wording([word(w) for w in heard.split()], {"<unk>"}) == text


def test_start_phrases_of_known_words_are_good():
    check_start_phrases(["Help me", "doctor"], knows("help", "me", "doctor"))


@pytest.mark.parametrize("phrase", ["help mee", "xyzzy", "  ", ""])
def test_start_phrase_that_could_never_be_heard_is_named(phrase):
    with pytest.raises(UsageError, match="--wake") as error:
        check_start_phrases(["help me", phrase], knows("help", "me"))
    assert f"“{phrase}”" in str(error.value)
