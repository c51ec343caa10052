"""Whole sessions with a simulated patient, typed or spoken through the real recogniser."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from voice_triage.app.journal import Kept
from voice_triage.app.session import Session
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.state import DEFAULT_RATE_WPM
from voice_triage.hearing.vosk_ear import VoskEar
from voice_triage.hearing.vosk_model import VoskModel
from voice_triage.ports import (
    Ear,
    Heard,
    Hearing,
    Journal,
    ListenRequest,
    NoInput,
    Screen,
    Source,
    Voice,
)
from voice_triage.simulation.patient import Answers
from voice_triage.simulation.patient_file import Patient
from voice_triage.simulation.world import Acoustics, World
from voice_triage.sound.audio import AudioClip, mix, resample, silence
from voice_triage.sound.wav_source import RepliesSource
from voice_triage.speaking.silent import SilentVoice
from voice_triage.values import FindingId, Level, Reply

ASSISTANT_WPM = DEFAULT_RATE_WPM
PERSON_WPM = 150
"""Words a minute, for the time that a session takes aloud."""


def _reply(answers: Answers, request: ListenRequest) -> str | None:
    return answers.reply(
        request.question,
        request.findings,
        open_mode=request.patient_pause,
    )


class TypingEar:
    """The patient's words as text: skips only the recogniser."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def listen(self, request: ListenRequest) -> Hearing:
        words = _reply(self._answers, request)
        if words is None:
            return NoInput(request.no_input_seconds)
        return Heard(words, len(words.split()) * 0.4, Source.SIMULATED)

    def close(self) -> None: ...


class SpeakingEar:
    """The patient's words as sound, heard by the real recogniser."""

    LEAD_IN_S = 0.3
    """NoInput before each answer, as people need to draw breath; also shows the room's noise."""
    TAIL_S = 1.5
    """The noise of the room goes on after the words, while the ear waits for more of them."""

    def __init__(
        self,
        answers: Answers,
        acoustics: Acoustics,
        model: VoskModel,
        is_danger: Callable[[str], bool],
    ) -> None:
        self._answers = answers
        self._acoustics = acoustics
        self._random = random.Random(acoustics.seed)
        self._request: ListenRequest | None = None
        source = RepliesSource(self._next_reply)
        self._ear = VoskEar(source, model, is_danger=is_danger)

    def listen(self, request: ListenRequest) -> Hearing:
        self._request = request
        return self._ear.listen(request)

    def _next_reply(self) -> AudioClip | None:
        request, acoustics = self._request, self._acoustics
        if request is None:
            return None
        words = _reply(self._answers, request)
        if words is None:
            return silence(request.no_input_seconds + 1.0, 16_000)
        clip = acoustics.render(words)
        lead, tail = (silence(s, clip.rate) for s in (self.LEAD_IN_S, self.TAIL_S))
        clip = AudioClip(lead.pcm + clip.pcm + tail.pcm, clip.rate)
        if acoustics.snr_db is not None and acoustics.noises:
            noise = _at_rate(self._random.choice(acoustics.noises), clip.rate)
            clip = mix(clip, noise, acoustics.snr_db, seed=self._random.randrange(2**31))
        if acoustics.play is not None:
            acoustics.play(clip)
        return clip

    def close(self) -> None:
        self._ear.close()


@cache
def _at_rate(noise: AudioClip, rate: int) -> AudioClip:
    """Resampled once, not with every answer: that would cost more than recognising it."""
    return resample(noise, rate)


@dataclass(frozen=True, slots=True)
class Simulated:
    """How a session with one patient went."""

    patient: Patient
    level: Level | None
    questions: int
    """Different questions that were asked."""
    prompts: int
    """All that was asked, every time (``ask`` events)."""
    aloud: float
    """Seconds that the session takes aloud: what the assistant says at 155 words a minute, its
    usual rate, and what the person says at 150, about the rate of unhurried talk. Pauses are left
    out."""
    seconds: float
    """Time that the session took on this machine, without playing any speech."""
    events: tuple[Mapping[str, object], ...] = field(repr=False, default=())

    @property
    def passed(self) -> bool:
        return self.level is self.patient.expect


def simulate(
    world: World,
    patient: Patient,
    screen: Screen,
    *,
    journal: Journal | None = None,
    voice: Voice | None = None,
    story: bool = False,
) -> Simulated:
    """One whole session with ``patient``; spoken if the world has acoustics and a model."""

    def stated_in(words: str) -> set[FindingId]:
        heard = world.language.interpreter.interpret(words, None)
        stated = {f for f, value in heard.findings.items() if value is Reply.YES}
        return stated.union(heard.danger)

    answers = Answers(patient, world.language.dialog, world.language.words.plain, stated_in)
    ear: Ear
    if world.acoustics is not None and world.model is not None:
        is_danger = world.language.interpreter.is_danger
        ear = SpeakingEar(answers, world.acoustics, world.model, is_danger)
    else:
        ear = TypingEar(answers)
    kept = Kept()
    language = world.language
    conversation = Conversation(language.dialog, language.interpreter, world.region, story=story)
    counted = _Counted(voice or SilentVoice())
    session = Session(
        conversation, world.language.words, ear, counted, screen, _Both(kept, journal)
    )
    began = time.perf_counter()
    level = session.run()
    ear.close()
    seconds = time.perf_counter() - began
    return Simulated(
        patient,
        level,
        questions=answers.questions,
        prompts=sum(event["event"] == "ask" for event in kept.events),
        aloud=60 * (counted.words / ASSISTANT_WPM + answers.words / PERSON_WPM),
        seconds=seconds,
        events=tuple(kept.events),
    )


class _Counted:
    """A voice whose words are counted."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self.words = 0

    def say(self, sentences: Sequence[str], *, cue: bool = False, alarm: bool = False) -> None:
        self.words += sum(len(sentence.split()) for sentence in sentences)
        self._voice.say(sentences, cue=cue, alarm=alarm)

    def set_rate(self, words_per_minute: int) -> None:
        self._voice.set_rate(words_per_minute)

    def close(self) -> None:
        self._voice.close()


class _Both:
    """Records in two journals."""

    def __init__(self, first: Journal, second: Journal | None) -> None:
        self._journals = [first] if second is None else [first, second]

    def record(self, event: Mapping[str, object]) -> None:
        for journal in self._journals:
            journal.record(event)
