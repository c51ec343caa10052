"""What is said without a synthesiser: recorded words, put together for any emergency number."""

from __future__ import annotations

import re
from enum import StrEnum
from importlib.resources import files

from voice_triage.sound.audio import AudioClip, decode_wav, join, without_last_silence


def numbers_in(text: str) -> list[str]:
    """The numbers of a region: “112 or 911” has two."""
    return re.findall(r"[0-9]+", text)


class Recorded(StrEnum):
    """Sentences that are recorded up to the number, by the name of their file."""

    ALARM = "call"
    """“This could be an emergency. Call … now.”"""
    STOPPED = "stopped"
    """“I have stopped working. If this is an emergency, call … now.”"""
    MUTE = "mute"
    """“I cannot speak any more. If this is an emergency, call … now.”"""


def recorded(sentence: Recorded, number: str) -> AudioClip:
    """The sentence with the digits of ``number`` one by one; of several numbers the first."""
    digits = "".join(numbers_in(number)[:1])
    clips = [without_last_silence(_recorded(name)) for name in (sentence, *digits, "now")]
    return join(clips, clips[0].rate)


def _recorded(name: str) -> AudioClip:
    file = files("voice_triage.speaking") / "emergency" / f"{name}.wav"
    return decode_wav(file.read_bytes(), file.name)
