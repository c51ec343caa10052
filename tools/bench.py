"""Measure what a user waits for, and print it next to the budgets.

Run by scripts/bench. Nothing here is asserted: a slow machine is no bug, but a figure above its
budget on a desktop core is worth a look.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from voice_triage.app.screen.plain import NoScreen
from voice_triage.app.wiring import Language
from voice_triage.content.sentences import sentences
from voice_triage.conversation.budget import MOST_PROMPTS
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.effects import Finish, Listen, Say, Started
from voice_triage.conversation.state import State
from voice_triage.hearing.model_store import locate
from voice_triage.hearing.vosk_ear import VoskEar
from voice_triage.hearing.vosk_model import VoskModel
from voice_triage.ports import Heard, ListenRequest
from voice_triage.simulation.patient import Answers
from voice_triage.simulation.patient_file import load_patients
from voice_triage.simulation.sessions import simulate
from voice_triage.simulation.world import World
from voice_triage.sound.audio import AudioClip, join, silence
from voice_triage.sound.wav_source import WavSource
from voice_triage.speaking.renderer import SpeechRenderer
from voice_triage.speaking.voice import SpeakingVoice

ROUNDS = 5
COMMAND = (sys.executable, "-m", "voice_triage")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    unit: str
    budget: float
    at_most: bool = True

    @property
    def met(self) -> bool:
        return self.value <= self.budget if self.at_most else self.value >= self.budget

    def __str__(self) -> str:
        sign = "<=" if self.at_most else ">="
        verdict = "ok" if self.met else "OVER BUDGET"
        return f"{self.what:58} {self.value:10.4g} {self.unit:6} {sign} {self.budget:<8g} {verdict}"


def main() -> int:
    language = Language.load()
    for measure in (first_prompt, recognition, reply, danger, reading, turns, sessions, memory):
        for figure in measure(language):
            print(figure, flush=True)
    return 0


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
            talk = _conversation(language)
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
            talk = _conversation(language)
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


def turns(language: Language) -> Iterable[Figure]:
    """Handled turns a second of the pure core, words to effects, over whole sessions."""
    corpus = Path(__file__).parent.parent / "tests" / "corpus" / "vignettes" / "first_slice.yaml"
    patients = load_patients([corpus], language.dialog)
    scripts = [_script(language, p) for p in patients]
    talk = _conversation(language)
    best = 0.0
    for _ in range(ROUNDS):
        count, began = 0, time.perf_counter()
        for script in scripts * 5:
            talk.state = State()
            talk.handle(Started())
            for words in script:
                talk.handle(Heard(words))
            count += len(script)
        best = max(best, count / (time.perf_counter() - began))
    yield Figure("turns of the core a second", best, "/s", 20_000, at_most=False)


def _script(language: Language, patient: object) -> list[str]:
    """The words of one whole session."""
    talk, words = _conversation(language), []
    answers = Answers(patient, language.dialog)  # type: ignore[arg-type]
    effects = talk.handle(Started())
    while not isinstance(effects[-1], Finish):
        listen = effects[-1]
        assert isinstance(listen, Listen)
        question = listen.question
        said = answers.reply(question.id if question else None, question.asks if question else ())
        words.append(said or "")
        effects = talk.handle(Heard(said or ""))
    return words


def reading(language: Language) -> Iterable[Figure]:
    """One reply understood, none of it remembered: the replies of a mixed evening."""
    question = language.dialog.questions[0]
    replies = [
        f"no dear none of that, I walked to the church and back, {n} steps" for n in range(200)
    ]
    began = time.perf_counter()
    for reply in replies:
        language.interpreter.interpret(reply, question)
    each = (time.perf_counter() - began) / len(replies)
    yield Figure("a reply of a dozen words is read", each * 1e3, "ms", 0.5)


def sessions(language: Language) -> Iterable[Figure]:
    """Everything that is asked in a session, reprompts included, and the time that it takes aloud:
    typed, by the twelve plain patients of the first slice."""
    corpus = Path(__file__).parent.parent / "tests" / "corpus" / "vignettes" / "first_slice.yaml"
    patients = load_patients([corpus], language.dialog)
    world = World(language, language.dialog.regions["US"])
    results = [simulate(world, patient, NoScreen()) for patient in patients]
    yield Figure("prompts of a session, median", median(r.prompts for r in results), "", 24)
    yield Figure("prompts of a session, most", max(r.prompts for r in results), "", MOST_PROMPTS)
    yield Figure("seconds of a session aloud, median", median(r.aloud for r in results), "s", 240)


def memory(language: Language) -> Iterable[Figure]:
    """Peak of a full session by WAV file, spoken into a file, as the operating system saw it."""
    del language
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.wav"
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        subprocess.run(
            [*COMMAND, "demo", "--output", str(out)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    yield Figure("peak memory of a full session", max(before, after) / 1024, "MB", 120)


def _conversation(language: Language) -> Conversation:
    return Conversation(language.dialog, language.interpreter, language.dialog.regions["US"])


def _trimmed(clip: AudioClip, quiet: int = 300) -> AudioClip:
    """Without the silence that the synthesiser leaves at the end."""
    samples = clip.samples
    end = next((n for n in range(len(samples), 0, -1) if abs(samples[n - 1]) > quiet), 0)
    return AudioClip(clip.pcm[: 2 * end], clip.rate)


def _write(path: Path, clip: AudioClip) -> None:
    from voice_triage.sound.audio import write_wav

    write_wav(path, clip)


if __name__ == "__main__":
    sys.exit(main())
