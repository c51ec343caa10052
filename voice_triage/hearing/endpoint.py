"""A model folder with another end-of-speech rule, beside the original, which stays untouched.

Vosk 0.3.45 offers no call for it: the only lever is ``conf/model.conf`` in the model's folder. The
copy links to the large files, has its own ``conf``, and is gone as soon as the model is loaded.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice_triage.errors import ModelError
from voice_triage.temporary import temporary_folder

_LINKED = ("am", "graph", "ivector", "rescore", "rnnlm")
_RULE = "--endpoint."
_UNSURE_EXTRA_S = 0.5
"""Rules 3 and 4 end an utterance whose last words are less certain: wait a little longer."""
_NOBODY_SPEAKS_S = 60.0
"""Rule 1, only a safety net: the dialog decides how long it waits, not the recogniser."""
_SILENCES = "silence-phones"
_VARIANTS = 5
"""A phone's number alone, and at the begin, end and inside of a word, and as a whole word."""
_LONGEST_PER_PAUSE = 30
"""Rule 5 cuts off whoever never pauses (a radio) after this many times the pause: 21 or 36 s."""


def with_endpoint(conf: str, trailing_silence_s: float) -> str:
    """The text of a ``model.conf`` that ends an utterance after this much silence.

    Models count “spoken noise”, their sound for words that they do not know, as silence too. With
    it an unexpected word ends the utterance in mid-sentence (“no fever but [somebody is sitting on
    my chest]”), so only true silence is kept: by Kaldi's numbering the first phone in its variants.
    """
    waits = {
        "rule1.min-trailing-silence": _NOBODY_SPEAKS_S,
        "rule2.min-trailing-silence": trailing_silence_s,
        "rule3.min-trailing-silence": trailing_silence_s + _UNSURE_EXTRA_S,
        "rule4.min-trailing-silence": trailing_silence_s + 2 * _UNSURE_EXTRA_S,
        "rule5.min-utterance-length": trailing_silence_s * _LONGEST_PER_PAUSE,
    }
    own = tuple(_RULE + name for name in waits)
    kept = [_true_silence(line) for line in conf.splitlines() if not line.strip().startswith(own)]
    return "\n".join([*kept, *(f"{_RULE}{name}={s:g}" for name, s in waits.items()), ""])


def _true_silence(line: str) -> str:
    name, equals, phones = line.partition("=")
    if name.strip() != _RULE + _SILENCES:
        return line
    return name + equals + ":".join(phones.strip().split(":")[:_VARIANTS])


@contextmanager
def endpoint_overlay(model: Path, trailing_silence_s: float) -> Iterator[Path]:
    """A folder that acts like ``model`` but waits ``trailing_silence_s`` before ending."""
    try:
        with temporary_folder() as place:
            folder = Path(place)
            for part in _LINKED:
                if (model / part).is_dir():
                    _link(model / part, folder / part)
            shutil.copytree(model / "conf", folder / "conf")
            conf = folder / "conf" / "model.conf"
            text = conf.read_text(encoding="utf-8")
            conf.chmod(0o600)
            conf.parent.chmod(0o700)
            conf.write_text(with_endpoint(text, trailing_silence_s), encoding="utf-8")
            yield folder
    except (OSError, ValueError) as error:  # ValueError: a settings file that is no text
        raise ModelError(
            f"{model}: no working copy of the model's settings could be made ({error}). "
            f"Free some space in {tempfile.gettempdir()} and check that it can be written."
        ) from error


def _link(original: Path, link: Path) -> None:
    """A symbolic link, or a copy where the system grants none (Windows without the right)."""
    try:
        link.symlink_to(original.resolve(), target_is_directory=True)
    except OSError:
        shutil.copytree(original, link)
