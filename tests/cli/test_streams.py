"""Standard streams that are closed, full or hold nonsense never end a session with a traceback."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT

TYPED = "run --input keyboard --output silent --region UK"


@pytest.fixture
def shell():
    """Run the program by a shell that redirects its streams; the finished process."""

    def run(arguments, redirections="", lines=b"i feel faint\nokay\n"):
        command = f"{shlex.quote(sys.executable)} -m voice_triage {arguments} {redirections}"
        return subprocess.run(
            ["bash", "-c", command],
            cwd=ROOT,
            input=lines,
            capture_output=True,
            timeout=120,
            check=False,
        )

    return run


def test_a_full_standard_output_is_told_once_and_the_session_goes_on(shell):
    for json in ("", "--json"):
        done = shell(f"{TYPED} {json}", ">/dev/full")
        assert done.returncode == 0
        assert done.stderr.decode().splitlines() == [
            "voice-triage: standard output failed (No space left on device); going on without it."
        ]


def test_a_reader_that_goes_away_ends_nothing(shell):
    done = shell(TYPED, "| true; echo ${PIPESTATUS[0]}")
    assert done.stdout.decode().splitlines()[-1] == "0"
    assert "standard output failed (Broken pipe)" in done.stderr.decode()


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "2>/dev/full", ">/dev/full 2>&1"])
def test_closed_and_full_outputs_end_nothing(shell, closed):
    done = shell(TYPED, closed)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    if ">&-" not in closed.replace("2>&-", "") and ">/dev/full 2" not in closed:
        assert b"This could be an emergency" in done.stdout


def test_without_standard_input_there_is_a_message(shell):
    done = shell(TYPED, "<&-")
    assert done.returncode == 3
    assert done.stderr.decode().startswith("voice-triage: Standard input is closed")


@pytest.mark.parametrize("handling", ["utf-8:strict", "ascii:strict", "latin-1"])
def test_bytes_that_are_no_letters_are_an_answer_like_any_other(shell, monkeypatch, handling):
    monkeypatch.setenv("PYTHONIOENCODING", handling)
    done = shell(TYPED, lines=b"caf\xe9 \x00\xff\xfe\ni feel faint\nokay\n")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"This could be an emergency" in done.stdout


def test_standby_ends_with_its_input(shell):
    done = shell(f"{TYPED} --standby", "</dev/null")
    assert done.returncode == 0
    assert b"emergency." not in done.stdout


@pytest.mark.parametrize("form", ["", "--json", "--large-print"])
def test_what_was_typed_cannot_steer_the_terminal(shell, form):
    lines = "i feel \x1b[31mfaint\x1b]0;x\x07 \u009b2J\u202e\nokay\n"
    done = shell(f"{TYPED} {form}", lines=lines.encode())
    shown = done.stdout.decode()
    assert not {"\x1b", "\x07", "\u009b"} & set(shown)
    assert "faint" in shown


def test_a_full_output_of_another_command_is_a_message(shell):
    done = shell("models list", ">/dev/full")
    assert done.returncode == 3
    assert done.stderr.decode().splitlines() == [
        "voice-triage: standard output failed (No space left on device)."
    ]
