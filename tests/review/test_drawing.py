"""Pictures of a dialog: every question, every follow-up, every way to the emergency."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.content.broken import SHIPPED, Broken
from voice_triage.content.conditions import AtLeast, Count, Is, Present, all_of, any_of
from voice_triage.content.dialog import Dialog
from voice_triage.content.library import load_dialog
from voice_triage.review.drawing import mermaid, svg
from voice_triage.review.drawing.outline import in_words, outline, shortened
from voice_triage.values import FindingId, Level

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def dialog() -> Dialog:
    return load_dialog(SHIPPED)


@pytest.fixture(scope="module")
def picture(dialog: Dialog) -> ElementTree.Element:
    return ElementTree.fromstring(svg(dialog))


def test_outline_tells_follow_ups_from_what_everyone_is_asked(dialog):
    steps = {str(step.id): step for step in outline(dialog)}
    assert list(steps) == [q.id for q in dialog.questions]
    assert not steps["rash"].follow_up
    assert steps["confusion"].condition == "fever"
    assert steps["confusion"].sources == ("fever",)
    assert steps["clot_risk_recent"].sources == ("breath_pain", "blood_or_leg")
    assert steps["numb_or_weak_which"].sources == ("numb_or_weak",)
    assert steps["danger_signs"].emergencies == ("breathless", "faint", "chest pain")
    assert steps["rash"].emergencies == ()


def test_derived_finding_leads_back_to_what_it_is_derived_from(tmp_path):
    broken = Broken(tmp_path).replace("    when: fever\n", "    when: sudden_severe\n")
    steps = {str(step.id): step for step in outline(broken.dialog())}
    assert steps["confusion"].sources == ("sudden_onset",)


def test_conditions_in_words():
    fever, rash = Present(FindingId("fever")), Present(FindingId("rash"))
    lifting = Is(FindingId("cause"), "lifting")
    severe = AtLeast(FindingId("severity"), 7.0)
    assert in_words(all_of(fever, any_of(rash, lifting))) == "fever and (rash or cause lifting)"
    assert in_words(Count(2, (fever, rash, severe))) == "2 of fever, rash, severity from 7"


def test_long_texts_are_cut_at_a_word():
    assert shortened("Does it hurt to breathe?", 17) == "Does it hurt to…"
    assert shortened("Does it hurt?", 17) == "Does it hurt?"


def test_mermaid_has_every_question_and_outcome(dialog):
    text = mermaid(dialog)
    assert text.startswith("flowchart TD\n")
    for question in dialog.questions:
        assert re.search(rf"^  q_{question.id}[\[(]", text, re.MULTILINE)
    for level in Level:
        assert f"  {level.id}[[" in text
    assert '  q_fever -->|"fever"| q_confusion' in text
    assert '  q_confusion -.->|"confusion"| emergency' in text
    assert "q_rash -.->" not in text
    assert "{emergency_number}" not in text


def test_mermaid_labels_are_quoted(tmp_path):
    broken = Broken(tmp_path).replace('"Is there a painful', '"Is \\"it\\" <b> & there a painful')
    assert "Is #quot;it#quot; #lt;b> #amp; there" in mermaid(broken.dialog())


def test_svg_has_a_title_and_a_description_for_screen_readers(picture):
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "title desc"
    texts = {child.get("id"): child.text for child in picture}
    assert texts["title"] == "Upper back pain: dialog"
    assert "29 questions" in (texts["desc"] or "")


def test_svg_boxes_lie_inside_and_do_not_overlap(picture):
    width, height = int(picture.get("width", "")), int(picture.get("height", ""))
    boxes = [
        [int(rect.get(key, "0")) for key in ("x", "y", "width", "height")]
        for rect in picture.iter(f"{SVG}rect")
    ][1:]  # the first is the background
    assert len(boxes) == 29 + 4 + 4
    for at, (x, y, w, h) in enumerate(boxes):
        assert x >= 0
        assert x + w <= width
        assert y + h <= height
        for x2, y2, w2, h2 in boxes[:at]:
            assert x >= x2 + w2 or x2 >= x + w or y >= y2 + h2 or y2 >= y + h


def test_svg_texts_are_escaped(tmp_path):
    broken = Broken(tmp_path).replace('"Is there a painful', '"Is <b> & there a painful')
    assert "Is &lt;b&gt; &amp; there a painful" in svg(broken.dialog())


def test_svg_shows_why_a_follow_up_comes_up(picture):
    texts = {text.text for text in picture.iter(f"{SVG}text")}
    assert "if breath pain or leg swelling" in texts


def test_pictures_of_a_dialog_with_follow_ups_only_are_drawn(dialog):
    only = replace(dialog, questions=tuple(q for q in dialog.questions if q.when is not None))
    assert "q_confusion" in mermaid(only)
    ElementTree.fromstring(svg(only))
