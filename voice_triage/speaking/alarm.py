"""The alarm without a synthesiser: recorded words, put together for any emergency number."""

from __future__ import annotations

import re
from importlib.resources import files

from voice_triage.sound.audio import AudioClip, decode_wav, join, without_last_silence


def numbers_in(text: str) -> list[str]:
    """The numbers of a region: “112 or 911” has two."""
    return re.findall(r"[0-9]+", text)


def recorded_alarm(number: str) -> AudioClip:
    """“This could be an emergency. Call … now.”, with the digits one by one; of several numbers
    the first."""
    digits = "".join(numbers_in(number)[:1])
    clips = [without_last_silence(_recorded(name)) for name in ("call", *digits, "now")]
    return join(clips, clips[0].rate)


def _recorded(name: str) -> AudioClip:
    file = files("voice_triage.speaking") / "emergency" / f"{name}.wav"
    return decode_wav(file.read_bytes(), file.name)
