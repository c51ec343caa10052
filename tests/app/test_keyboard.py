"""Typed lines are answers, also while a microphone listens."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

import pytest

from voice_triage.app.keyboard import EarOrKeys, KeyboardEar, SourceOrKeys, TypedLines
from voice_triage.fakes import ScriptedEar
from voice_triage.ports import Heard, KeyPress, ListenRequest, NoInput, Source
from voice_triage.sound.audio import silence
from voice_triage.sound.wav_source import WavSource
from voice_triage.values import QuestionId

ASKED = ListenRequest(QuestionId("fever"))


class Terminal:
    """A terminal with somebody at its keys."""

    def __init__(self) -> None:
        self._keys, slave = os.openpty()
        self.stream = os.fdopen(slave)

    def type(self, text: bytes) -> None:
        os.write(self._keys, text)

    def close(self) -> None:
        self.stream.close()
        os.close(self._keys)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.close()


def test_each_of_several_lines_answers_one_question(terminal):
    ear = EarOrKeys(ScriptedEar(NoInput(7.0)), TypedLines(terminal.stream))
    terminal.type(b"yes\nno thank you\n")
    assert ear.listen(ASKED) == Heard("yes", 0.0, Source.KEYBOARD)
    assert ear.listen(ASKED) == Heard("no thank you", 0.0, Source.KEYBOARD)
    assert ear.listen(ASKED) == NoInput(7.0)


def test_enter_that_was_pressed_while_it_spoke_is_no_key(terminal):
    ear = EarOrKeys(ScriptedEar("no"), TypedLines(terminal.stream))
    terminal.type(b"\n\n")
    assert ear.listen(ASKED) == Heard("no", 0.0, Source.KEYBOARD)


def test_enter_while_it_listens_ends_the_turn_as_a_key(terminal):
    typed = TypedLines(terminal.stream)
    source = SourceOrKeys(WavSource(silence(10, 16000)), typed)

    class Ear:
        def listen(self, request):
            terminal.type(b"\n")
            seconds = sum(chunk.seconds for chunk in source.turn())
            return NoInput(seconds)

        def close(self): ...

    assert EarOrKeys(Ear(), typed).listen(ASKED) == KeyPress()


def test_what_is_no_text_is_typed_all_the_same(terminal):
    typed = TypedLines(terminal.stream)
    terminal.type(b"caf\xff\n")
    assert typed.next() == "caf\N{REPLACEMENT CHARACTER}"


def test_without_a_terminal_nothing_is_ever_typed():
    closed = io.StringIO()
    closed.close()
    for stream in (io.StringIO("yes\n"), closed):
        assert TypedLines(stream).next() is None


def test_at_the_keyboard_alone_an_empty_line_is_silence_or_a_key():
    ear = KeyboardEar(io.StringIO("\n\nmy back\n"))
    assert ear.listen(ASKED) == NoInput(0.0)
    assert ear.listen(ListenRequest()) == KeyPress()
    assert ear.listen(ASKED) == Heard("my back")
    assert ear.listen(ASKED) == NoInput(0.0, ended=True)
