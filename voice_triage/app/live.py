"""A live session: builds ear, voice, screen and journal from the settings, and talks."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

from voice_triage.app.journal import JsonLines, NoJournal
from voice_triage.app.keyboard import KeyboardEar, KeySource, KeyWatch
from voice_triage.app.screen.large import LargePrintScreen
from voice_triage.app.screen.plain import NoScreen, PlainScreen
from voice_triage.app.session import Session
from voice_triage.app.settings import SessionSettings, choose_region
from voice_triage.app.standby import Calls, Standby, start_phrases
from voice_triage.app.wiring import Language, open_player, open_voice
from voice_triage.content.sentences import sentences
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.state import State
from voice_triage.errors import AudioDeviceError, InternalError, SynthesisError
from voice_triage.hearing.grammar import check_start_phrases
from voice_triage.hearing.model_store import LocatedModel, locate
from voice_triage.ports import Ear, Hearing, Journal, KeyPress, ListenRequest, Screen, Voice
from voice_triage.sound.source import SoundSource
from voice_triage.values import Level

log = logging.getLogger(__name__)


def talk(settings: SessionSettings, *, restarted: bool = False) -> Level | None:
    """One session, or with ``standby`` one after the other; the level of the last outcome."""
    language = Language.load(settings.dialog)
    region = choose_region(language.dialog, settings.region)
    screen = _screen(settings)
    journal: Journal = JsonLines(sys.stdout) if settings.json else NoJournal()

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
        standby = _standby(settings, language, lambda key: _tell(texts.text(key), voice, screen))
        phrase = start_phrases(language.dialog, settings.wake)[0]
        level: Level | None = None
        while True:
            first_words = None
            if settings.standby:
                _tell(texts.text("standby", phrase=phrase), voice, screen)
                call = standby.wait(ear)
                if call is None:
                    return level
                first_words = call.first_words
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
    return LargePrintScreen(sys.stdout) if settings.large_print else PlainScreen(sys.stdout)


def _tell(text: str, voice: Voice, screen: Screen) -> None:
    screen.show(text, speaker="assistant")
    voice.say(sentences(text))


def _standby(settings: SessionSettings, language: Language, tell: Callable[[str], None]) -> Standby:
    phrases = start_phrases(language.dialog, settings.wake)
    calls = Calls(phrases, language.words, language.interpreter)
    answers = language.words.short_answers
    return Standby(calls, phrases, answers, ask=lambda: tell("did_you_call"))


def _ear(settings: SessionSettings, language: Language) -> Ear:
    """The ear of the settings; errors about its files or devices come now, not in mid-session."""
    if settings.input == "keyboard":
        prompt = sys.stderr if sys.stdin.isatty() and not settings.json else None
        return KeyboardEar(sys.stdin, prompt)
    wakes = start_phrases(language.dialog, settings.wake) if settings.standby else ()
    if settings.input == "mic":
        from voice_triage.sound.microphone import Microphone

        keys = KeyWatch(sys.stdin)
        source = KeySource(Microphone(settings.microphone), keys)
        return KeyEar(_LoadingEar(source, locate(settings.model), language, wakes), keys)
    from voice_triage.sound.audio import read_wav
    from voice_triage.sound.wav_source import WavSource

    clip = read_wav(Path(settings.input))
    return _LoadingEar(WavSource(clip), locate(settings.model), language, wakes)


class _LoadingEar:
    """A VoskEar whose model loads in the background while the first prompt is spoken."""

    def __init__(
        self,
        source: SoundSource,
        model: LocatedModel,
        language: Language,
        wakes: Sequence[str] = (),
    ) -> None:
        """``wakes``: phrases that the model must know; waits for it, UsageError if it does not."""
        self._source = source
        self._ear: Ear | None = None
        self._error: Exception | None = None
        self._wakes = wakes
        self._loader = threading.Thread(target=self._load, args=(model, language), daemon=True)
        self._loader.start()
        if wakes:
            self._loaded()

    def _load(self, model: LocatedModel, language: Language) -> None:
        from voice_triage.hearing.vosk_ear import VoskEar
        from voice_triage.hearing.vosk_model import VoskModel

        try:
            loaded = VoskModel(model)
            check_start_phrases(self._wakes, loaded.known)
            self._ear = VoskEar(
                self._source,
                loaded,
                is_danger=language.interpreter.is_danger,
            )
        except Exception as error:  # handed over to the thread that listens
            self._error = error

    def listen(self, request: ListenRequest) -> Hearing:
        return self._loaded().listen(request)

    def _loaded(self) -> Ear:
        self._loader.join()
        if self._error is not None:
            raise self._error
        if self._ear is None:
            raise InternalError("the ear was not made")
        return self._ear

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
        except (AudioDeviceError, SynthesisError) as error:
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
