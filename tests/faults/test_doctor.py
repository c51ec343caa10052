"""`doctor` never hangs and never shows a traceback, whatever the sound server does."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.faults.device import ROOT

pytestmark = [pytest.mark.faults]


def doctor(server, seconds):
    return subprocess.run(
        [sys.executable, "-m", "voice_triage", "doctor"],
        cwd=ROOT,
        env={**server.env, "VOICE_TRIAGE_REGION": "UK"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


def test_a_sound_server_that_hangs_is_a_failure_with_its_fix(server):
    server.signal(signal.SIGSTOP)
    done = doctor(server, 100)
    server.signal(signal.SIGCONT)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "failed   loudspeaker: no answer within" in done.stdout
    assert "Restart the sound server" in done.stdout
    assert "memory" in done.stdout  # it went on to its end


def test_without_a_loudspeaker_there_is_no_traceback_among_the_lines(server):
    server.unplug("sink_name=speaker")
    server.unplug("sink_name=mic ")
    done = doctor(server, 60)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr + done.stdout
    assert "failed   loudspeaker: The loudspeaker is gone" in done.stdout


def test_where_all_is_well_every_line_says_so(server):
    done = doctor(server, 60)
    lines = {line.split()[1]: line.split()[0] for line in done.stdout.splitlines()}
    assert lines["microphone:"] == "ok"
    assert lines["recognition:"] == "ok"
    assert "999 (region UK)" in done.stdout  # as `run` would have it
    assert "Traceback" not in done.stderr
