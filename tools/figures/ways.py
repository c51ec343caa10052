"""The same sound decoded in several ways, each through the gate and the turn of the real ear.

The recogniser adds a little noise of its own, so that one sound in 14 is heard differently from run
to run. What several ways have in common is therefore decoded only once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from tools.training.material import replies
from voice_triage.content.dialog import Question
from voice_triage.content.library import load_dialog, load_words
from voice_triage.hearing.gate import SpeechGate
from voice_triage.hearing.grammar import build_grammar
from voice_triage.hearing.model_store import locate
from voice_triage.hearing.recognised import HeardWord, wording
from voice_triage.hearing.short_answers import ShortAnswers
from voice_triage.hearing.turn import Listener, Turn
from voice_triage.hearing.vosk_model import Pause, VoskModel
from voice_triage.places import data_folder
from voice_triage.ports import Heard, ListenRequest
from voice_triage.sound.audio import AudioClip
from voice_triage.sound.wav_source import WavSource
from voice_triage.understanding.interpreter import Interpreter
from voice_triage.understanding.tokens import BOUNDARIES, Tokeniser
from voice_triage.understanding.weights import Weights
from voice_triage.values import FindingKind, Understanding

WAYS = ("closed", "open", "short list", "no veto", "graver")
LISTED = 200
"""Whole replies in a closed list."""
WRITTEN_ON = date(2026, 11, 24)
"""A reply such as “since Monday” was written for that day."""


class Stretch:
    """One decoding, done once, for all ways that listen to the same words from the same place."""

    def __init__(self, new: Callable[[], Listener]) -> None:
        self._new = new
        self._listener = new()
        self._sound: list[bytes] = []
        self.ends: list[bool] = []
        self.guesses: list[str] = []
        self.words: dict[int, tuple[HeardWord, ...]] = {}
        self._finished: dict[int, tuple[HeardWord, ...]] = {}

    def hear(self, at: int, pcm: bytes) -> None:
        """Chunk number ``at``, unless another way has brought it already."""
        if at < len(self.ends):
            return
        self._sound.append(pcm)
        self.ends.append(self._listener.feed(pcm))
        if self.ends[-1]:
            self.words[at] = self._listener.words()
        self.guesses.append("" if self.ends[-1] else self._listener.partial())

    def finish(self, at: int) -> tuple[HeardWord, ...]:
        """What is left after ``at`` chunks."""
        if at not in self._finished:
            listener = self._listener
            if at < len(self.ends):  # this way ends before another one did
                listener = self._new()
                for pcm in self._sound[:at]:
                    if listener.feed(pcm):
                        listener.words()
            self._finished[at] = listener.finish()
        return self._finished[at]


class Follower:
    """Implements turn.Listener by a stretch."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self._at = 0

    def feed(self, pcm: bytes, /) -> bool:
        self._stretch.hear(self._at, pcm)
        self._at += 1
        return self._stretch.ends[self._at - 1]

    def partial(self) -> str:
        return self._stretch.guesses[self._at - 1] if self._at else ""

    def words(self) -> tuple[HeardWord, ...]:
        return self._stretch.words[self._at - 1]

    def finish(self) -> tuple[HeardWord, ...]:
        return self._stretch.finish(self._at)


class Hearer:
    """The ear with every way of decoding, and the reader behind it."""

    def __init__(self, writers: Sequence[str]) -> None:
        """``writers``: their replies are not in the closed lists."""
        self.dialog = load_dialog()
        self._words = load_words(self.dialog.language)
        weights = Weights.of(self.dialog)
        self._reader = Interpreter(self.dialog, self._words, weights, WRITTEN_ON)
        self._model = VoskModel(locate())
        self._closed = self._closed_lists(writers)
        self._stretches: dict[tuple[tuple[str, ...], int], Stretch] = {}
        self._chunk = 0

    def _closed_lists(self, without: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """For each question what people most often reply; the shorter the sooner."""
        counts: dict[str, Counter[str]] = {}
        tokenise = Tokeniser(self._words)
        for reply in replies(data_folder("dialogs") / "replies", heard=False):
            if reply.writer not in without:
                whole = " ".join(t for t in tokenise(reply.words) if t not in BOUNDARIES)
                counts.setdefault(reply.question, Counter())[whole] += 1
        return {
            question: self._list(
                sorted(said, key=lambda text: (-said[text], len(text.split()), text))[:LISTED]
            )
            for question, said in counts.items()
        }

    def _list(self, phrases: Sequence[str]) -> tuple[str, ...]:
        return build_grammar(phrases, self._model.known, self._model.unknown_token).phrases

    def understood(self, clip: AudioClip, question: Question) -> dict[str, Understanding]:
        """What each way of decoding makes of ``clip`` as a reply; nothing heard says nothing."""
        self._stretches.clear()
        answers = {word for phrase in self._words.short_answers for word in phrase.split()}
        along = partial(self._along, numbers=question.kind is FindingKind.SEVERITY)
        listeners: dict[str, Callable[[], Listener]] = {
            "closed": partial(self._follower, self._closed[question.id]),
            "open": self._follower,
            "short list": partial(along, answers),
            "no veto": partial(along, set()),
        }
        texts = {way: self._hear(clip, listener) for way, listener in listeners.items()}
        read = {way: self._reader.interpret(text, question) for way, text in texts.items()}
        closed, free = texts["closed"], texts["open"]
        others = (closed,) if closed and free else ()
        read["graver"] = self._reader.interpret(free or closed, question, others)
        return read

    def _along(self, answers: set[str], numbers: bool) -> Listener:
        """Open, with the short list; it takes none but ``answers`` away."""
        listed = self._words.number_words() if numbers else ()
        phrases = self._list((*self._words.short_answers, *listed))
        return ShortAnswers(
            self._follower(),
            self._follower(phrases),
            unknown=self._model.unknown_token,
            answers=answers,
            numbers=listed,
        )

    def _follower(self, phrases: tuple[str, ...] = ()) -> Listener:
        key = (phrases, self._chunk)
        if key not in self._stretches:
            rate = self._rate
            new = partial(self._model.recogniser, rate, phrases, Pause.ANSWER)
            self._stretches[key] = Stretch(new)
        return Follower(self._stretches[key])

    def _hear(self, clip: AudioClip, listener: Callable[[], Listener]) -> str:
        source = WavSource(clip)
        self._rate = clip.rate
        turn = Turn(
            ListenRequest(),
            source.kind,
            listener=lambda _rate: listener(),
            gate=SpeechGate(),
            wording=partial(wording, not_words={self._model.unknown_token}),
            is_danger=self._reader.is_danger,
        )
        hearing = None
        for self._chunk, chunk in enumerate(source.turn()):
            hearing = turn.feed(chunk)
            if hearing is not None:
                break
        hearing = hearing or turn.end_of_sound()
        return hearing.text if isinstance(hearing, Heard) else ""
