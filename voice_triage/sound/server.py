"""What stands behind the sound server: PortAudio shows only the server itself.

PulseAudio and PipeWire never refuse: where the microphone is gone, they record what the loudspeaker
plays, and where the loudspeaker is gone, they play to nobody. Only they can tell. Asked through
``pactl``, in a process that has a deadline: a server that is stuck answers nobody.
"""

from __future__ import annotations

import os
import subprocess

from voice_triage.sound.devices import Device, Direction

_DEADLINE_S = 1.5
_NOBODY = "auto_null"
"""The name of the sink that a server makes up when there is no other."""
_OF_SERVERS = ("pulse", "default", "pipewire", "sysdefault")
"""How PortAudio calls devices that are a sound server; all others are bare hardware."""


def behind(device: Device, direction: Direction) -> str:
    """Name of the source or sink that the server uses; empty if it cannot be told."""
    if not device.name.lower().startswith(_OF_SERVERS):
        return ""
    what = "get-default-source" if direction is Direction.INPUT else "get-default-sink"
    try:
        done = subprocess.run(
            ["pactl", what],
            capture_output=True,
            text=True,
            timeout=_DEADLINE_S,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError):  # no pactl here, or no answer
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def is_missing(name: str) -> bool:
    """True for a source that records a loudspeaker, and for a sink that nobody hears."""
    return name.endswith(".monitor") or name == _NOBODY
