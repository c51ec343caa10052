"""The microphone as a source of sound, open only while somebody is being listened to."""

from __future__ import annotations

import logging
import queue
import time
from dataclasses import dataclass
from typing import Any

from voice_triage.errors import AudioDeviceError, MutedError
from voice_triage.ports import Source
from voice_triage.sound.audio import SAMPLE_BYTES, AudioClip
from voice_triage.sound.devices import (
    HOW_TO_LIST,
    LOWEST_MICROPHONE_RATE_HZ,
    Device,
    Direction,
    Finder,
    portaudio,
    translated,
)
from voice_triage.sound.server import behind, is_missing
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
DEAD_S = 3.0
"""Exact zeros for so long: a live microphone always hears something, if only itself."""
_EXCUSED_S = 600.0
"""Who was heard before may have a microphone that cuts off all that is soft: mentioned once."""
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
    """Records from the device whose name contains ``name`` (None: the default), at its own rate.

    Nothing is tried twice here: an error ends the turn, and whoever listens decides.
    """

    kind = Source.MIC

    def __init__(self, name: str | None = None) -> None:
        self._finder = Finder(Direction.INPUT, name)
        self._inbox = _Inbox(queue.Queue())
        self._sounded = False
        self._excused_until = 0.0

    @property
    def device(self) -> Device:
        """The one in use. Raises AudioDeviceError if there is none or it is too poor."""
        device = self._finder.find()[1]
        self._check(device)
        return device

    def _check(self, device: Device) -> None:
        if device.rate < LOWEST_MICROPHONE_RATE_HZ:
            raise AudioDeviceError(
                f"The microphone {device.name!r} delivers {device.rate} Hz; "
                f"{LOWEST_MICROPHONE_RATE_HZ} Hz is the least that can be understood. "
                "Use a wired or USB microphone (Bluetooth headsets are too poor)."
            )
        if is_missing(behind(device, Direction.INPUT)):
            raise AudioDeviceError(
                "No microphone was found: the sound server would record the loudspeaker instead. "
                f"Plug one in. {HOW_TO_LIST}"
            )

    @property
    def reliable(self) -> bool:
        return self._inbox.lost == 0

    def turn(self) -> Chunks:
        """Chunks as they are recorded. Raises AudioDeviceError when the device falls silent, and
        MutedError when it has nothing but zeros to tell."""
        number, device = self._finder.find()
        self._inbox = _Inbox(queue.Queue(_WAITING_CHUNKS))
        stream = self._open(number, device)
        try:
            self._check(device)  # while the first sound arrives, which is thrown away
            patience, zeros_s = WAKING_S, 0.0
            skip = round(TAIL_S * device.rate) * SAMPLE_BYTES
            while True:
                try:
                    pcm = self._inbox.chunks.get(timeout=patience)
                except queue.Empty:
                    raise AudioDeviceError(
                        f"The microphone {device.name!r} stopped working. Check its plug, or "
                        "answer by keyboard: voice-triage run --input keyboard"
                    ) from None
                patience = SILENT_CALLBACK_S
                zeros_s = 0.0 if any(pcm) else zeros_s + len(pcm) / SAMPLE_BYTES / device.rate
                self._sounded = self._sounded or not zeros_s
                if zeros_s >= DEAD_S:
                    self._complain_of_zeros(device)
                    zeros_s = 0.0
                skipped, skip = pcm[skip:], max(0, skip - len(pcm))
                if skipped:
                    yield AudioClip(skipped, device.rate)
        finally:
            _discard(stream)

    def close(self) -> None:
        """Nothing is open between turns."""

    def _complain_of_zeros(self, device: Device) -> None:
        self._check(device)  # unplugged meanwhile: the server records the loudspeaker instead
        now = time.monotonic()
        if self._sounded and now < self._excused_until:
            return
        self._excused_until = now + _EXCUSED_S
        raise MutedError(
            f"The microphone {device.name!r} delivers nothing but zeros: it is muted or switched "
            "off. Check its switch and the recording volume."
        )

    def _open(self, number: int, device: Device) -> Any:
        with translated(f"The microphone {device.name!r} cannot be opened"):
            stream = portaudio().RawInputStream(
                samplerate=device.rate,
                blocksize=round(CHUNK_S * device.rate),
                device=number,
                channels=1,
                dtype="int16",
                latency=_LATENCY_S,
                callback=self._inbox.receive,
            )
            stream.start()
        return stream


def _discard(stream: Any) -> None:
    """Close without waiting for sound that nobody wants any more."""
    library = portaudio()
    try:
        stream.abort()
        stream.close()
    except library.PortAudioError as error:
        log.debug("closing the microphone: %s", error)
