"""The real program as a child process, away from any sound device of this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_SOUND = {"PULSE_SERVER": "unix:/nowhere"}


@pytest.fixture
def voice_triage():
    """Run it with arguments and typed lines; the finished process."""

    def run(*arguments, lines="", timeout=120, **environment):
        return subprocess.run(
            [sys.executable, "-m", "voice_triage", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, **NO_SOUND, **environment},
            input=lines,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run


@pytest.fixture
def events(voice_triage):
    """Run it with --json; every line of standard output as an event."""

    def run(*arguments, lines=""):
        done = voice_triage(*arguments, "--json", lines=lines)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run
