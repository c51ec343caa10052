"""The alarm without a synthesiser: recorded words, put together for any emergency number."""

from __future__ import annotations

from importlib.resources import files

from voice_triage.sound.audio import AudioClip, decode_wav, join, without_last_silence


def recorded_alarm(number: str) -> AudioClip:
    """“This could be an emergency. Call … now.”, with the digits of ``number`` one by one."""
    digits = [digit for digit in number if digit.isdecimal()]
    clips = [without_last_silence(_recorded(name)) for name in ("call", *digits, "now")]
    return join(clips, clips[0].rate)


def _recorded(name: str) -> AudioClip:
    file = files("voice_triage.speaking") / "emergency" / f"{name}.wav"
    return decode_wav(file.read_bytes(), file.name)
