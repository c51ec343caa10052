"""Screens: large print is bold only where that can be shown."""

from __future__ import annotations

import io

import pytest

from voice_triage.app.screen.large import LargePrintScreen
from voice_triage.app.screen.plain import PlainScreen


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("terminal", "bold"), [("xterm", True), ("dumb", False)])
def test_large_print_is_bold_on_a_terminal_that_can(monkeypatch, terminal, bold):
    monkeypatch.setenv("TERM", terminal)
    stream = Terminal()
    LargePrintScreen(stream).show("Call 112 now.", speaker="assistant")
    assert ("\x1b" in stream.getvalue()) == bold


def test_control_characters_are_shown_as_blanks():
    stream = io.StringIO()
    PlainScreen(stream).show("a\x1b[2Jb\nc", speaker="person")
    assert stream.getvalue() == "  You: a [2Jb c\n"
