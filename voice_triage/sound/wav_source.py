"""Recorded sound as a microphone: chunks without waiting, in the order of the recording."""

from __future__ import annotations

from collections.abc import Callable

from voice_triage.ports import Source
from voice_triage.sound.audio import AudioClip, silence
from voice_triage.sound.source import CHUNK_S, Chunks


class WavSource:
    """A whole recording, heard turn by turn: each turn goes on where the last one stopped."""

    kind = Source.WAV
    reliable = True
    """Nothing can be lost: the reader waits for the listener."""

    def __init__(self, clip: AudioClip) -> None:
        self._rest = clip.split(CHUNK_S)

    def turn(self) -> Chunks:
        # A plain “yield from” would close the rest of the recording together with the turn.
        while chunk := next(self._rest, None):
            yield chunk

    def close(self) -> None:
        self._rest.close()


class RepliesSource:
    """One recording per turn, as a simulated patient speaks; each is followed by silence."""

    kind = Source.SIMULATED
    reliable = True

    def __init__(self, next_reply: Callable[[], AudioClip | None]) -> None:
        """``next_reply`` gives the sound of the next turn, None when there is nothing more."""
        self._next_reply = next_reply

    def turn(self) -> Chunks:
        clip = self._next_reply()
        if clip is None:
            return
        yield from clip.split(CHUNK_S)
        while True:
            yield silence(CHUNK_S, clip.rate)

    def close(self) -> None:
        self._next_reply = lambda: None
