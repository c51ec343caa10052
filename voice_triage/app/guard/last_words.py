"""The last resort: a recorded sentence with the emergency number, or its text with a bell.

Played by a process of its own with a deadline, for whatever keeps the session from speaking (a
stuck sound server, a broken library) may do so here too. ``python -m`` this module with a number
does the same from a service that gave up.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing, suppress

from voice_triage.speaking.alarm import Recorded

_DEADLINE_S = 20.0
"""The sentence takes 6 s, a sleeping sound server 2 s, a slow computer some more."""


def say_last_words(number: str, sentence: Recorded = Recorded.STOPPED) -> None:
    """Play the sentence with ``number``; print it, with a bell, in any case."""
    text = "Voice Triage has stopped working. If this is an emergency, call"
    if sentence is Recorded.ALARM:
        text = "This could be an emergency. Call"
    with suppress(OSError, ValueError):
        print(f"\a\nvoice-triage: {text} {number} now.", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", __name__, number, sentence.value]
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(
            command,
            timeout=_DEADLINE_S,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def main(number: str, sentence: str = Recorded.STOPPED.value) -> None:
    from voice_triage.sound.player import Loudspeaker
    from voice_triage.speaking.alarm import recorded

    with closing(Loudspeaker()) as loudspeaker:
        loudspeaker.play([recorded(Recorded(sentence), number)])


if __name__ == "__main__":
    main(*sys.argv[1:])
