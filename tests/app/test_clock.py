"""A board without network and battery does not know the day, and must not reckon with it."""

from __future__ import annotations

from datetime import date

import pytest

from voice_triage.app import clock
from voice_triage.app.wiring import Language
from voice_triage.values import Answer, QuestionId


@pytest.fixture
def board(monkeypatch, tmp_path):
    """A small board, of which only what a test adds is there."""
    (tmp_path / "model").write_text("Raspberry Pi 4")
    monkeypatch.setattr(clock, "_BOARDS", tmp_path / "model")
    monkeypatch.setattr(clock, "_CLOCKS", tmp_path / "rtc")
    monkeypatch.setattr(clock, "_SYNCHRONISED", tmp_path / "synchronized")
    monkeypatch.setattr(clock, "_kernel_state", lambda: clock._UNSYNCHRONISED)
    return tmp_path


def test_a_board_that_was_never_set_right_knows_no_day(board):
    assert clock.today() is None


@pytest.mark.parametrize("name", ["rtc/rtc0", "synchronized"])
def test_a_battery_or_a_time_server_is_enough(board, name):
    (board / name).mkdir(parents=True)
    assert clock.today() == date.today()


def test_whoever_else_sets_the_clock_tells_the_kernel(board, monkeypatch):
    monkeypatch.setattr(clock, "_kernel_state", lambda: 0)
    assert clock.today() == date.today()


def test_the_kernel_can_be_asked():
    assert clock._kernel_state() in range(-1, 6)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("since Tuesday", Answer.UNSURE),
        ("since the third of November", Answer.UNSURE),
        ("three days", Answer.DAYS),
        ("a fortnight", Answer.DAYS),
        ("since yesterday", Answer.DAYS),
    ],
)
def test_without_a_day_a_weekday_is_asked_as_a_number_of_days(words, answer):
    language = Language.load()
    question = language.dialog.question_by_id[QuestionId("duration_days")]
    assert language.interpreter.on(None).interpret(words, question).answer is answer
