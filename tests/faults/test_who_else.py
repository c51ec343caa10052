"""A second copy, no microphone, a damaged model, an end that comes too often: all of it is said."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.faults.device import ROOT
from voice_triage.places import data_folder

pytestmark = [pytest.mark.faults]


def run(server, *arguments, seconds=60):
    return subprocess.run(
        [sys.executable, "-m", "voice_triage", "run", "--rate", "300", *arguments],
        cwd=ROOT,
        env=server.env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


def test_a_second_one_says_that_one_is_running_and_ends(start, server, loudspeaker):
    start().wait_for("ask")
    done = run(server)
    assert done.returncode == 3
    assert "listening already" in done.stderr


def test_without_microphone_and_terminal_it_is_said_aloud(server):
    server.kill()
    server.start(microphone=False)
    with server.recording() as heard:
        done = run(server)
    assert done.returncode == 3
    assert "No microphone was found" in done.stderr
    assert any(heard[0].pcm)
    assert "You:" not in done.stdout


def test_a_device_on_a_shelf_waits_for_its_microphone(start, server):
    server.kill()
    server.start(microphone=False)
    device = start("--standby")
    device.wait(lambda: "No microphone was found" in device.told, "it is noticed")
    time.sleep(8)
    assert device.process.poll() is None


def test_a_damaged_model_is_no_wrong_word(server, tmp_path, loudspeaker):
    copy = tmp_path / "model"
    shutil.copytree(data_folder("models") / "vosk-triage-en", copy)
    model = copy / "am" / "final.mdl"
    content = bytearray(model.read_bytes())
    content[4493312 : 4493312 + 4096] = bytes(4096)
    model.write_bytes(content)
    done = run(server, "--model", str(copy))
    assert done.returncode == 3
    assert "damaged: am/final.mdl" in done.stderr
    assert loudspeaker.loud_s > 1


def test_who_crashes_again_and_again_ends_with_a_recorded_sentence(start, server, loudspeaker):
    device = start()
    for _ in range(10):
        device.wait(lambda: device.process.poll() is not None or _has_child(device), "a child")
        if device.process.poll() is not None:
            break
        time.sleep(0.2)
        device.kill_child(signal.SIGKILL)
        time.sleep(0.3)
    before = loudspeaker.loud_s
    assert device.process.wait(timeout=30) == 1
    assert "call 999 now" in device.told
    assert loudspeaker.loud_s > before + 2


def _has_child(device):
    try:
        return bool(device.child)
    except (IndexError, OSError):
        return False
