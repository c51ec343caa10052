"""Phrase lists, decoys, wording and early danger words."""

from __future__ import annotations

import pytest

from voice_triage.errors import InternalError
from voice_triage.speech.danger import danger_in
from voice_triage.speech.decoys import DECOYS, FILLERS
from voice_triage.speech.grammar import build_grammar, normalise, unknown_words
from voice_triage.speech.words import Word, wording


def knows(*words):
    return set(words).__contains__


def build(groups, known, **options):
    return build_grammar(groups, known, unknown_token="[unk]", **options)


def test_phrases_are_spelled_like_the_model_spells_them():
    assert normalise("  I CAN\u2019T   Breathe\n") == "i can't breathe"


def test_a_phrase_with_an_unknown_word_is_left_out_whole_and_reported():
    grammar = build(
        [["chest pain", "Deep Vein thrombosis"]], knows("chest", "pain", "deep", "vein")
    )
    assert grammar.phrases == ("chest pain", "[unk]")
    assert grammar.dropped == ("deep vein thrombosis",)
    assert grammar.unknown_words == ("thrombosis",)


@pytest.mark.parametrize("groups", [[], [[]], [["", "  "]], [["zebra"]], [["[unk]"]]])
def test_a_grammar_without_any_known_phrase_is_refused(groups):
    with pytest.raises(InternalError, match="No phrase to listen for"):
        build(groups, knows("yes", "um"), asides=["um"], decoys=["yes"])


def test_phrases_said_twice_are_listed_once():
    assert build([["yes", "YES "], ["yes"]], knows("yes")).phrases == ("yes", "[unk]")


def test_decoys_weigh_less_than_phrases_and_never_replace_them():
    known = knows("yes", "no", "now", "um")
    grammar = build([["yes", "no"]], known, asides=["um"], decoys=["now", "no", "gnu"])
    assert grammar.decoys == {"now"}
    assert grammar.phrases.count("yes") > 4
    assert grammar.phrases.count("now") == grammar.phrases.count("um") == 1
    assert grammar.phrases[-1] == "[unk]"


def test_a_long_list_of_phrases_is_not_repeated_its_words_are_decoys_enough():
    phrases = [f"p{n}" for n in range(500)]
    grammar = build([phrases], lambda word: True, decoys=["now", "nine"])
    assert len(grammar.phrases) == 500 + 2 + 1


def test_a_model_without_an_unknown_token_gets_none():
    assert build_grammar([["yes"]], knows("yes"), unknown_token="").phrases == ("yes",)


def test_fillers_are_never_decoys():
    assert not set(FILLERS) & set(DECOYS)


def test_the_vocabulary_check_names_each_unknown_word_once():
    assert unknown_words(["a b", "B c"], knows("a")) == ("b", "c")


def word(text):
    return Word(text, 0.0, 0.1)


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("yes i do", "yes i do"),
        ("[unk] yes", "[unk] yes"),
        ("nine", "[unk]"),
        ("no nine [unk] now", "no [unk]"),
        ("[unk] no nine", "[unk] no [unk]"),
        ("", ""),
    ],
)
def test_what_was_not_understood_stays_visible_in_the_text(heard, text):
    assert wording([word(w) for w in heard.split()], {"nine", "now", "[unk]"}) == text


def test_other_models_unknown_tokens_read_the_same():
    assert wording([word("<unk>"), word("yes")], {"<unk>"}) == "[unk] yes"


is_danger = danger_in(["chest pain", "i can't breathe", "I fainted", ""])


@pytest.mark.parametrize(
    "text", ["chest pain", "um i have chest pain", "i can't breathe", "I Can\u2019t  breathe"]
)
def test_danger_words_are_noticed_in_unfinished_sentences(text):
    assert is_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "chest",
        "no chest pain",
        "i don't have chest pain",
        "chest pain no",
        "never chest pain",
        "i can't say i fainted",
        "chest and back pain",
    ],
)
def test_negated_or_incomplete_danger_words_wait_for_the_end_of_the_sentence(text):
    assert not is_danger(text)
