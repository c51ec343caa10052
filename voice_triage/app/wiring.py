"""Puts the parts together: the language with its reader, the loudspeaker, the voice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from voice_triage.app.settings import SessionSettings
from voice_triage.content.dialog import Dialog, Region
from voice_triage.content.library import load_dialog, load_words
from voice_triage.content.sentences import sentences
from voice_triage.content.words import Words
from voice_triage.errors import AudioDeviceError, SynthesisError
from voice_triage.ports import Voice
from voice_triage.understanding.interpreter import Interpreter
from voice_triage.understanding.weights import Weights

if TYPE_CHECKING:  # speech parts are imported where they are made: typing needs none of them
    from voice_triage.sound.player import Player


@dataclass(frozen=True, slots=True)
class Language:
    """A dialog with the words that belong to it."""

    dialog: Dialog
    words: Words
    interpreter: Interpreter

    @classmethod
    def load(cls, dialog_file: Path | None = None, today: date | None = None) -> Language:
        """``today`` (by default the machine's) dates “since Tuesday”.

        Raises DialogError with all problems of a file, ModelError where there is no reader.
        """
        dialog = load_dialog(dialog_file)
        words = load_words(dialog.language)
        weights = Weights.of(dialog)
        return cls(dialog, words, Interpreter(dialog, words, weights, today or date.today()))


def open_player(settings: SessionSettings) -> Player:
    """Where speech goes to; silent, with a notice, where there is no loudspeaker."""
    from voice_triage.sound.player import Loudspeaker, SilentPlayer, WavRecorder

    if settings.output == "silent":
        return SilentPlayer()
    if settings.output != "speaker":
        return WavRecorder(Path(settings.output))
    loudspeaker = Loudspeaker(settings.speaker)
    if settings.standby and settings.input == "mic":
        return loudspeaker  # it may be switched on or plugged in at any time
    try:
        _ = loudspeaker.device
        return loudspeaker
    except AudioDeviceError as error:
        print(f"voice-triage: {error}", file=sys.stderr)
        print("voice-triage: going on without sound; please read the screen.", file=sys.stderr)
        return SilentPlayer()


def _voice_name(language: str, region: Region) -> str:
    """A voice of the language: espeak-ng names them so. Of English in the accent that people of the
    region are used to."""
    if language != "en":
        return language
    return "en-us" if region.id in ("US", "CA", "en-US") else "en-gb"


@contextmanager
def open_voice(
    player: Player,
    settings: SessionSettings,
    dialog: Dialog,
    region: Region,
    first_words: str,
    beat: Callable[[], None] = lambda: None,
    *,
    steadfast: bool = False,
) -> Iterator[Voice]:
    """A voice on ``player``. Raises SynthesisError now, not in mid-session, if there is none, or
    goes on with what is recorded if it is to be ``steadfast``.

    ``first_words`` are made ready at once, which is also the proof that synthesis works.
    ``beat`` is called again and again while speech is being made.
    """
    from voice_triage.app.guard.watched import WatchedPlayer
    from voice_triage.sound.player import SilentPlayer
    from voice_triage.speaking.renderer import SpeechRenderer
    from voice_triage.speaking.silent import SilentVoice
    from voice_triage.speaking.voice import SpeakingVoice

    if isinstance(player, SilentPlayer):
        yield SilentVoice()
        return
    renderer = SpeechRenderer(_voice_name(dialog.language, region), waiting=beat)
    try:
        number = region.emergency_number
        watched = WatchedPlayer(player, beat)
        voice = SpeakingVoice(renderer, watched, emergency_number=number, rate=settings.rate_wpm)
        try:
            voice.make_ready(sentences(first_words))
        except SynthesisError:
            if not steadfast:
                raise
        yield voice
        voice.close()
    finally:
        renderer.close()
