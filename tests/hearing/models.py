"""A model folder as small as can be."""

from __future__ import annotations

from pathlib import Path

from voice_triage.hearing.model_store import NEEDED_FILES

CONF = "--beam=13.0\n--endpoint.rule2.min-trailing-silence=0.7\n--endpoint.silence-phones=1:2\n"


def make_model(folder: Path, without: str = "") -> Path:
    for name in NEEDED_FILES:
        if name != without:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(CONF if name.endswith(".conf") else name)
    return folder
