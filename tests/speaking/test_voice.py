"""Making speech of text, and letting it be heard."""

from __future__ import annotations

import sys
import threading
import time
import wave
from contextlib import closing
from pathlib import Path

import pytest

from voice_triage.errors import AudioFileError, SynthesisError
from voice_triage.sound.audio import (
    AudioClip,
    dbfs,
    from_samples,
    read_wav,
    silence,
    without_last_silence,
)
from voice_triage.sound.earcons import Earcon, tone
from voice_triage.sound.player import LEAD_IN_S, SilentPlayer, WavRecorder
from voice_triage.speaking.alarm import recorded_alarm
from voice_triage.speaking.renderer import SpeechRenderer
from voice_triage.speaking.voice import SpeakingVoice

SCRIPT = "import sys, time\n"


def worker(code):
    return (sys.executable, "-c", SCRIPT + code)


CRASHES = worker("sys.exit(3)")
HANGS = worker("print('{}', flush=True); time.sleep(60)")
SAYS_NOTHING = worker("[print('{}', flush=True) for _ in sys.stdin]")
REFUSES = worker('[print(\'{"error": "no voice"}\', flush=True) for _ in sys.stdin]')


@pytest.fixture
def renderer():
    with closing(SpeechRenderer("en-us")) as made:
        yield made


def test_each_text_becomes_its_own_sound(renderer):
    short, long = renderer.render("yes"), renderer.render("this is a much longer sentence")
    assert 0.2 < short.seconds < long.seconds
    assert renderer.render("yes").seconds == pytest.approx(short.seconds, abs=0.02)


def test_slow_speech_takes_longer_and_extremes_are_limited(renderer):
    lengths = [renderer.render("call your doctor", rate=r).seconds for r in (50, 110, 155, 300)]
    assert lengths[0] == pytest.approx(lengths[1], abs=0.02)
    assert lengths[1] > 1.2 * lengths[2] > 1.8 * lengths[3]


def test_simulated_patients_have_voices_of_their_own(renderer):
    text = "i fainted and my thermometer shows a fever"
    usual = renderer.render(text).seconds
    assert renderer.render(text, voice="German").seconds > usual + 0.2
    assert renderer.render(text).seconds == pytest.approx(usual, abs=0.02)
    assert renderer.render(text, voice="en-us+f3").seconds > 0.5


def test_a_voice_that_does_not_exist_is_an_error(renderer):
    with pytest.raises(SynthesisError, match="no voice is called 'nobody'"):
        renderer.render("yes", voice="nobody")


def test_nothing_is_printed_and_no_file_is_left(renderer, capfd, tmp_path):
    renderer.render("yes")
    assert capfd.readouterr() == ("", "")
    assert list(Path(renderer._folder.name).iterdir()) == []


@pytest.mark.parametrize(
    "command", [CRASHES, HANGS, SAYS_NOTHING, REFUSES], ids=["crash", "hang", "silent", "error"]
)
def test_when_the_synthesis_process_fails_espeak_itself_steps_in(command):
    with closing(SpeechRenderer("en-us", worker=command, timeout_s=0.3)) as renderer:
        assert renderer.render("yes").seconds > 0.2
        assert renderer.render("no").seconds > 0.2


def test_a_killed_process_is_started_again(renderer):
    renderer.render("yes")
    renderer._worker._process.kill()
    renderer._worker._process.wait()
    assert renderer.render("no").seconds > 0.2
    assert renderer._worker.alive


def test_a_process_that_keeps_hanging_costs_its_timeout_only_twice():
    with closing(SpeechRenderer("en-us", worker=HANGS, timeout_s=0.2)) as renderer:
        for _ in range(2):
            renderer.render("yes")
        began = time.monotonic()
        renderer.render("yes")
        assert time.monotonic() - began < 0.2


def test_without_any_synthesis_the_error_says_what_to_install():
    with (
        closing(SpeechRenderer(worker=CRASHES, espeak="no-espeak-here")) as renderer,
        pytest.raises(SynthesisError, match=r"apt install espeak-ng.*--output silent"),
    ):
        renderer.render("yes")


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
    assert player.clips == [tone(Earcon.EMERGENCY, 22050), recorded_alarm(number)]


def test_a_recorded_alarm_says_each_digit_of_any_number():
    short, long = recorded_alarm("15").seconds, recorded_alarm("15151").seconds
    assert short > 2
    assert long > short + 0.9


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


def test_a_recording_of_the_session_is_a_valid_file_after_every_clip(tmp_path):
    path = tmp_path / "session.wav"
    recorder = WavRecorder(path)
    assert read_wav(path).seconds == 0
    recorder.play([tone(Earcon.LISTENING, 22050)])
    first = read_wav(path).seconds  # as after a Ctrl-C: nobody closed it
    assert first == pytest.approx(LEAD_IN_S + 0.12, abs=0.01)
    recorder.play([tone(Earcon.EMERGENCY, 16000), silence(1, 22050)])
    with wave.open(str(path)) as file:
        assert file.getframerate() == 22050
        alarm = tone(Earcon.EMERGENCY, 16000).seconds
        assert file.getnframes() / 22050 == pytest.approx(first + LEAD_IN_S + alarm + 1, abs=0.01)
    recorder.close()


def test_a_recording_in_a_place_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(AudioFileError, match="cannot be written"):
        WavRecorder(tmp_path / "none" / "session.wav")


@pytest.mark.parametrize("earcon", Earcon)
def test_tones_are_short_clear_and_begin_and_end_without_a_click(earcon):
    clip = tone(earcon, 16000)
    assert 0.05 < clip.seconds < 1
    assert -25 < dbfs(clip.samples) < -12
    assert abs(clip.samples[0]) < 50
    assert abs(clip.samples[-1]) < 800


def test_the_rate_is_obeyed_every_time_and_no_text_is_cut_off(renderer):
    """pyttsx3 loses the rate, or the text, when its settings are still being applied."""
    lengths = {rate: renderer.render("call your doctor", rate=rate).seconds for rate in (120, 200)}
    for _ in range(10):
        for rate, seconds in lengths.items():
            again = renderer.render("call your doctor", rate=rate).seconds
            assert again == pytest.approx(seconds, abs=0.05)


def test_a_cue_follows_the_last_word_without_the_silence_of_the_synthesiser():
    sound = from_samples([3000] * 2205 + [0] * 8820, 22050)
    assert without_last_silence(sound).seconds == pytest.approx(0.1 + 0.08, abs=0.01)
    assert without_last_silence(silence(1.0, 22050)).seconds < 0.1
