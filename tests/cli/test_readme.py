"""README shows what the program really says."""

from __future__ import annotations

from tools.transcripts import README, renewed


def test_the_transcripts_are_what_is_said_today():
    for path, text in renewed().items():
        page = path.read_text(encoding="utf-8")
        assert text == page, f"{path.name}: run .venv/bin/python -m tools.transcripts"


def test_it_is_short():
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 150


def test_the_two_commands_come_first():
    text = README.read_text(encoding="utf-8")
    first_block = text.split("```")[1]
    commands = [line.split()[0] for line in first_block.strip().splitlines()]
    assert commands == ["scripts/run", "scripts/test"]


def test_it_says_plainly_that_this_is_no_medical_device():
    assert "not a medical device" in README.read_text(encoding="utf-8")
