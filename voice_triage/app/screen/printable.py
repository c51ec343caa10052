"""Text that a terminal only shows: what was typed, heard or read from a file may hold commands."""

from __future__ import annotations

_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")
"""Also the second set, of which one begins an escape sequence by itself."""
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), " ")
"""They turn the writing round, so that a line reads as something else."""


def printable(text: str) -> str:
    """``text`` as one line, with a blank for each character that would steer the terminal."""
    return text.translate(_CONTROLS | _DIRECTIONS)
