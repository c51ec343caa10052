"""Making speech of text, and letting it be heard."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from voice_triage.errors import SynthesisError
from voice_triage.sound.audio import (
    AudioClip,
    from_samples,
    silence,
    without_last_silence,
)
from voice_triage.sound.earcons import Earcon, tone
from voice_triage.sound.player import SilentPlayer
from voice_triage.speaking.alarm import Recorded, recorded
from voice_triage.speaking.voice import SpeakingVoice


class Heard:
    """A player that keeps what it played."""

    def __init__(self):
        self.clips = []
        self.aborted = False

    def play(self, clips):
        for clip in clips:
            self.clips.append(clip)

    def abort(self):
        self.aborted = True

    def close(self):
        pass


class Spelled:
    """Renders text as sound that can be read back."""

    def __init__(self):
        self.made = []

    def render(self, text, *, rate=155, voice=None):
        self.made.append((text, rate))
        return AudioClip(text.encode(), 22050)


class Broken:
    def render(self, text, *, rate=155, voice=None):
        raise SynthesisError("no synthesis here")


def speaking(renderer, player, number="911"):
    return closing(SpeakingVoice(renderer, player, emergency_number=number))


@pytest.mark.parametrize("number", ["911", "15", "1990"])
def test_the_emergency_number_is_spoken_digit_by_digit(number):
    player = Heard()
    with speaking(Spelled(), player, number) as voice:
        voice.say([f"Call {number} now.", f"It took {number}5 days.", "It is 3 out of 10."])
    assert [c.pcm.decode() for c in player.clips] == [
        f"Call {' '.join(number)} now.",
        f"It took {number}5 days.",
        "It is 3 out of 10.",
    ]


def test_where_a_region_has_two_numbers_each_is_spelled_and_the_alarm_calls_the_first():
    player = Heard()
    with speaking(Spelled(), player, "112 or 911") as voice:
        voice.say(["Call 112 or 911 now."])
    assert [c.pcm for c in player.clips] == [b"Call 1 1 2 or 9 1 1 now."]
    assert recorded(Recorded.ALARM, "112 or 911") == recorded(Recorded.ALARM, "112")


def test_a_text_is_said_sentence_by_sentence_in_order():
    player, renderer = Heard(), Spelled()
    with speaking(renderer, player) as voice:
        voice.say(["One.", "Two.", "Three."])
    assert [c.pcm for c in player.clips] == [b"One.", b"Two.", b"Three."]
    assert sorted(renderer.made) == [("One.", 155), ("Three.", 155), ("Two.", 155)]


def test_what_was_said_or_made_ready_before_is_not_made_again():
    player, renderer = Heard(), Spelled()
    with speaking(renderer, player) as voice:
        voice.make_ready(["One.", "Two.", "Call 911."])
        assert [text for text, _ in renderer.made] == ["One.", "Two.", "Call 9 1 1."]
        voice.say(["Two.", "One.", "Two."])
        voice.say(["Call 911."])
        assert len(renderer.made) == 3


def test_another_rate_is_another_sound_and_stays_within_limits():
    player, renderer = Heard(), Spelled()
    with speaking(renderer, player) as voice:
        for rate in (155, 20, 9999):
            voice.set_rate(rate)
            voice.say(["One."])
    assert renderer.made == [("One.", 155), ("One.", 110), ("One.", 300)]


def test_memory_for_sounds_is_limited():
    class Long(Spelled):
        def render(self, text, *, rate=155, voice=None):
            super().render(text)
            return silence(60, 22050)  # 2.6 MB

    renderer = Long()
    with speaking(renderer, SilentPlayer()) as voice:
        for n in range(8):
            voice._clip(f"{n}")
        voice._clip("7")
        voice._clip("0")
        assert [text for text, _ in renderer.made] == [*"01234567", "0"]
        assert len(voice._made) == 4


@pytest.mark.parametrize("number", ["911", "112", "15"])
def test_an_alarm_is_heard_even_without_any_synthesis_whatever_its_words(number):
    player = Heard()
    with speaking(Broken(), player, number) as voice:
        voice.say(["Help is needed.", "You fainted."], alarm=True)
    assert player.clips == [tone(Earcon.EMERGENCY, 22050), recorded(Recorded.ALARM, number)]


def test_a_recorded_alarm_says_each_digit_of_any_number():
    short, long = recorded(Recorded.ALARM, "15").seconds, recorded(Recorded.ALARM, "15151").seconds
    assert short > 2
    assert long > short + 0.9


def test_who_cannot_speak_any_more_says_so_once_from_a_recording():
    player = Heard()
    with speaking(Broken(), player, "112") as voice:
        for _ in range(2):
            with pytest.raises(SynthesisError):
                voice.say(["How long have you had this pain?"])
    assert player.clips == [tone(Earcon.EMERGENCY, 22050), recorded(Recorded.MUTE, "112")]


def test_other_texts_report_that_there_is_no_synthesis():
    with speaking(Broken(), Heard()) as voice, pytest.raises(SynthesisError):
        voice.say(["This could be an emergency.", "If it gets worse call 911."])


def test_hushing_reaches_the_player_and_closing_ends_the_helper():
    player = Heard()
    voice = SpeakingVoice(Spelled(), player, emergency_number="911")
    voice.say(["One.", "Two."])
    voice.hush()
    assert player.aborted
    voice.close()
    assert not any(t.name == "speech-ahead" for t in threading.enumerate())


def test_a_cue_follows_the_last_word_without_the_silence_of_the_synthesiser():
    sound = from_samples([3000] * 2205 + [0] * 8820, 22050)
    assert without_last_silence(sound).seconds == pytest.approx(0.1 + 0.08, abs=0.01)
    assert without_last_silence(silence(1.0, 22050)).seconds < 0.1
