"""A voice for those who read, and for simulations."""

from __future__ import annotations

from collections.abc import Sequence


class SilentVoice:
    """Says nothing, at once."""

    def say(self, sentences: Sequence[str], *, cue: bool = False, alarm: bool = False) -> None:
        del sentences, cue, alarm

    def set_rate(self, words_per_minute: int) -> None:
        del words_per_minute

    def close(self) -> None: ...
