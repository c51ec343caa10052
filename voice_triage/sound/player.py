"""Where speech goes to: a loudspeaker, a WAV file, or nowhere."""

from __future__ import annotations

import logging
import threading
import time
import wave
from collections.abc import Iterable
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from voice_triage.errors import AudioDeviceError, AudioFileError
from voice_triage.sound.audio import SAMPLE_BYTES, AudioClip, resample, silence
from voice_triage.sound.devices import (
    HOW_TO_LIST,
    Device,
    Direction,
    Finder,
    portaudio,
    translated,
)
from voice_triage.sound.recording import recordable
from voice_triage.sound.server import behind, is_missing

log = logging.getLogger(__name__)

LEAD_IN_S = 0.3
"""NoInput before each text: HDMI and codecs wake up slowly and would cut off “Call” of “Call an
ambulance”."""
_STUCK_S = 3.0
"""A device that takes no sound for this long never will; waking up takes 2 s at worst. Less than
the heartbeat that the session owes (`app.guard.supervisor`)."""
_POLL_S = 0.005
"""How often a full device is asked for room, and so how soon ``abort`` is heeded."""


class Player(Protocol):
    """Lets clips be heard one after the other; returns at the end of the last, or once aborted."""

    def play(self, clips: Iterable[AudioClip]) -> None:
        """All clips have the rate of the first; each is asked for while the one before sounds."""

    def abort(self) -> None:
        """Fall silent at once; may be called from another thread."""

    def close(self) -> None: ...


class Loudspeaker:
    """Plays on the device whose name contains ``name`` (None: the default).

    Nothing is tried twice here: an error ends the playing, and whoever speaks decides.
    """

    def __init__(self, name: str | None = None) -> None:
        self._finder = Finder(Direction.OUTPUT, name)
        self._aborted = threading.Event()
        self._sink = ""

    @property
    def device(self) -> Device:
        """The one in use. Raises AudioDeviceError if there is none."""
        device = self._finder.find()[1]
        self._check(device)
        return device

    def play(self, clips: Iterable[AudioClip]) -> None:
        """Raises AudioDeviceError where it cannot be heard, also if that shows only at the end."""
        self._aborted.clear()
        rest = iter(clips)
        first = next(rest, None)
        if first is None:
            return
        number, device = self._finder.find()
        with (
            translated(f"The loudspeaker {device.name!r} does not work"),
            closing(self._opened(number, device, first.rate)) as stream,
        ):
            rate = int(stream.samplerate)
            for clip in chain([silence(LEAD_IN_S, rate), first], rest):
                if not self._write(resample(clip, rate).pcm, stream, device):
                    stream.abort()
                    return
            stream.stop()  # waits until what was written has been heard
        self._check(device)

    def _opened(self, number: int, device: Device, rate: int) -> Any:
        """A stream at ``rate``, or at the device's own rate if bare hardware refuses ours."""
        try:
            portaudio().check_output_settings(number, 1, "int16", samplerate=rate)
        except portaudio().PortAudioError:
            rate = device.rate
        stream = portaudio().RawOutputStream(
            samplerate=rate, device=number, channels=1, dtype="int16"
        )
        stream.start()
        return stream

    def _check(self, device: Device) -> None:
        """Is somebody there to hear it? A sound server plays on to nobody when it is not so."""
        sink = behind(device, Direction.OUTPUT)
        if is_missing(sink):
            raise AudioDeviceError(
                f"The loudspeaker is gone: the sound server plays to nobody. {HOW_TO_LIST}"
            )
        if sink and self._sink and sink != self._sink:
            log.warning("the loudspeaker is now %s; it was %s before", sink, self._sink)
        self._sink = sink or self._sink

    def _write(self, pcm: bytes, stream: Any, device: Device) -> bool:
        """Hand over all of it, as fast as it is played; False when playing was aborted.

        Never more than there is room for: a device that has been suspended would let us wait for
        ever.
        """
        deadline = time.monotonic() + _STUCK_S
        while pcm and not self._aborted.is_set():
            room = stream.write_available * SAMPLE_BYTES
            if room:
                stream.write(pcm[:room])
                pcm = pcm[room:]
                deadline = time.monotonic() + _STUCK_S
            elif time.monotonic() > deadline:
                stream.abort()
                raise AudioDeviceError(
                    f"The loudspeaker {device.name!r} does not play. Check that the sound server "
                    f"is running. {HOW_TO_LIST}"
                )
            else:
                time.sleep(_POLL_S)
        return not pcm

    def abort(self) -> None:
        self._aborted.set()

    def close(self) -> None:
        self.abort()


class WavRecorder:
    """Appends everything to one WAV file, whose header is right after every clip."""

    def __init__(self, path: Path, rate: int = 22050) -> None:
        self._rate = rate
        try:
            self._file = recordable(path).open("wb")
            self._wav = wave.open(self._file, "wb")  # noqa: SIM115 (open as long as the session)
            self._wav.setnchannels(1)
            self._wav.setsampwidth(SAMPLE_BYTES)
            self._wav.setframerate(rate)
            self._append(b"")
        except OSError as error:
            raise AudioFileError(
                f"{path}: cannot be written ({error.strerror or error}). Choose another place."
            ) from error
        self._path = path

    def play(self, clips: Iterable[AudioClip]) -> None:
        try:
            self._append(silence(LEAD_IN_S, self._rate).pcm)
            for clip in clips:
                self._append(resample(clip, self._rate).pcm)
        except OSError as error:
            raise AudioFileError(
                f"{self._path}: cannot be written any further ({error.strerror or error})."
            ) from error

    def _append(self, pcm: bytes) -> None:
        self._wav.writeframes(pcm)  # also corrects the header
        self._file.flush()

    def abort(self) -> None:
        """A file takes no time: there is nothing to interrupt."""

    def close(self) -> None:
        with suppress(OSError):  # a full disk: what could be written has been
            self._wav.close()
        with suppress(OSError):
            self._file.close()


class SilentPlayer:
    """Takes no time and makes no sound; asks for none either, so no synthesiser is needed."""

    def play(self, clips: Iterable[AudioClip]) -> None: ...

    def abort(self) -> None: ...

    def close(self) -> None: ...
