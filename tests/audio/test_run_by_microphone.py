"""`voice-triage run` as a person meets it: a real microphone, a real loudspeaker, real speech."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from voice_triage.hearing.model_store import locate
from voice_triage.hearing.vosk_ear import VoskEar
from voice_triage.hearing.vosk_model import VoskModel
from voice_triage.ports import Heard, ListenRequest
from voice_triage.sound.audio import AudioClip, dbfs, join
from voice_triage.sound.wav_source import WavSource
from voice_triage.speaking.renderer import SpeechRenderer

pytestmark = [pytest.mark.audio, pytest.mark.native]

QUIET_S = 2.3
"""The program listens when its loudspeaker was quiet for this long: a null sink says only 2 s after
the last sound that all was played; a real one says so at once."""
LOUD_DBFS = -50.0


class Loudspeaker:
    """Listens to the monitor of the program's loudspeaker, and knows when it has gone quiet."""

    RATE = 16_000

    def __init__(self, env):
        command = ["parec", "--device=speaker.monitor", "--format=s16le", "--channels=1"]
        command += [f"--rate={self.RATE}", "--latency-msec=20"]
        self._process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE)
        self._chunks: list[bytes] = []
        self._last_loud = time.monotonic()
        self.spoke = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self):
        assert self._process.stdout
        while pcm := self._process.stdout.read(self.RATE // 10 * 2):
            self._chunks.append(pcm)
            if dbfs(AudioClip(pcm, self.RATE).samples) > LOUD_DBFS:
                self._last_loud = time.monotonic()
                self.spoke.set()

    def wait_for_the_end_of_speech(self, timeout=60.0):
        assert self.spoke.wait(timeout), "the program never spoke"
        deadline = time.monotonic() + timeout
        while time.monotonic() - self._last_loud < QUIET_S:
            assert time.monotonic() < deadline, "the program never stopped speaking"
            time.sleep(0.05)
        self.spoke.clear()

    @property
    def heard(self):
        return AudioClip(b"".join(self._chunks), self.RATE)

    def close(self):
        self._process.terminate()
        self._process.wait(timeout=5)
        self._thread.join(timeout=5)
        assert self._process.stdout
        self._process.stdout.close()


@pytest.fixture
def patient_voice():
    renderer = SpeechRenderer("en-gb")
    yield renderer
    renderer.close()


@pytest.fixture
def loudspeaker(sound_server):
    speaker = Loudspeaker(sound_server.env)
    yield speaker
    speaker.close()


def events_of(process):
    """The JSON events as they arrive."""
    assert process.stdout
    for line in process.stdout:
        yield json.loads(line)


@contextmanager
def started(sound_server, *arguments):
    with subprocess.Popen(
        [sys.executable, "-m", "voice_triage", "run", "--json", "--rate", "300", *arguments],
        cwd=Path(__file__).parents[2],
        env=sound_server.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def converse(process, sound_server, loudspeaker, voice, answers):
    """Answer each question by voice as soon as the program has finished speaking."""
    events, said = [], list(answers)
    for event in events_of(process):
        events.append(event)
        if event["event"] in ("ask", "outcome"):
            loudspeaker.wait_for_the_end_of_speech()
            words = said.pop(0) if event["event"] == "ask" else "okay"
            sound_server.speak(voice.render(words), wait=False)
    process.wait(timeout=30)
    return events


def understood(clip):
    """The words in a recording, by our own recogniser."""
    model, found = VoskModel(locate()), []
    ear = VoskEar(WavSource(join([clip], clip.rate)), model, is_danger=lambda text: False)
    while True:
        hearing = ear.listen(ListenRequest(no_input_seconds=30.0))
        if isinstance(hearing, Heard):
            found.append(hearing.text)
        elif getattr(hearing, "ended", False):
            return " ".join(found)


def test_faintness_is_heard_in_mid_session_and_the_emergency_is_spoken_aloud(
    sound_server, loudspeaker, patient_voice
):
    answers = ["no none of those", "no", "i feel faint"]
    with started(sound_server, "--region", "US") as process:
        events = converse(process, sound_server, loudspeaker, patient_voice, answers)
    outcome = next((e for e in events if e["event"] == "outcome"), None)
    assert outcome is not None, f"ended with {process.returncode}: {events}"
    assert outcome["level"] == "emergency"
    assert outcome["findings"]["faint"] == "yes"
    assert {e["source"] for e in events if e["event"] == "heard"} == {"mic"}
    spoken = understood(loudspeaker.heard)
    assert "this could be an emergency" in spoken
    assert "call nine one one now" in spoken


def test_silence_on_the_first_question_ends_in_the_emergency_prompt(sound_server, loudspeaker):
    events = []
    with started(sound_server, "--region", "UK") as process:
        for event in events_of(process):
            events.append(event)
            if event["event"] == "outcome":
                loudspeaker.wait_for_the_end_of_speech()
                break
    asked = [e for e in events if e["event"] == "ask"]
    assert len(asked) == 2
    assert events[-1]["level"] == "emergency"
