"""The checker finds questions that are unreachable, misplaced or missing, and rules without use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.broken import SHIPPED, Broken, found
from voice_triage.content.library import load_dialog
from voice_triage.review.lint import lint_dialog


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    return Broken(tmp_path)


def test_shipped_dialog_has_no_problems():
    assert lint_dialog(load_dialog(SHIPPED)) == ()


# Questions


def test_follow_up_on_its_own_finding_is_never_reached(broken):
    broken.replace("when: injury\n", "when: injury_serious\n", after="  injury_serious:\n")
    line = broken.line("when: injury_serious", after="    asks: [injury_serious]")
    assert found(broken.problems()) == {("D101", line)}


def test_follow_up_on_a_finding_that_nothing_asks_is_never_reached(broken):
    broken.replace("when: fever", "when: night_sweat", after="  confusion:\n    asks")
    new = "  night_sweat: {kind: yes_no, asked: always, clause: you sweat, sign: night sweat}\n"
    broken.replace("  fever: {kind", new + "  fever: {kind")
    asked = broken.line("night_sweat: {kind")
    assert found(broken.problems()) == {("D101", broken.line("when: night_sweat")), ("D105", asked)}


def test_follow_up_after_an_emergency_is_never_reached(broken):
    broken.replace("    when: fever\n", "    when: {all: [breath_pain, leg_swelling, clot_risk]}\n")
    assert found(broken.problems()) == {
        ("D102", broken.line("when: {all: [breath_pain, leg_swelling"))
    }


def test_question_settled_by_an_earlier_one_is_reported(broken):
    broken.replace("asks: [rash]", "asks: [urine_symptoms]")
    problems = found(broken.problems())
    assert ("D113", broken.line("  rash:\n")) in problems


def test_which_question_before_its_group_is_reported(broken):
    broken.replace("    parts: *numb_or_weak_parts\n", "")
    broken.move("  numb_or_weak_which:\n", "  urine_symptoms:\n", to="  numb_or_weak:\n")
    line = broken.line("which_of: numb_or_weak")
    assert found(broken.problems()) == {("D103", line), ("D114", line)}


def test_which_question_about_other_findings_is_reported(broken):
    broken.replace("[numb_tingling, weakness]\n    which_of", "[numb_tingling, rash]\n    which_of")
    broken.replace("    parts: *numb_or_weak_parts\n", "")
    problems = found(broken.problems())
    assert ("D103", broken.line("which_of: numb_or_weak")) in problems


def test_which_question_of_a_single_finding_is_reported(broken):
    broken.replace("which_of: numb_or_weak", "which_of: rash")
    assert ("D103", broken.line("which_of: rash")) in found(broken.problems())


def test_grouped_question_without_a_which_question_loses_the_yes(broken):
    broken.cut("  numb_or_weak_which:\n", "  urine_symptoms:\n")
    line = broken.line("asks: [numb_tingling, weakness]")
    assert found(broken.problems()) == {("D108", line)}


def test_which_question_after_emergencies_only_is_never_reached(broken):
    which = """  which_danger:
    asks: [breathless, faint, chest_pain]
    which_of: danger_signs
    ask: "Which of the three is it for you, please?"
    again:
      - "Can you name the one that you have noticed, or the strongest?"
      - "Name it in a word, please."
    help: The article treats each of them as urgent.
    source: article
"""
    broken.replace("  legs_bladder:\n", which + "  legs_bladder:\n")
    assert ("D102", broken.line("which_of: danger_signs")) in found(broken.problems())


def test_half_a_question_without_the_other_half_is_reported(broken):
    broken.cut("  clot_risk_history:\n", "  fever:\n    asks: [fever]")
    assert found(broken.problems()) == {("D109", broken.line("half: true"))}


def test_no_also_without_a_later_question_is_reported(broken):
    broken.replace("no_also: [tearing_pain]", "no_also: [breathless]")
    assert found(broken.problems()) >= {("D110", broken.line("no_also: [breathless]"))}


def test_more_than_three_signs_at_once_are_reported(broken):
    broken.replace("asks: [breathless, faint, chest_pain]",
                   "asks: [breathless, faint, chest_pain, tearing_pain]")  # fmt: skip
    part = '      tearing_pain: {fine: "It did not tear.", ask: "Did something tear?"}\n'
    broken.replace("      breathless: {fine", part + "      breathless: {fine")
    line = broken.line("asks: [breathless, faint")
    assert ("D112", line) in found(broken.problems())


def test_twenty_second_question_is_one_too_many(broken):
    extra = """  cough_sneeze:
    asks: [cough_sneeze_pain]
    ask: "Does it hurt when you cough or sneeze, in your upper back?"
    again:
      - "I mean a sudden jolt of pain. Is it there with a cough or a sneeze, as you do it?"
      - "Please say yes or no. Do coughs make it hurt a lot more?"
    help: The article says that this is common.
    source: article
