"""A live session: builds ear, voice, screen and journal from the settings, and talks."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from typing import TextIO

from voice_triage.app.journal import JsonLines, NoJournal
from voice_triage.app.keyboard import KeyboardEar, KeySource, KeyWatch
from voice_triage.app.screen.large import LargePrintScreen
from voice_triage.app.screen.lasting import lasting
from voice_triage.app.screen.plain import NoScreen, PlainScreen
from voice_triage.app.screen.standard import ClosedInput
from voice_triage.app.session import Session
from voice_triage.app.settings import SessionSettings, choose_region
from voice_triage.app.wiring import Language, open_player, open_voice
from voice_triage.content.sentences import sentences
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.state import State
from voice_triage.errors import (
    AudioDeviceError,
    AudioFileError,
    InternalError,
    SynthesisError,
    UnavailableError,
)
from voice_triage.hearing.model_store import LocatedModel, locate
from voice_triage.ports import Ear, Heard, Hearing, Journal, KeyPress, ListenRequest, Screen, Voice
from voice_triage.sound.source import SoundSource
from voice_triage.values import Command, Level

log = logging.getLogger(__name__)

_STANDBY_SECONDS = 60.0
"""Length of one listening turn while nobody is there; then the next one begins."""


def talk(settings: SessionSettings, *, restarted: bool = False) -> Level | None:
    """One session, or with ``standby`` one after the other; the level of the last outcome."""
    language = Language.load(settings.dialog)
    origin = settings.origin("region")
    region = choose_region(language.dialog, settings.region, origin=origin)
    screen = _screen(settings)
    journal: Journal = JsonLines(_output()) if settings.json else NoJournal()

    def conversation() -> Conversation:
        # “Slower” is slower than what the person chose, not than the default.
        state = State(rate_wpm=settings.rate_wpm)
        interpreter = language.interpreter.on(date.today())
        return Conversation(language.dialog, interpreter, region, state=state, story=settings.story)

    texts = conversation().wording
    with ExitStack() as stack:
        ear = _ear(settings, language)
        stack.callback(ear.close)
        player = stack.enter_context(closing(open_player(settings)))
        greeting = texts.text("opening_emergency")
        voice: Voice = stack.enter_context(open_voice(player, settings, region, greeting))
        voice = _NeverMute(voice)
        if settings.input == "mic":
            ear = _NeverDeaf(ear, lambda: _tell(texts.text("microphone_lost"), voice, screen))
        if restarted:
            _tell(texts.text("restarted"), voice, screen)
        level: Level | None = None
        while True:
            first_words = None
            if settings.standby:
                _tell(texts.text("standby"), voice, screen)
                try:
                    first_words = _wait_for_help(ear, language)
                except _InputEndedError:
                    return level
            session = Session(
                conversation(),
                language.words,
                ear,
                voice,
                screen,
                journal,
                cue=settings.input == "mic",
            )
            level = session.run(first_words)
            if not settings.standby or session.input_ended:
                return level


def _screen(settings: SessionSettings) -> Screen:
    if settings.json:
        return NoScreen()
    return LargePrintScreen(_output()) if settings.large_print else PlainScreen(_output())


def _output() -> TextIO:
    return lasting(sys.stdout, "standard output")


def _tell(text: str, voice: Voice, screen: Screen) -> None:
    screen.show(text, speaker="assistant")
    voice.say(sentences(text))


def _ear(settings: SessionSettings, language: Language) -> Ear:
    """The ear of the settings; errors about its files or devices come now, not in mid-session."""
    if settings.input == "keyboard":
        if isinstance(sys.stdin, ClosedInput):
            raise UnavailableError(
                "Standard input is closed, so nothing can be typed. Start it in a terminal, or "
                "answer by microphone: --input mic"
            )
        prompt = sys.stderr if sys.stdin.isatty() and not settings.json else None
        return KeyboardEar(sys.stdin, prompt)
    if settings.input == "mic":
        from voice_triage.sound.microphone import Microphone

        keys = KeyWatch(sys.stdin)
        source = KeySource(Microphone(settings.microphone), keys)
        return KeyEar(_LoadingEar(source, locate(settings.model), language), keys)
    from voice_triage.sound.audio import read_wav
    from voice_triage.sound.wav_source import WavSource

    clip = read_wav(Path(settings.input))
    return _LoadingEar(WavSource(clip), locate(settings.model), language)


class _LoadingEar:
    """A VoskEar whose model loads in the background while the first prompt is spoken."""

    def __init__(self, source: SoundSource, model: LocatedModel, language: Language) -> None:
        self._source = source
        self._ear: Ear | None = None
        self._error: Exception | None = None
        self._loader = threading.Thread(target=self._load, args=(model, language), daemon=True)
        self._loader.start()

    def _load(self, model: LocatedModel, language: Language) -> None:
        from voice_triage.hearing.vosk_ear import VoskEar
        from voice_triage.hearing.vosk_model import VoskModel

        try:
            self._ear = VoskEar(
                self._source,
                VoskModel(model),
                is_danger=language.interpreter.is_danger,
            )
        except Exception as error:  # handed over to the thread that listens
            self._error = error

    def listen(self, request: ListenRequest) -> Hearing:
        self._loader.join()
        if self._error is not None:
            raise self._error
        if self._ear is None:
            raise InternalError("the ear was not made")
        return self._ear.listen(request)

    def close(self) -> None:
        self._source.close()


class KeyEar:
    """Another ear, or a key, whichever comes first."""

    def __init__(self, ear: Ear, keys: KeyWatch) -> None:
        self._ear = ear
        self._keys = keys

    def listen(self, request: ListenRequest) -> Hearing:
        self._keys.clear()
        hearing = self._ear.listen(request)
        return KeyPress() if self._keys.seen else hearing

    def close(self) -> None:
        self._ear.close()


class _NeverDeaf:
    """Goes on by keyboard when the microphone is lost, and says so; never pretends to hear."""

    def __init__(self, ear: Ear, announce: Callable[[], None]) -> None:
        self._ear = ear
        self._announce = announce

    def listen(self, request: ListenRequest) -> Hearing:
        try:
            return self._ear.listen(request)
        except AudioDeviceError as error:
            print(f"voice-triage: {error}", file=sys.stderr)
            self._announce()
            if not sys.stdin.isatty():
                raise
            self._ear.close()
            self._ear = KeyboardEar(sys.stdin, sys.stderr)
            return self._ear.listen(request)

    def close(self) -> None:
        self._ear.close()


class _NeverMute:
    """Goes on in writing when the voice fails, and says so, with a bell; never ends a session."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._told = False

    def say(self, sentences: Sequence[str], *, cue: bool = False, alarm: bool = False) -> None:
        try:
            self._voice.say(sentences, cue=cue, alarm=alarm)
        except (AudioDeviceError, AudioFileError, SynthesisError) as error:
            if not self._told:
                print(f"\a\nvoice-triage: {error}", file=sys.stderr)
                print(
                    "voice-triage: the voice has failed; please read the screen.", file=sys.stderr
                )
            self._told = True

    def set_rate(self, words_per_minute: int) -> None:
        self._voice.set_rate(words_per_minute)

    def close(self) -> None:
        self._voice.close()


class _InputEndedError(Exception):
    """Nobody will ever ask for help: the end of the file or of standard input."""


def _wait_for_help(ear: Ear, language: Language) -> str | None:
    """Return when somebody asks for help or presses a key; danger words if it began with them."""
    interpreter = language.interpreter
    request = ListenRequest(no_input_seconds=_STANDBY_SECONDS)
    while True:
        hearing = ear.listen(request)
        if isinstance(hearing, KeyPress):
            return None
        if isinstance(hearing, Heard):
            heard = interpreter.interpret(hearing.text, None)
            if heard.danger or heard.danger_call:
                return hearing.text
            if heard.command in (Command.HELP, Command.START_OVER):
                return None
        elif getattr(hearing, "ended", False):
            raise _InputEndedError
