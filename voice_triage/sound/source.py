"""Where sound comes from, turn by turn: the microphone, a WAV file, a simulated patient."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

from voice_triage.ports import Source
from voice_triage.sound.audio import AudioClip

CHUNK_S = 0.1
"""Length of one chunk in seconds: fine enough to end a turn in time, coarse enough to be cheap."""

Chunks = Generator[AudioClip, None, None]
"""The sound of one turn. Closing the generator closes the ear; it runs dry only when the
input is over for good."""


class SoundSource(Protocol):
    """Delivers sound only while a turn is open."""

    @property
    def kind(self) -> Source: ...

    @property
    def reliable(self) -> bool:
        """False when sound was lost since the turn began, so that its words cannot be trusted."""

    def turn(self) -> Chunks:
        """Open the ear; raises AudioDeviceError while iterating if the device fails."""

    def close(self) -> None: ...
