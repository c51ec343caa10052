"""Devices come and go; the session bears with them, and never fails in silence."""

from __future__ import annotations

import pytest

from voice_triage.app.guard.steadfast import PATIENCE_S, Clock, SteadfastEar, SteadfastVoice
from voice_triage.errors import AudioDeviceError, MutedError, SynthesisError
from voice_triage.fakes import Diary, ScriptedEar
from voice_triage.ports import Heard, ListenRequest, Resumed

GONE, MUTED = AudioDeviceError("gone. Check its plug."), MutedError("muted. Check its switch.")
REQUEST = ListenRequest()


class Time:
    """A clock that is put forward by whoever sleeps."""

    def __init__(self):
        self.now_s = 0.0

    def clock(self):
        return Clock(lambda: self.now_s, self.sleep)

    def sleep(self, seconds):
        self.now_s += seconds


class Ear:
    """Fails as told, each failure taking 3 s, then hears “yes”."""

    def __init__(self, time, *failures):
        self.time, self.failures = time, list(failures)

    def listen(self, request):
        if self.failures:
            self.time.sleep(3.0)
            raise self.failures.pop(0)
        return Heard("yes")

    def close(self): ...


@pytest.fixture
def ear():
    """An ear that fails, at a microphone that is back after some seconds; and what was told."""

    def made(*failures, back_after=0.0, instead=None, **options):
        time = Time()
        told: list[str] = []

        def probe():
            if time.now_s < back_after:
                raise GONE

        steadfast = SteadfastEar(
            Ear(time, *failures),
            probe=probe,
            tell=told.append,
            instead=instead,
            beat=lambda: None,
            clock=time.clock(),
            **options,
        )
        return steadfast, told, time

    return made


def test_a_short_break_is_not_spoken_of_and_the_question_is_put_again(ear):
    steadfast, told, _ = ear(GONE, back_after=5.0)
    assert steadfast.listen(REQUEST) == Resumed()
    assert steadfast.listen(REQUEST) == Heard("yes")
    assert told == []


def test_a_longer_one_is_told_once_with_the_number_and_survived(ear):
    steadfast, told, _ = ear(GONE, back_after=40.0)
    assert steadfast.listen(REQUEST) == Resumed()
    assert told == ["microphone_lost"]


def test_after_a_minute_the_keyboard_takes_over(ear):
    keyboard = ScriptedEar("no")
    steadfast, told, time = ear(GONE, back_after=999, instead=lambda: keyboard)
    assert steadfast.listen(REQUEST) == Resumed()
    assert time.now_s == pytest.approx(PATIENCE_S, abs=5)
    assert steadfast.listen(REQUEST) == Heard("no")
    assert told[-1] == "microphone_lost"
    time.sleep(1000)
    assert steadfast.listen(REQUEST) == Resumed()  # the microphone is back
    assert steadfast.listen(REQUEST) == Heard("yes")


def test_without_a_keyboard_the_reason_is_raised_after_a_minute(ear, capsys):
    steadfast, told, _ = ear(GONE, back_after=9999)
    with pytest.raises(AudioDeviceError, match="gone"):
        steadfast.listen(REQUEST)
    assert told[-1] == "microphone_lost"
    assert "Check its plug" in capsys.readouterr().err


def test_a_device_on_a_shelf_waits_for_ever(ear):
    steadfast, told, _ = ear(GONE, back_after=100_000, patience_s=float("inf"))
    assert steadfast.listen(REQUEST) == Resumed()
    assert told == ["microphone_lost"]


def test_a_microphone_that_is_switched_off_is_spoken_of_and_switched_on_again(ear):
    steadfast, told, _ = ear(MUTED, MUTED, MUTED)
    assert steadfast.listen(REQUEST) == Heard("yes")
    assert told == ["microphone_muted"]


def test_zeros_are_no_silence_of_the_person(ear):
    steadfast, told, _ = ear(*[MUTED] * 30, instead=lambda: ScriptedEar("no"), back_after=9999)
    assert steadfast.listen(REQUEST) == Resumed()
    assert told == ["microphone_muted", "microphone_muted", "microphone_lost"]


def test_an_answer_that_is_typed_ends_the_waiting(ear):
    steadfast, _, time = ear(GONE, back_after=9999, typed=lambda: True)
    steadfast.listen(REQUEST)
    assert time.now_s < 5


class Voice(Diary):
    """Fails as told, then speaks."""

    def __init__(self, *failures):
        super().__init__()
        self.failures = list(failures)

    def say(self, sentences, *, cue=False, alarm=False):
        if self.failures:
            raise self.failures.pop(0)
        super().say(sentences, cue=cue, alarm=alarm)


def voice(*failures):
    inner = Voice(*failures)
    time = Time()
    again = []
    steadfast = SteadfastVoice(
        inner, again=lambda: again.append(1), beat=lambda: None, clock=time.clock()
    )
    return inner, steadfast, time


def test_what_could_not_be_heard_is_said_from_its_beginning_when_the_loudspeaker_is_back(capsys):
    inner, steadfast, _ = voice(GONE, GONE, GONE)
    steadfast.say(["This could be an emergency.", "Call 112 now."], alarm=True)
    assert inner.of("alarm") == ["This could be an emergency. Call 112 now."]
    assert capsys.readouterr().err.count("\a") == 1


def test_a_loudspeaker_that_stays_away_is_tried_for_a_minute_and_then_once_a_prompt():
    inner, steadfast, time = voice(*[GONE] * 125)
    steadfast.say(["One."])
    assert time.now_s == pytest.approx(PATIENCE_S, abs=2)
    left = len(inner.failures)
    steadfast.say(["Two."])
    assert len(inner.failures) == left - 1
    inner.failures.clear()
    steadfast.say(["Three."])
    assert inner.of("say") == ["Three."]


def test_without_speech_it_goes_on_in_writing_and_says_so_once(capsys):
    _, steadfast, time = voice(SynthesisError("none"), SynthesisError("none"))
    steadfast.say(["One."])
    steadfast.say(["Two."])
    assert capsys.readouterr().err.count("please read the screen") == 1
    assert time.now_s == 0
