"""Where the dialogs and models that come with the program lie."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def data_folder(name: str) -> Path:
    """``dialogs`` or ``models``: inside an installed package, beside it in a checkout."""
    package = Path(str(files("voice_triage")))
    packaged = package / name
    return packaged if packaged.is_dir() else package.parent / name
