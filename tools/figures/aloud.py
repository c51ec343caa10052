"""What a person waits for in a spoken session: figures for `bench`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from tools.figures.figure import Figure
from voice_triage.app.wiring import Language
from voice_triage.content.sentences import sentences
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.effects import Say, Started
from voice_triage.hearing.model_store import locate
from voice_triage.hearing.vosk_ear import VoskEar
from voice_triage.hearing.vosk_model import VoskModel
from voice_triage.ports import Heard, ListenRequest
from voice_triage.sound.audio import AudioClip, join, silence
from voice_triage.sound.wav_source import WavSource
from voice_triage.speaking.renderer import SpeechRenderer
from voice_triage.speaking.voice import SpeakingVoice

ROUNDS = 5
COMMAND = (sys.executable, "-m", "voice_triage")


def first_prompt(language: Language) -> Iterable[Figure]:
    """Process start until the first sample of speech is in the output file."""
    del language
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.wav"
        _write(answers, silence(1.0, 16_000))
        for n in range(ROUNDS):
            spoken = Path(folder) / f"{n}.wav"
            began = time.perf_counter()
            with subprocess.Popen(
                [*COMMAND, "run", "--input", str(answers), "--output", str(spoken)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            ) as child:
                while not spoken.exists() or spoken.stat().st_size <= 1000:
                    if child.poll() is not None:
                        raise SystemExit("voice-triage run ended before it spoke")
                    time.sleep(0.002)
                seconds.append(time.perf_counter() - began)
                child.kill()
    yield Figure("process start to first prompt", median(seconds), "s", 1.0)


def recognition(language: Language) -> Iterable[Figure]:
    """Decoding of a question's answer, both readings, over the length of the speech."""
    model = VoskModel(locate(None))
    renderer = SpeechRenderer()
    question = language.dialog.questions[0]
    request = ListenRequest(question.id, language.words.short_answers)
    factors = []
    for words in ("no none of those", "yes", "i don't know", "not that i know of"):
        clip = renderer.render(words)
        clip = join([silence(0.3, clip.rate), clip, silence(1.2, clip.rate)], clip.rate)
        for _ in range(ROUNDS):
            ear = VoskEar(WavSource(clip), model, is_danger=language.interpreter.is_danger)
            began = time.process_time()
            ear.listen(request)
            factors.append((time.process_time() - began) / clip.seconds)
    renderer.close()
    yield Figure("real-time factor of a whole turn, CPU", median(factors), "", 0.03)


class _Timer:
    """A player that notes when the first sample of each text arrives."""

    def __init__(self) -> None:
        self.first = 0.0

    def play(self, clips: Iterable[AudioClip]) -> None:
        for number, clip in enumerate(clips):
            if number == 0 and clip.pcm:
                self.first = time.perf_counter()

    def abort(self) -> None: ...

    def close(self) -> None: ...


def reply(language: Language) -> Iterable[Figure]:
    """From the recogniser's text to the first sample of the reply."""
    renderer, timer = SpeechRenderer(), _Timer()
    renderer.render("Ready.")
    cached: list[float] = []
    fresh: list[float] = []
    for _ in range(ROUNDS):
        for warm, into in ((False, fresh), (True, cached)):
            voice = SpeakingVoice(renderer, timer, emergency_number="911")
            talk = conversation(language)
            talk.handle(Started())
            if warm:
                voice.say(sentences(language.dialog.questions[1].ask))
            began = time.perf_counter()
            effects = talk.handle(Heard("no"))
            voice.say(next(e.sentences for e in effects if isinstance(e, Say)))
            into.append(timer.first - began)
            voice.close()
    renderer.close()
    yield Figure("words to first sample of a prompt made before", median(cached) * 1e3, "ms", 50)
    yield Figure("words to first sample of a new prompt", median(fresh) * 1e3, "ms", 150)


def danger(language: Language) -> Iterable[Figure]:
    """Last sample of a danger phrase to the first sample of the emergency prompt.

    Sound that the ear still waits for after the phrase, plus the work of the turn.
    """
    model, renderer, timer = VoskModel(locate(None)), SpeechRenderer(), _Timer()
    question = language.dialog.question_by_id[language.dialog.questions[-6].id]
    request = ListenRequest(question.id, language.words.short_answers)
    waits = []
    for words in ("i can't breathe", "i have chest pain", "i feel faint"):
        clip = _trimmed(renderer.render(words))
        sound = join([silence(0.5, clip.rate), clip, silence(3.0, clip.rate)], clip.rate)
        for _ in range(ROUNDS):
            source = _Counted(WavSource(sound))
            ear = VoskEar(source, model, is_danger=language.interpreter.is_danger)
            voice = SpeakingVoice(renderer, timer, emergency_number="911")
            talk = conversation(language)
            talk.handle(Started())
            hearing = ear.listen(request)
            began = time.perf_counter()
            if not isinstance(hearing, Heard):
                continue
            talk.handle(Heard(hearing.text))
            voice.say(("This could be an emergency.", "Call 911 now."), alarm=True)
            waits.append(source.seconds - 0.5 - clip.seconds + timer.first - began)
            voice.close()
    renderer.close()
    yield Figure("end of danger words to emergency prompt", median(waits) * 1e3, "ms", 700)
    yield Figure("the same, slowest", max(waits) * 1e3, "ms", 700)


class _Counted:
    """A source that counts how much sound was taken from it."""

    def __init__(self, source: WavSource) -> None:
        self._source = source
        self.kind, self.reliable = source.kind, source.reliable
        self.seconds = 0.0

    def turn(self):  # type: ignore[no-untyped-def]
        for chunk in self._source.turn():
            self.seconds += chunk.seconds
            yield chunk

    def close(self) -> None:
        self._source.close()


def _trimmed(clip: AudioClip, quiet: int = 300) -> AudioClip:
    """Without the silence that the synthesiser leaves at the end."""
    samples = clip.samples
    end = next((n for n in range(len(samples), 0, -1) if abs(samples[n - 1]) > quiet), 0)
    return AudioClip(clip.pcm[: 2 * end], clip.rate)


def _write(path: Path, clip: AudioClip) -> None:
    from voice_triage.sound.audio import write_wav

    write_wav(path, clip)


def conversation(language: Language) -> Conversation:
    return Conversation(language.dialog, language.interpreter, language.dialog.regions["US"])


MEASURES = (first_prompt, recognition, reply, danger)
