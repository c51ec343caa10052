"""Where a text that is spoken has its sentences: the only place that splits them."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?])\s+")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text`` in order; a full stop inside a number ends none."""
    return tuple(part for part in _END.split(text.strip()) if part)
