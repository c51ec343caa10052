"""An ear and a voice that bear with devices that come and go, and never fail in silence.

Sound servers are restarted, plugs are pulled, and come back. What is going on is tried again for a
while with the conversation kept; then it is said on whatever still works.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from voice_triage.errors import AudioDeviceError, AudioFileError, MutedError, SynthesisError
from voice_triage.ports import Ear, Hearing, ListenRequest, Resumed, Voice

PATIENCE_S = 60.0
"""For so long a device that went away is tried again before something else is done."""
TELL_S = 4.0
"""A restart of the sound server takes 1 to 3 s: nothing need be said of it."""
_PAUSE_S = 0.5
_TOLD_AGAIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as it passes; tests bring their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class SteadfastEar:
    """Goes on listening when the microphone is back, or by other means; says when it is deaf."""

    def __init__(
        self,
        ear: Ear,
        *,
        probe: Callable[[], None],
        tell: Callable[[str], None],
        instead: Callable[[], Ear] | None,
        beat: Callable[[], None],
        typed: Callable[[], bool] = lambda: False,
        patience_s: float = PATIENCE_S,
        clock: Clock = Clock(),
    ) -> None:
        """``probe``: raises AudioDeviceError unless the microphone can be opened and delivers.
        ``tell``: says the dialog's text of that key. ``instead``: what hears when ``patience_s``
        is over, until the microphone is back; None: the error is raised then. ``typed``: an answer
        came by other means."""
        self._ear = ear
        self._probe, self._tell, self._instead = probe, tell, instead
        self._beat, self._typed = beat, typed
        self._patience_s, self._clock = patience_s, clock
        self._muted_told_s: float | None = None
        self._other: Ear | None = None
        """What hears instead at the moment."""

    def listen(self, request: ListenRequest) -> Hearing:
        if self._other is not None:
            try:
                self._probe()
            except AudioDeviceError:
                return self._other.listen(request)
            self._other = None
            return Resumed()
        began = self._clock.now()
        while True:
            try:
                return self._ear.listen(request)
            except MutedError as error:
                self._tell_of_zeros(error)
                trouble: AudioDeviceError = error
            except AudioDeviceError as error:
                return self._wait(error)
            if self._clock.now() - began >= self._patience_s:
                return self._give_up(trouble)
            self._beat()

    def close(self) -> None:
        self._ear.close()

    def _tell_of_zeros(self, error: MutedError) -> None:
        now = self._clock.now()
        if self._muted_told_s is None or now - self._muted_told_s >= _TOLD_AGAIN_S:
            _write(str(error))
            self._tell("microphone_muted")
            self._muted_told_s = now

    def _wait(self, trouble: AudioDeviceError) -> Hearing:
        """What was asked meanwhile is asked again: words said in the gap are lost."""
        _write(str(trouble))
        began, told = self._clock.now(), False
        while True:
            self._beat()
            if self._typed():
                return Resumed()
            self._clock.sleep(_PAUSE_S)
            try:
                self._probe()
                return Resumed()
            except MutedError:
                return Resumed()  # it is there, if switched off: listening will say so
            except AudioDeviceError as error:
                trouble = error
            waited = self._clock.now() - began
            if waited >= self._patience_s:
                return self._give_up(trouble)
            if waited >= TELL_S and not told:
                told = True
                self._tell("microphone_lost")

    def _give_up(self, trouble: AudioDeviceError) -> Hearing:
        self._tell("microphone_lost")
        if self._instead is None:
            raise trouble
        self._other = self._instead()
        return Resumed()


class SteadfastVoice:
    """Says it when the loudspeaker is back, or leaves it to the screen, with a bell."""

    def __init__(
        self,
        voice: Voice,
        *,
        again: Callable[[], None],
        beat: Callable[[], None],
        cued: Callable[[], None] = lambda: None,
        clock: Clock = Clock(),
    ) -> None:
        """``again``: looks at the devices anew; may raise AudioDeviceError. ``cued``: called when
        a prompt has ended with its cue tone."""
        self._voice = voice
        self._again, self._beat, self._cued, self._clock = again, beat, cued, clock
        self._lost = False

    def say(self, sentences: Sequence[str], *, cue: bool = False, alarm: bool = False) -> None:
        began, told = self._clock.now(), self._lost
        while True:
            try:
                self._voice.say(sentences, cue=cue, alarm=alarm)
                self._lost = False
                if cue:
                    self._cued()
                return
            except (SynthesisError, AudioFileError) as error:
                self._write_once(error)
                return
            except AudioDeviceError as error:
                if self._lost or self._clock.now() - began >= PATIENCE_S:
                    self._lost = True
                    return
                if not told:
                    told = True
                    _write(f"\a{error}")
            self._beat()
            self._clock.sleep(_PAUSE_S)
            with suppress(AudioDeviceError):
                self._again()

    def _write_once(self, error: Exception) -> None:
        if not self._lost:
            _write(f"\a{error}")
            _write("the voice has failed; please read the screen.")
        self._lost = True

    def set_rate(self, words_per_minute: int) -> None:
        self._voice.set_rate(words_per_minute)

    def close(self) -> None:
        self._voice.close()


def _write(message: str) -> None:
    with suppress(OSError, ValueError):  # standard error may be closed or full
        print(f"voice-triage: {message}", file=sys.stderr, flush=True)
