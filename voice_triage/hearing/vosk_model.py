"""The Vosk model and its recognisers: the only module that touches the vosk library.

Vosk crashes the whole process on a broken or empty grammar, on a grammar change in mid-utterance
and on one recogniser used by two threads. So a recogniser here is made for one stretch of listening
from phrases that were checked beforehand, and it is used by the thread that made it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from voice_triage.errors import InternalError, ModelError
from voice_triage.hearing.endpoint import endpoint_overlay
from voice_triage.hearing.model_store import LocatedModel, check_files
from voice_triage.hearing.recognised import HeardWord
from voice_triage.sound.audio import MINIMUM_RATE_HZ

_QUIET = -3
"""Vosk log level: neither information nor vocabulary warnings; the vocabulary is checked here."""
_COMMON_UNKNOWN_TOKENS = ("[unk]", "<unk>", "<UNK>")


class Pause(Enum):
    """How many seconds of silence end an utterance."""

    ANSWER = 0.7
    STORY = 1.2
    """For a person in pain, telling in their own words."""


class Recogniser:
    """Hears one stretch of sound. Made, fed and finished by one thread, then thrown away."""

    def __init__(self, handle: Any, rate: int) -> None:
        self._handle = handle
        self._rate = rate
        self._thread = threading.get_ident()

    def feed(self, pcm: bytes) -> bool:
        """Take more sound; True when the speaker has come to an end."""
        if threading.get_ident() != self._thread:
            raise InternalError("A recogniser was fed by a second thread; this would crash Vosk.")
        try:
            return bool(self._handle.AcceptWaveform(bytes(pcm)))
        except Exception as error:  # vosk raises bare Exception
            raise ModelError(
                f"The recogniser could not take in sound at {self._rate} Hz ({error}). "
                "Check the model with: voice-triage models verify"
            ) from error

    def partial(self) -> str:
        """A guess at what has been said so far; may be taken back."""
        return str(json.loads(self._handle.PartialResult()).get("partial", ""))

    def words(self) -> tuple[HeardWord, ...]:
        """What was said up to the endpoint that ``feed`` reported."""
        return _words(self._handle.Result())

    def finish(self) -> tuple[HeardWord, ...]:
        """What was said, including sound that is not decoded yet; nothing is left behind."""
        return _words(self._handle.FinalResult())


def _words(answer: str) -> tuple[HeardWord, ...]:
    return tuple(
        HeardWord(str(w["word"]), float(w["start"]), float(w["end"]))
        for w in json.loads(answer).get("result", ())
    )


class VoskModel:
    """A loaded speech model: knows its words, makes recognisers.

    Vosk 0.3.45 reads the silence that ends an utterance from the model's folder, so there is one
    loaded copy per kind of pause. The copy for stories is loaded when it is first needed: about
    17 MB and 0.05 s with the bundled model.
    """

    def __init__(self, model: LocatedModel) -> None:
        check_files(model.folder)
        self.name = model.name
        self._folder = model.folder
        self._vosk = _vosk(_QUIET)
        self._lock = threading.Lock()
        self._loaded: dict[Pause, Any] = {}
        self._unknown = model.unknown_token
        self.load(Pause.ANSWER)

    def load(self, pause: Pause) -> Any:
        """Load the copy for ``pause`` unless it is there; may be called ahead of time."""
        with self._lock:
            if pause not in self._loaded:
                self._loaded[pause] = self._read(pause)
            return self._loaded[pause]

    def _read(self, pause: Pause) -> Any:
        with endpoint_overlay(self._folder, pause.value) as folder:
            try:
                return self._vosk.Model(str(folder))
            except Exception as error:  # vosk raises bare Exception, without a reason
                raise ModelError(
                    f"{self._folder}: the speech model cannot be loaded, though its files are "
                    "there. Check it with: voice-triage models verify"
                ) from error

    def known(self, word: str) -> bool:
        """True when the model can hear ``word`` (lower case)."""
        return bool(self._loaded[Pause.ANSWER].vosk_model_find_word(word) >= 0)

    @cached_property
    def unknown_token(self) -> str:
        """How this model writes a word that it could not make out; empty if it cannot say so."""
        for token in (self._unknown, *_COMMON_UNKNOWN_TOKENS):
            if token and self.known(token):
                return token
        return ""

    def recogniser(self, rate: int, phrases: Sequence[str], pause: Pause) -> Recogniser:
        """A fresh recogniser for sound at ``rate`` hertz; no phrases: any words.

        Costs 0.4 ms. The phrases must come from ``grammar.build_grammar``.
        """
        if rate < MINIMUM_RATE_HZ:
            raise InternalError(f"Sound at {rate} Hz reached the recogniser; it would mishear it.")
        model = self.load(pause)
        words = set(" ".join(phrases).split())
        unknown = [word for word in words if not self.known(word)]
        if unknown or (phrases and not words):
            raise InternalError(f"Unchecked phrases reached the recogniser: {unknown[:5]}")
        try:
            if phrases:
                grammar = json.dumps(phrases, ensure_ascii=False)
                handle = self._vosk.KaldiRecognizer(model, rate, grammar)
            else:
                handle = self._vosk.KaldiRecognizer(model, rate)
        except Exception as error:  # vosk raises bare Exception, without a reason
            raise ModelError(
                f"{self._folder}: the model gives no recogniser ({error}). "
                "Check it with: voice-triage models verify"
            ) from error
        handle.SetWords(True)  # for their times; their confidence does not tell right from wrong
        return Recogniser(handle, rate)


def _vosk(log_level: int) -> Any:
    try:
        import vosk
    except (ImportError, OSError) as error:
        raise ModelError(
            f"Speech recognition is not installed ({error}). Run scripts/setup, "
            "or answer by keyboard: voice-triage run --input keyboard"
        ) from error
    vosk.SetLogLevel(log_level)
    return vosk


def load_model(folder: Path, name: str = "") -> VoskModel:
    """The model in ``folder``, for tools and tests that have no registry."""
    return VoskModel(LocatedModel(name or folder.name, folder))
