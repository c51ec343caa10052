"""The template language, and finding its phrases in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_triage.content.matcher import PhraseGraph
from voice_triage.content.templates import (
    TemplateError,
    covering,
    expand,
    read_template,
    spoken_cover,
)


@pytest.mark.parametrize(
    ("template", "phrases"),
    [
        ("chest pain", ("chest pain",)),
        ("(yes|yeah)", ("yes", "yeah")),
        ("yes [please]", ("yes please", "yes")),
        (
            "[my] chest (hurts|aches)",
            ("my chest hurts", "my chest aches", "chest hurts", "chest aches"),
        ),
        ("(a|b [c])", ("a", "b c", "b")),
        ("[a [b]] c", ("a b c", "a c", "c")),
        ("  doubled   spaces ", ("doubled spaces",)),
        ("~fainting", ("fainting",)),
    ],
)
def test_a_template_stands_for_its_phrases(template, phrases):
    assert expand(template) == phrases


@pytest.mark.parametrize(
    ("template", "said", "position"),
    [
        ("(a|b", "“)” is missing", 0),
        ("x [a", "“]” is missing", 2),
        ("a) b", "“)” closes nothing", 1),
        ("a|b", "“|” belongs inside", 1),
        ("(a]", "“)” is missing", 0),
        ("", "at least one word", 0),
        ("[a]", "at least one word", 0),
        ("(|a)", "at least one word", 0),
        ("a ~ b", "“~” needs a word", 2),
    ],
)
def test_a_broken_template_says_where(template, said, position):
    with pytest.raises(TemplateError, match="character") as caught:
        read_template(template)
    assert said in str(caught.value)
    assert caught.value.position == position


@given(st.text(alphabet="ab ()[]|~", max_size=30))
def test_any_text_is_a_template_or_a_template_error(text):
    try:
        template = read_template(text)
    except TemplateError:
        return
    assert all(phrase == " ".join(phrase.split()) and phrase for phrase in expand(template))


def test_expansion_is_capped():
    assert len(expand(" ".join(["(a|b|c|d)"] * 10), cap=100)) <= 100


def test_written_only_words_stay_out_of_the_grammar():
    assert spoken_cover(read_template("(~fainting|passing out) [now]")) == (
        "passing out now",
        "passing out",
    )


def test_covering_phrases_show_every_pair_of_neighbours():
    assert covering(["a b", "b c", "a b", "a b c", "b"]) == ("a b", "b c")


@pytest.fixture
def graph():
    graph: PhraseGraph[str] = PhraseGraph(drop=["the", "my"], skip=["really"], tight=["no"])
    for text in ("pain in my chest", "pain", "no air", "[my] chest (hurts|aches)", "hurts"):
        graph.add(read_template(text), text)
    return graph


def found(graph, text):
    return [(m.start, m.end, m.values[0]) for m in graph.scan(text.split())]


def test_the_longest_phrase_wins(graph):
    assert found(graph, "pain in chest") == [(0, 3, "pain in my chest")]
    assert found(graph, "pain in leg") == [(0, 1, "pain")]


def test_words_that_never_matter_may_stand_or_be_missing(graph):
    assert found(graph, "pain in the chest") == [(0, 4, "pain in my chest")]
    assert found(graph, "my chest really hurts") == [(1, 4, "[my] chest (hurts|aches)")]


def test_nothing_may_stand_after_a_word_that_would_change_its_meaning(graph):
    assert found(graph, "no really air") == []


@pytest.mark.parametrize("text", ["pains", "chess hurts", "chest hurt", "no hair", "painful"])
def test_nothing_is_fuzzy(graph, text):
    assert all(end - start == 1 for start, end, _ in found(graph, text))
    assert "no air" not in [value for *_, value in found(graph, text)]


def test_a_whole_phrase_must_be_all(graph):
    assert graph.means(("my", "chest", "aches")) == ("[my] chest (hurts|aches)",)
    assert graph.means(("my", "chest", "aches", "today")) == ()
    assert graph.means(()) == ()
