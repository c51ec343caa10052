"""``scripts/setup`` without a network: what is whole is started, with a warning."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.cli.conftest import ROOT

PYTHON = """#!/bin/sh
case "$*" in
    *"-m pip"*) echo "no network" >&2; exit 1 ;;
    *import*) exit {imports} ;;
esac
"""
"""Of a .venv that pip cannot change; ``imports``: 0 where every package is there."""


@pytest.fixture
def setup(tmp_path):
    """Run it in a checkout whose .venv was made before an update; the finished process."""

    def run(*arguments, imports=0, **environment):
        (tmp_path / "scripts").mkdir()
        shutil.copy(ROOT / "scripts" / "setup", tmp_path / "scripts" / "setup")
        (tmp_path / "pyproject.toml").write_text("# a newer one\n")
        executable(tmp_path / ".venv/bin/python", PYTHON.format(imports=imports))
        executable(tmp_path / ".venv/bin/voice-triage", "#!/bin/sh\n")
        (tmp_path / ".venv/bin/activate").write_text(f"VIRTUAL_ENV={tmp_path}/.venv\n")
        # Every Debian package is there: nothing is installed on this machine.
        executable(tmp_path / "bin/dpkg-query", "#!/bin/sh\nprintf installed\n")
        executable(tmp_path / "bin/apt-get", "#!/bin/sh\nexit 1\n")
        path = f"{tmp_path}/bin:{os.environ['PATH']}"
        return subprocess.run(
            [str(tmp_path / "scripts" / "setup"), *arguments],
            env={**os.environ, "PATH": path, "CI": "", **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def test_a_whole_set_up_is_started_with_a_warning_and_tried_again(setup, tmp_path):
    done = setup()
    assert done.returncode == 0, done.stderr
    assert "WARNING: could not bring .venv up to date" in done.stderr
    assert not (tmp_path / ".venv/setup-run").exists()


def test_one_that_lacks_a_package_fails(setup):
    done = setup(imports=1)
    assert done.returncode == 1
    assert "is there a network?" in done.stderr


def test_tools_for_tests_and_automatic_builds_need_what_is_new(setup):
    assert setup("--dev").returncode == 1


def test_an_automatic_build_fails(setup):
    assert setup(CI="true").returncode == 1
