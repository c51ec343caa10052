"""How hard a text is to take in: syllables, options, reading age."""

from __future__ import annotations

import pytest

from voice_triage.content.sentences import sentences
from voice_triage.review.lint.measure import reading_age, syllables, things_offered, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pain", 1), ("the", 1), ("breathe", 1), ("used", 1), ("treated", 2), ("little", 2),
        ("suddenly", 3), ("numbness", 2), ("operation", 4), ("clothes", 1), ("emergency", 4),
        ("people", 2), ("sides", 1), ("doctor", 2), ("999", 3),
    ],
)  # fmt: skip
def test_syllables(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Did the pain start suddenly?", 1),
        ("Is it numb or weak?", 2),
        ("Did you have a fall, a crash or a hard blow?", 3),
        ("In the last week, did you have a fall, a crash or a hard blow, even a mild one?", 3),
        ("Weak or numb legs, lost control of bladder or bowels, or numbness: is it new?", 3),
        ("Is it dull, sharp, stiff, or tight?", 4),
        ("New trouble breathing, fainting, and pain in your chest.", 3),
    ],
)
def test_options(text, count):
    assert things_offered(text) == count


def test_reading_age_rises_with_longer_words_and_sentences():
    plain = ["Does it hurt when you cough?"]
    hard = ["Does coughing provoke an exacerbation of the symptomatology previously described?"]
    assert reading_age(plain) < 9 < 14 < reading_age(hard)


def test_reading_age_of_a_known_passage():
    # 10 words, 2 sentences, 10 syllables: 0.39 * 5 + 11.8 * 1 - 15.59 = -1.84, plus 5 years
    assert reading_age(["The cat sat on it.", "The dog ran to me."]) == pytest.approx(3.16)


def test_nothing_to_read_has_no_age():
    assert reading_age([]) == 0.0


def test_sentences_and_words_leave_out_punctuation():
    assert sentences("Wait. Does it hurt?") == ("Wait.", "Does it hurt?")
    assert words("Don\u2019t stop, please.") == ("don't", "stop", "please")
