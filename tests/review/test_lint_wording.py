"""The checker finds texts that are hard to take in by ear, claim too much, or leave things out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.broken import Broken, found


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    return Broken(tmp_path)


RASH = "Is there a painful rash in a stripe on one side of your body?"
RASH_FIRST = (
    "Please look at your skin. Can you see sore spots or blisters in a band, round one side of you?"
)
RASH_AGAIN = "Yes or no will do. Is there a sore red stripe on your skin somewhere?"
RASH_HELP = "A painful band of spots is treated best within three days, the health service says."


def test_sentence_of_more_than_twenty_words_is_reported(broken):
    broken.replace(RASH, RASH[:-1] + " that you have seen there in the last few days?")
    assert found(broken.problems()) == {("D141", broken.line("seen there in the last"))}


def test_sentence_is_measured_with_its_holes_filled(broken):
    broken.replace(
        "sign: chest pain, said", "sign: pain or pressure or tightness anywhere in your chest, said"
    )
    problems = found(broken.problems())
    assert ("D141", broken.line("  because_one_of:")) in problems


def test_more_than_three_options_are_reported(broken):
    broken.replace(RASH, "Is there a rash, an itch, a burn, or a blister on one side of your body?")
    assert found(broken.problems()) == {("D142", broken.line("an itch, a burn"))}


def test_words_for_experts_are_reported(broken):
    broken.replace(RASH, "Is there a unilateral dermatomal vesicular eruption of your integument?")
    broken.replace(
        RASH_HELP, "Antiviral pharmacotherapy is time critical, the health service says."
    )
    assert found(broken.problems()) == {("D143", broken.line("  rash:\n    asks"))}


@pytest.mark.parametrize(
    "claim",
    ["You have shingles.", "This is a slipped disc.", "A clot in the lung causes this."],
)
def test_diagnosis_is_reported(broken, claim):
    broken.replace("Do not drive yourself.", claim)
    assert found(broken.problems()) == {("D144", broken.line(claim))}


def test_diagnosis_in_a_reason_is_reported(broken):
    broken.replace("A drooping face or slurred speech can be a stroke.", "This is a stroke.")
    assert found(broken.problems()) == {("D144", broken.line("- {id: stroke_signs"))}


@pytest.mark.parametrize("comfort", ["This is harmless.", "You are fine.", "Do not worry."])
def test_all_clear_is_reported(broken, comfort):
    broken.replace("Most bouts get better on their own or with simple care at home.", comfort)
    assert found(broken.problems()) == {("D145", broken.line(comfort))}


def test_reprompt_equal_to_the_question_is_reported(broken):
    broken.replace(RASH_FIRST, RASH.replace("Is there", "IS THERE").replace(",", ""))
    assert ("D146", broken.line("IS THERE")) in found(broken.problems())


def test_reprompts_that_differ_by_a_word_are_reported(broken):
    broken.replace(
        RASH_FIRST, "Yes or no, please. Is there a sore red stripe on your skin somewhere?"
    )
    line = broken.line(RASH_AGAIN)
    assert ("D146", line) in found(broken.problems())


def test_second_reprompt_with_a_longer_sentence_is_reported(broken):
    new = "Yes or no will do. Is there a sore red stripe on your skin you see in one place of it?"
    broken.replace(RASH_AGAIN, new)
    assert found(broken.problems()) == {("D147", broken.line(new))}


def test_second_reprompt_with_harder_words_is_reported(broken):
    new = "Please say yes or no. Dermatological abnormality?"
    broken.replace(RASH_AGAIN, new)
    assert ("D147", broken.line(new)) in found(broken.problems())


def test_help_that_names_nobody_is_reported(broken):
    broken.replace(RASH_HELP, "A painful band of spots is treated best within three days.")
    assert found(broken.problems()) == {("D148", broken.line("best within three days.\n"))}


def test_two_questions_in_one_prompt_are_reported(broken):
    broken.replace(RASH, "Is there a rash? Is it in a band, on one side of your body?")
    assert found(broken.problems()) == {("D149", broken.line("Is there a rash?"))}


@pytest.mark.parametrize("text", ["Rest (not in bed).", "Rest e.g. at home.", "REST now."])
def test_text_that_a_voice_cannot_say_is_reported(broken, text):
    broken.replace("Rest until then, and do not lift anything heavy.", text)
    assert found(broken.problems()) == {("D150", broken.line(text))}


def test_text_without_an_end_mark_is_reported(broken):
    broken.replace("went_back: Let us go back.", "went_back: Let us go back")
    assert found(broken.problems()) == {("D150", broken.line("went_back:"))}


def test_clause_that_is_a_sentence_is_reported(broken):
    broken.replace("clause: you have a painful rash,", "clause: You have a painful rash.,")
    assert found(broken.problems()) == {("D151", broken.line("  rash: {kind"))}


def test_question_in_the_negative_is_reported(broken):
    broken.replace(RASH, "Is your skin without sores, and not burning, on one side of your body?")
    assert found(broken.problems()) == {("D152", broken.line("and not burning"))}


# Outcomes, texts, regions


def test_outcome_without_a_safety_net_is_reported(broken):
    broken.cut("    watch:\n      - Be seen today", "  self_care:\n    head")
    assert found(broken.problems()) == {("D131", broken.line("  doctor:\n    head"))}


def test_emergency_without_the_number_is_reported(broken):
    broken.replace("This could be an emergency. Call {emergency_number} now.", "Call for help now.")
    assert found(broken.problems()) == {("D132", broken.line("Call for help now."))}


def test_opening_without_the_number_is_reported(broken):
    broken.replace("If this is an emergency, call {emergency_number} now.\"\n  opening_tool",
                   "If this is an emergency, call for help now.\"\n  opening_tool")  # fmt: skip
    assert found(broken.problems()) == {("D132", broken.line("  opening_emergency:"))}


def test_cause_without_advice_is_reported(broken):
    broken.replace("sport, none]", "sport, sleeping, none]")
    assert found(broken.problems()) == {("D133", broken.line("\nadvice:") + 2)}


def test_region_with_words_for_a_number_is_reported(broken):
    broken.replace('UK: {emergency_number: "999"', 'UK: {emergency_number: "nine nine nine"')
    assert found(broken.problems()) >= {("D134", broken.line("nine nine nine"))}


def test_reason_text_without_the_reason_is_reported(broken):
    broken.replace('because: "The reason is that {reason}."', "because: There is a reason.")
    assert found(broken.problems()) == {("D135", broken.line("  because: "))}


def test_home_care_in_an_emergency_is_reported(broken):
    broken.replace("Unlock the door.", "Take a painkiller and unlock the door.")
    assert found(broken.problems()) == {("D136", broken.line("Take a painkiller"))}
