"""What is said at the end, and around it: nobody is left without the number or the safety net."""

from __future__ import annotations

import re

from voice_triage.content.dialog import Dialog
from voice_triage.content.reading.texts_reader import TEXT_HOLES
from voice_triage.review.lint.report import Report
from voice_triage.values import Level

NUMBER_HOLE = "{emergency_number}"
NUMBER_TEXTS = (
    "opening_emergency", "open_sign_call", "emergency_again", "emergency_end", "help_first",
    "restarted", "microphone_lost", "no_microphone",
)  # fmt: skip
"""Texts whose point is the emergency number."""
NO_CAUSE = "none"
_DIALLED = re.compile(r"\d{2,12}(?:[ -]\d{1,6}){0,4}")
_HOME_CARE = re.compile(
    r"(?i)\b(?:pain-?killers?|ice|heat|massage|exercise|stretch\w*|over.the.counter|rest|walk|"
    r"moving|leaflet|medicines?|tablets?)\b"
)


def check_outcomes(dialog: Dialog, report: Report) -> None:
    """Report outcomes, texts and regions that leave out what they are for."""
    for level, outcome in dialog.outcomes.items():
        emergency = level is Level.EMERGENCY
        net = (outcome.head,) if emergency else outcome.watch
        if not net:
            report.add("D131", ("outcomes", level.id), "'watch' is empty")
        elif not any(NUMBER_HOLE in text for text in net):
            key = "head" if emergency else "watch"
            report.add("D132", ("outcomes", level.id, key), f"no {NUMBER_HOLE} in '{key}'")
        for at, text in enumerate(outcome.act if emergency else ()):
            if found := _HOME_CARE.search(text):
                report.add("D136", ("outcomes", level.id, "act", at), f"speaks of '{found[0]}'")
    _check_texts(dialog, report)
    _check_advice(dialog, report)
    _check_regions(dialog, report)


def _check_texts(dialog: Dialog, report: Report) -> None:
    for key, holes in TEXT_HOLES.items():
        for hole in sorted(holes):
            if f"{{{hole}}}" not in dialog.texts[key]:
                report.add("D135", ("texts", key), f"no {{{hole}}} in it")
    for key in NUMBER_TEXTS:
        if NUMBER_HOLE not in dialog.texts[key]:
            report.add("D132", ("texts", key), f"no {NUMBER_HOLE} in it")
    if "{advice_line}" not in dialog.texts["advice_line"]:
        report.add("D135", ("texts", "advice_line"), "no {advice_line} in it")


def _check_advice(dialog: Dialog, report: Report) -> None:
    for finding, texts in dialog.advice.items():
        for option in dialog.findings[finding].options:
            if option not in texts and option != NO_CAUSE:
                what = f"nothing is said about '{option}'"
                report.add("D133", ("advice", finding), what, where=option)


def _check_regions(dialog: Dialog, report: Report) -> None:
    for name, region in dialog.regions.items():
        numbers = [("emergency_number", region.emergency_number)]
        numbers += [("advice_line", region.advice_line)] if region.advice_line else []
        for key, number in numbers:
            if not all(_DIALLED.fullmatch(part) for part in number.split(" or ")):
                report.add("D134", ("regions", name, key), f"'{key}: {number}' is no number")
