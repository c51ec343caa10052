"""``voice-triage devices``: what can record and play here."""

from __future__ import annotations

import argparse

from voice_triage.sound.devices import Direction, devices


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def main(options: argparse.Namespace) -> int:
    del options
    table = devices()
    if not table:
        print("No sound devices. Plug in a microphone or speaker, or check the sound server.")
    for device in table:
        roles = []
        for direction in Direction:
            if device.serves(direction):
                default = " (default)" if device.is_default(direction) else ""
                roles.append(direction.value + default)
        print(f"{device.name}  [{device.host}, {device.rate} Hz]  {', '.join(roles)}")
    return 0