"""
    broken.replace("  location:\n    asks", extra + "  location:\n    asks")
    broken.replace("cough_sneeze_pain: {kind: yes_no, asked: volunteered",
                   "cough_sneeze_pain: {kind: yes_no, asked: always")  # fmt: skip
    problems = found(broken.problems())
    assert ("D111", broken.line("\nquestions:") + 1) in problems
    assert ("D126", broken.line("asks: [cough_sneeze_pain]")) in problems


# Danger


def test_red_flag_behind_a_condition_is_reported(broken):
    broken.replace("asks: [fever]\n", "asks: [fever]\n    when: breath_pain\n")
    assert ("D104", broken.line("  fever: {kind")) in found(broken.problems())


def test_half_of_an_emergency_combination_behind_a_condition_is_reported(broken):
    broken.replace("asks: [sudden_onset]\n", "asks: [sudden_onset]\n    when: breathless\n")
    assert ("D104", broken.line("  sudden_onset: {kind")) in found(broken.problems())


def test_claim_to_ask_only_some_is_checked(broken):
    broken.replace("rash: {kind: yes_no, asked: always", "rash: {kind: yes_no, asked: follow_up")
    assert found(broken.problems()) == {("D105", broken.line("  rash: {kind"))}


def test_claim_never_to_ask_is_checked(broken):
    broken.replace("rash: {kind: yes_no, asked: always", "rash: {kind: yes_no, asked: volunteered")
    assert found(broken.problems()) == {("D105", broken.line("  rash: {kind"))}


def test_emergency_sign_without_a_question_is_reported(broken):
    broken.replace("stroke_signs: {kind: yes_no, asked: volunteered",
                   "stroke_signs: {kind: yes_no, asked: follow_up")  # fmt: skip
    assert ("D106", broken.line("  stroke_signs: {kind")) in found(broken.problems())


def test_danger_after_everyday_questions_is_reported(broken):
    broken.move("  danger_signs:\n", "  legs_bladder:\n", to="  location:\n    asks")
    assert found(broken.problems()) == {("D107", broken.line("  danger_signs:\n"))}


def test_red_flag_after_a_question_without_level_is_reported(broken):
    broken.move("  rash:\n    asks", "  duration_days:\n    asks", to="  worsening:\n    asks")
    assert found(broken.problems()) == {("D107", broken.line("  rash:\n    asks"))}


# Rules


def test_rule_with_a_placeholder_for_its_source_is_reported(broken):
    broken.replace('source: "NHS: signs of sepsis, call 999"', 'source: "to do"')
    assert found(broken.problems()) == {("D121", broken.line("- {id: confusion"))}


def test_second_rule_with_the_same_condition_is_reported(broken):
    broken.replace("- {id: severity, when: {finding: severity, at_least: 7}",
                   "- {id: severity, when: {any: [worsening, worsening]}")  # fmt: skip
    assert ("D122", broken.line("- {id: severity")) in found(broken.problems())


def test_same_condition_in_another_order_is_reported(broken):
    broken.replace("when: {all: [sudden_onset, weakness]}", "when: {all: [injury, {any: [weakness, "
                   "numb_tingling, bladder_bowel, leg_weakness]}]}")  # fmt: skip
    assert ("D122", broken.line("- {id: injured_cord")) in found(broken.problems())


def test_rule_beyond_the_scale_never_fires(broken):
    broken.replace("at_least: 7}, level: doctor", "at_least: 11}, level: doctor")
    assert found(broken.problems()) == {("D123", broken.line("- {id: severity"))}


def test_rule_on_a_finding_that_nothing_asks_never_fires(broken):
    new = "  night_sweat: {kind: yes_no, asked: always, clause: you sweat, sign: night sweat}\n"
    broken.replace("  fever: {kind", new + "  fever: {kind")
    broken.replace("when: {all: [sudden_onset, weakness]}", "when: {all: [night_sweat, weakness]}")
    assert ("D123", broken.line("- {id: stroke_or_artery")) in found(broken.problems())


def test_rule_that_others_always_outdo_is_reported(broken):
    broken.replace("when: weight_loss, level: urgent",
                   "when: {all: [weight_loss, fever]}, level: doctor")  # fmt: skip
    assert ("D124", broken.line("- {id: weight_loss")) in found(broken.problems())


def test_level_without_a_rule_is_reported(broken):
    broken.text = broken.text.replace("level: doctor", "level: urgent")
    assert ("D125", broken.line("\nrules:") + 1) in found(broken.problems())


def test_every_problem_is_reported_at_once(broken):
    broken.cut("  numb_or_weak_which:\n", "  urine_symptoms:\n")
    broken.replace('source: "NHS: signs of sepsis, call 999"', 'source: "to do"')
    broken.replace("no_also: [tearing_pain]", "no_also: [breathless]")
    assert {p.code for p in broken.problems()} >= {"D108", "D121", "D110"}


def test_problem_reads_as_file_line_code_id_message(broken):
    broken.replace('source: "NHS: signs of sepsis, call 999"', 'source: "to do"')
    (problem,) = broken.problems()
    assert str(problem) == (
        f"{broken.path}:{broken.line('- {id: confusion')}: D121 confusion: 'source: to do' names "
        "no source; name the article or guideline it rests on"
    )
