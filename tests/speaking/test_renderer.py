"""Text to sound: in a process of its own, and whatever happens to that process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from voice_triage.errors import SynthesisError
from voice_triage.speaking.renderer import SpeechRenderer

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


def test_the_rate_is_obeyed_every_time_and_no_text_is_cut_off(renderer):
    """pyttsx3 loses the rate, or the text, when its settings are still being applied."""
    lengths = {rate: renderer.render("call your doctor", rate=rate).seconds for rate in (120, 200)}
    for _ in range(10):
        for rate, seconds in lengths.items():
            again = renderer.render("call your doctor", rate=rate).seconds
            assert again == pytest.approx(seconds, abs=0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux does it")
def test_a_worker_that_is_stopped_ends_with_the_session_that_was_killed():
    """One that merely waits for the end of its input would stay for ever."""
    code = "import time; from voice_triage.speaking.renderer import SpeechRenderer as R; r = R(); "
    code += "r.render('one'); print(r._worker._process.pid, flush=True); time.sleep(60)"
    session = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert session.stdout
    worker = int(session.stdout.readline())
    os.kill(worker, signal.SIGSTOP)
    session.kill()
    session.wait()
    session.stdout.close()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{worker}").exists():
        status = Path(f"/proc/{worker}/stat").read_text().split()[2]
        if status == "Z":  # dead, and not yet collected by whoever adopted it
            break
        assert time.monotonic() < deadline, "the worker lives on"
        time.sleep(0.05)
