"""The ear of a live session: microphone, keyboard or file, made ready while the voice is."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voice_triage.app.guard.steadfast import PATIENCE_S, SteadfastEar
from voice_triage.app.keyboard import EarOrKeys, KeyboardEar, SourceOrKeys, TypedLines
from voice_triage.app.screen.standard import ClosedInput
from voice_triage.app.settings import SessionSettings
from voice_triage.app.standby import start_phrases
from voice_triage.app.wiring import Language
from voice_triage.errors import InternalError, UnavailableError
from voice_triage.hearing.model_store import LocatedModel, locate
from voice_triage.ports import Ear, Hearing, ListenRequest
from voice_triage.sound.source import SoundSource

if TYPE_CHECKING:
    from voice_triage.sound.microphone import Microphone

_LOADING_S = 30.0
"""For the model: 0.1 s, on a small computer with a slow card 3 s."""
_LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class LiveEar:
    """An ear, and what it has to be told."""

    ear: Ear
    ready: Callable[[], object] = lambda: None
    """Waits until it can hear; raises why it cannot, ModelError above all."""
    cued: Callable[[], None] = lambda: None
    """A prompt has just ended with the cue tone: our own voice may be heard yet, and then it."""


def open_ear(
    settings: SessionSettings,
    language: Language,
    *,
    tell: Callable[[str], None],
    beat: Callable[[], None],
) -> LiveEar:
    """The ear of the settings, to be made ready while the voice is.

    Errors about its files come now, not in mid-session. ``tell``: says the dialog's text of a key.
    ``beat``: called while something is waited for.
    """
    if settings.input == "keyboard":
        return LiveEar(_keyboard(settings))
    located = locate(settings.model, language.dialog.language)
    if settings.input != "mic":
        from voice_triage.sound.audio import read_wav
        from voice_triage.sound.wav_source import WavSource

        clip = read_wav(Path(settings.input))
        loading = LoadingEar(WavSource(clip), located, language, settings, beat)
        return LiveEar(loading, loading.ready)
    from voice_triage.app.guard.watched import WatchedSource
    from voice_triage.sound.echo import EchoGuard
    from voice_triage.sound.microphone import Microphone

    microphone, typed = Microphone(settings.microphone), TypedLines(sys.stdin)
    guarded = EchoGuard(WatchedSource(microphone, beat))
    source = SourceOrKeys(guarded, typed)
    loading = LoadingEar(source, located, language, settings, beat)
    ear = SteadfastEar(
        loading,
        probe=lambda: probe(microphone),
        tell=tell,
        instead=(lambda: _keyboard(settings)) if sys.stdin and sys.stdin.isatty() else None,
        beat=beat,
        typed=typed.look,
        patience_s=float("inf") if settings.standby else PATIENCE_S,
    )
    return LiveEar(EarOrKeys(ear, typed), loading.ready, guarded.expect)


def probe(microphone: Microphone) -> None:
    """Raise AudioDeviceError unless the microphone is there and delivers sound."""
    from voice_triage.sound.devices import refresh

    refresh()
    with closing(microphone.turn()) as chunks:
        next(chunks)


def _keyboard(settings: SessionSettings) -> Ear:
    if isinstance(sys.stdin, ClosedInput):
        raise UnavailableError(
            "Standard input is closed, so nothing can be typed. Start it in a terminal, or answer "
            "by microphone: --input mic"
        )
    prompt = sys.stderr if sys.stdin.isatty() and not settings.json else None
    return KeyboardEar(sys.stdin, prompt)


class LoadingEar:
    """A VoskEar whose model is verified and loaded while the voice is made ready."""

    def __init__(
        self,
        source: SoundSource,
        model: LocatedModel,
        language: Language,
        settings: SessionSettings,
        beat: Callable[[], None],
    ) -> None:
        self._source = source
        self._beat = beat
        self._ear: Ear | None = None
        self._error: Exception | None = None
        self._loader = threading.Thread(
            target=self._load, args=(model, language, settings), daemon=True
        )
        self._loader.start()

    def _load(self, model: LocatedModel, language: Language, settings: SessionSettings) -> None:
        from voice_triage.hearing.grammar import check_start_phrases
        from voice_triage.hearing.model_store import verify
        from voice_triage.hearing.vosk_ear import VoskEar
        from voice_triage.hearing.vosk_model import Pause, VoskModel

        try:
            verify(model)  # a damaged file gives wrong words, without an error
            loaded = VoskModel(model)
            if settings.standby:
                wakes = start_phrases(language.dialog, settings.wake)
                check_start_phrases(wakes, loaded.known)
            if settings.story:
                loaded.load(Pause.STORY)
            self._ear = VoskEar(self._source, loaded, is_danger=language.interpreter.is_danger)
        except Exception as error:  # handed over to the thread that listens
            self._error = error

    def ready(self) -> Ear:
        """The ear when it is loaded; raises what went wrong, ModelError above all."""
        deadline = time.monotonic() + _LOADING_S
        while self._loader.is_alive() and time.monotonic() < deadline:
            self._beat()
            self._loader.join(_LOOK_S)
        if self._error is not None:
            raise self._error
        if self._ear is None:
            raise InternalError("the speech model could not be loaded in time")
        return self._ear

    def listen(self, request: ListenRequest) -> Hearing:
        return self.ready().listen(request)

    def close(self) -> None:
        self._source.close()
