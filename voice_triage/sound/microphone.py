"""The microphone as a source of sound, open only while somebody is being listened to."""

from __future__ import annotations

import logging
import queue
from dataclasses import dataclass
from typing import Any

from voice_triage.errors import AudioDeviceError
from voice_triage.ports import Source
from voice_triage.sound.audio import SAMPLE_BYTES, AudioClip
from voice_triage.sound.devices import (
    LOWEST_MICROPHONE_RATE_HZ,
    Device,
    Direction,
    choose,
    devices,
    portaudio,
    refresh,
    translated,
)
from voice_triage.sound.source import CHUNK_S, Chunks

log = logging.getLogger(__name__)

_WAITING_CHUNKS = 50
"""The queue holds 5 s: recognition is never that far behind unless the machine is stuck."""
TAIL_S = 0.2
"""Sound thrown away on opening: the echo of our own last word, and the click of a waking device."""
SILENT_CALLBACK_S = 1.0
"""A device that delivers nothing for this long has gone; unplugging is not reported otherwise."""
WAKING_S = 3.0
"""The first sound after opening may take longer: sound servers wake sleeping devices in 2 s."""
_LATENCY_S = 0.2
"""Asked of the sound system: two chunks. Its own idea of safe is up to 2 s on a sound server."""


@dataclass(slots=True)
class _Inbox:
    """Filled by the sound system's own thread, which must neither wait nor fail."""

    chunks: queue.Queue[bytes]
    lost: int = 0

    def receive(self, data: Any, frames: int, time: Any, status: Any) -> None:
        if status.input_overflow:
            self.lost += 1
        try:
            self.chunks.put_nowait(bytes(data))  # the buffer is only valid during this call
        except queue.Full:
            self.lost += 1


class Microphone:
    """Records from the device whose name contains ``name`` (None: the default), at its own rate."""

    kind = Source.MIC

    def __init__(self, name: str | None = None) -> None:
        """Find the device; raises AudioDeviceError if there is none or it is too poor."""
        self._name = name
        self._inbox = _Inbox(queue.Queue())
        self.device = self._find()[1]

    @property
    def reliable(self) -> bool:
        return self._inbox.lost == 0

    def turn(self) -> Chunks:
        """Chunks as they are recorded. A device that falls silent is opened again, once."""
        stream, rate = self._open()
        reopened, patience = False, WAKING_S
        skip = round(TAIL_S * rate) * SAMPLE_BYTES
        try:
            while True:
                try:
                    pcm = self._inbox.chunks.get(timeout=patience)
                except queue.Empty:
                    _discard(stream)
                    stream = None
                    if reopened:
                        raise self._gone() from None
                    stream, rate = self._reopen()
                    reopened, patience = True, WAKING_S
                    continue
                reopened, patience = False, SILENT_CALLBACK_S
                skipped, skip = pcm[skip:], max(0, skip - len(pcm))
                if skipped:
                    yield AudioClip(skipped, rate)
        finally:
            _discard(stream)

    def close(self) -> None:
        """Nothing is open between turns."""

    def _find(self) -> tuple[int, Device]:
        table = devices()
        number = choose(table, Direction.INPUT, self._name)
        device = table[number]
        if device.rate < LOWEST_MICROPHONE_RATE_HZ:
            raise AudioDeviceError(
                f"The microphone {device.name!r} delivers {device.rate} Hz; "
                f"{LOWEST_MICROPHONE_RATE_HZ} Hz is the least that can be understood. "
                "Use a wired or USB microphone (Bluetooth headsets are too poor)."
            )
        return number, device

    def _open(self) -> tuple[Any, int]:
        number, self.device = self._find()
        self._inbox = _Inbox(queue.Queue(_WAITING_CHUNKS))
        with translated(f"The microphone {self.device.name!r} cannot be opened"):
            stream = portaudio().RawInputStream(
                samplerate=self.device.rate,
                blocksize=round(CHUNK_S * self.device.rate),
                device=number,
                channels=1,
                dtype="int16",
                latency=_LATENCY_S,
                callback=self._inbox.receive,
            )
            stream.start()
        return stream, self.device.rate

    def _reopen(self) -> tuple[Any, int]:
        log.warning("the microphone %s stopped delivering; opening it again", self.device.name)
        self._name = self._name or self.device.name
        try:
            refresh()
            opened = self._open()
        except AudioDeviceError as error:
            raise self._gone() from error
        self._inbox.lost += 1  # what was said in the gap is missing
        return opened

    def _gone(self) -> AudioDeviceError:
        return AudioDeviceError(
            f"The microphone {self.device.name!r} stopped working. Check its plug and start "
            "again, or answer by keyboard: voice-triage run --input keyboard"
        )


def _discard(stream: Any) -> None:
    """Close without waiting for sound that nobody wants any more; None is closed already."""
    if stream is None:
        return
    library = portaudio()
    try:
        stream.abort()
        stream.close()
    except library.PortAudioError as error:
        log.debug("closing the microphone: %s", error)
