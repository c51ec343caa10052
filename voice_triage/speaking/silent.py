"""A voice for those who read, and for simulations."""

from __future__ import annotations


class SilentVoice:
    """Says nothing, at once."""

    def say(self, text: str, *, cue: bool = False) -> None:
        del text, cue

    def set_rate(self, words_per_minute: int) -> None:
        del words_per_minute

    def close(self) -> None: ...
