"""Signs of life from wherever a session spends its time: while it listens, and while it speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

from voice_triage.ports import Source
from voice_triage.sound.audio import SAMPLE_BYTES, AudioClip
from voice_triage.sound.player import Player
from voice_triage.sound.source import Chunks, SoundSource

_PIECE_S = 0.5


class WatchedSource:
    """A source of sound; each chunk that arrives is a sign of life."""

    def __init__(self, source: SoundSource, beat: Callable[[], None]) -> None:
        self._source, self._beat = source, beat

    @property
    def kind(self) -> Source:
        return self._source.kind

    @property
    def reliable(self) -> bool:
        return self._source.reliable

    def turn(self) -> Chunks:
        self._beat()
        with closing(self._source.turn()) as chunks:
            for chunk in chunks:
                self._beat()
                yield chunk

    def close(self) -> None:
        self._source.close()


class WatchedPlayer:
    """A player; each half second that it takes off our hands is a sign of life."""

    def __init__(self, player: Player, beat: Callable[[], None]) -> None:
        self._player, self._beat = player, beat

    def play(self, clips: Iterable[AudioClip]) -> None:
        self._beat()
        self._player.play(self._pieces(clips))
        self._beat()

    def _pieces(self, clips: Iterable[AudioClip]) -> Iterator[AudioClip]:
        for clip in clips:
            size = round(_PIECE_S * clip.rate) * SAMPLE_BYTES
            for start in range(0, len(clip.pcm), size):
                self._beat()
                yield AudioClip(clip.pcm[start : start + size], clip.rate)

    def abort(self) -> None:
        self._player.abort()

    def close(self) -> None:
        self._player.close()
