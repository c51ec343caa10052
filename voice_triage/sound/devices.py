"""The sound devices of this machine: the table of them, and finding one by a part of its name.

Importing sounddevice opens PortAudio (0.12 s), so it is imported on first use; every module that
touches the library gets it from ``portaudio`` here, with the errors translated once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any

from voice_triage.errors import AudioDeviceError

log = logging.getLogger(__name__)

LOWEST_MICROPHONE_RATE_HZ = 16000
"""Bluetooth headsets at 8 kHz come out as wrong words, without an error; so they are refused."""
_LOOK_AGAIN_S = 5.0
"""How often a device that was named and is absent is looked for."""
HOW_TO_LIST = "List the devices with: voice-triage devices"


class Direction(Enum):
    """What a device is used for, and how error messages call it."""

    INPUT = "microphone"
    OUTPUT = "loudspeaker"


@dataclass(frozen=True, slots=True)
class Device:
    """One sound device; never remember its number, it changes when something is plugged in."""

    name: str
    inputs: int
    """Number of channels it can record."""
    outputs: int
    rate: int
    """Sampling rate that the device prefers, in hertz."""
    host: str
    """Sound system, such as ALSA."""
    default_input: bool = False
    default_output: bool = False

    def serves(self, direction: Direction) -> bool:
        return (self.inputs if direction is Direction.INPUT else self.outputs) > 0

    def is_default(self, direction: Direction) -> bool:
        return self.default_input if direction is Direction.INPUT else self.default_output


def portaudio() -> Any:
    """The sounddevice library."""
    try:
        import sounddevice
    except (ImportError, OSError) as error:  # OSError: PortAudio itself is missing
        raise AudioDeviceError(
            f"Sound is not available ({error}). Install PortAudio (apt install libportaudio2) and "
            "run scripts/setup, or use: voice-triage run --input keyboard --output silent"
        ) from error
    return sounddevice


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn errors of PortAudio within into AudioDeviceError: ``what`` could not be done."""
    library = portaudio()
    try:
        yield
    except (library.PortAudioError, ValueError) as error:
        raise AudioDeviceError(f"{what}: {error}. {HOW_TO_LIST}") from error


def devices() -> tuple[Device, ...]:
    """Every device, in the order of the library."""
    library = portaudio()
    with translated("The sound devices cannot be listed"):
        hosts = library.query_hostapis()
        default_input, default_output = library.default.device
        return tuple(
            Device(
                name=str(row["name"]),
                inputs=int(row["max_input_channels"]),
                outputs=int(row["max_output_channels"]),
                rate=int(row["default_samplerate"]),
                host=str(hosts[row["hostapi"]]["name"]),
                default_input=number == default_input,
                default_output=number == default_output,
            )
            for number, row in enumerate(library.query_devices())
        )


def choose(table: tuple[Device, ...], direction: Direction, name: str | None) -> int:
    """Number of the device whose name contains ``name``; without a name, of the default one.

    A sound server (pulse, pipewire, default) is preferred to bare hardware with the same name.
    """
    able = [n for n, device in enumerate(table) if device.serves(direction)]
    what = direction.value
    if not able:
        raise AudioDeviceError(
            f"No {what} was found. Plug one in and start again. "
            "Without one: voice-triage run --input keyboard --output silent"
        )
    if name is None:
        usual = [n for n in able if table[n].is_default(direction)]
        return (usual or able)[0]
    exact = [n for n in able if table[n].name.lower() == name.lower()]
    partly = [n for n in able if name.lower() in table[n].name.lower()]
    if not partly:
        names = ", ".join(repr(table[n].name) for n in able)
        raise AudioDeviceError(f"No {what} is called {name!r}. There are: {names}.")
    return (exact or sorted(partly, key=lambda n: table[n].name.startswith("hw:")))[0]


class Finder:
    """Finds one device again and again, by a part of its name; the default while it is absent."""

    def __init__(self, direction: Direction, name: str | None = None) -> None:
        self._direction = direction
        self._name = name
        self._missed_at: float | None = None

    def find(self) -> tuple[int, Device]:
        """Its number now, and what it is. Raises AudioDeviceError if there is none at all.

        Call between turns: looking for a device that was absent ends all that is open.
        """
        if self._missed_at is not None and time.monotonic() - self._missed_at > _LOOK_AGAIN_S:
            refresh()
        table = devices()
        try:
            number = choose(table, self._direction, self._name)
            self._missed_at = None
        except AudioDeviceError as error:
            number = choose(table, self._direction, None)
            if self._missed_at is None:
                log.warning("%s Using %r until it is there.", error, table[number].name)
            self._missed_at = time.monotonic()
        return number, table[number]


def refresh() -> None:
    """See devices plugged in since the start. Kills every open stream: only between turns."""
    library = portaudio()
    with translated("The sound system cannot be restarted"):
        library._terminate()
        library._initialize()
