"""Whatever is wrong with the input, one line says where and what to do, with the right code."""

from __future__ import annotations

import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from voice_triage.cli import main
from voice_triage.places import data_folder

SHIPPED = data_folder("dialogs") / "upper_back_pain.en.yaml"


@pytest.fixture
def broken(tmp_path):
    """A copy of the shipped dialog with one text replaced; its phrases lie beside it."""

    def edit(old, new):
        text = SHIPPED.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "dialog.en.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return edit


def run(*arguments):
    return main(["run", "--input", "keyboard", "--output", "silent", *map(str, arguments)])


def only_line(capsys):
    captured = capsys.readouterr()
    lines = captured.err.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_missing_dialog_file(capsys, tmp_path):
    assert run("--dialog", tmp_path / "nothing.yaml") == 2
    assert "nothing.yaml: no such file" in only_line(capsys)


def test_a_dialog_that_is_not_yaml(capsys, broken):
    path = broken("title: Upper back pain", "title: [Upper back pain")
    assert run("--dialog", path) == 2
    assert "D000" in only_line(capsys)


def test_an_unknown_finding_is_named_with_its_line(capsys, broken):
    path = broken("when: breathless, level", "when: breathles, level")
    assert run("--dialog", path) == 2
    line = only_line(capsys)
    number = 1 + path.read_text().split("breathles,")[0].count("\n")
    assert f"{path}:{number}: D004" in line
    assert "breathless" in line


def test_a_duplicate_key_is_an_error_and_drops_nothing(capsys, broken):
    path = broken("  rash:\n    asks", "  fever:\n    asks")
    assert run("--dialog", path) == 2
    assert "D007" in only_line(capsys)


def test_a_model_folder_without_a_model(capsys, tmp_path):
    assert main(["run", "--input", "x.wav", "--output", "silent", "--model", str(tmp_path)]) in (
        2,
        3,
    )
    wav = tmp_path / "x.wav"
    write(wav)
    capsys.readouterr()
    code = main(["run", "--input", str(wav), "--output", "silent", "--model", str(tmp_path)])
    assert code == 3
    assert "not a usable Vosk model" in only_line(capsys)


def test_a_model_with_a_static_graph_is_refused(capsys, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(data_folder("models") / "vosk-triage-en", folder)
    (folder / "graph" / "HCLr.fst").rename(folder / "graph" / "HCLG.fst")
    write(tmp_path / "x.wav")
    code = main(
        ["run", "--input", str(tmp_path / "x.wav"), "--output", "silent", "--model", str(folder)]
    )
    assert code == 3
    assert "static graph" in only_line(capsys)


def write(path: Path, channels=1, width=2, rate=16000):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(b"\0" * rate * channels * width)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"channels": 2}, "2 channels"),
        ({"width": 1}, "8-bit"),
        ({"rate": 4000}, "4000 Hz"),
        ({"rate": 200_000}, "at most 192000 Hz"),
    ],
)
def test_a_wav_of_the_wrong_kind(capsys, tmp_path, form, words):
    path = tmp_path / "answers.wav"
    write(path, **form)
    assert main(["run", "--input", str(path), "--output", "silent"]) == 2
    assert words in only_line(capsys)


def test_a_wav_that_is_no_wav(capsys, tmp_path):
    path = tmp_path / "answers.wav"
    path.write_text("not sound")
    assert main(["run", "--input", str(path), "--output", "silent"]) == 2
    assert "not a 16-bit PCM WAV" in only_line(capsys)


def test_a_region_that_does_not_exist(capsys):
    assert run("--region", "Atlantis") == 2
    assert "use one of US" in only_line(capsys)


def test_a_rate_that_nobody_understands(capsys):
    assert run("--rate", "900") == 2
    assert "110 to 300" in only_line(capsys)


def test_a_patient_with_an_unknown_finding(capsys, tmp_path):
    path = tmp_path / "patient.yaml"
    path.write_text("id: x\nexpect: doctor\nfindings:\n  headake: yes\n")
    assert main(["simulate", str(path)]) == 2
    assert f"{path}:4: V006 x: finding 'headake' is unknown" in only_line(capsys)


@pytest.mark.parametrize(
    "line",
    [
        "findings: {severity: .nan}",
        "findings: {duration_days: 1e400}",
        "findings: {duration_days: 1e300}",
        "findings: {location: [[a]]}",
        "silent_on: 5",
        "tags: 5",
        "interrupt: {after_question: .inf, words: a}",
        "interrupt: {after_question: .nan, words: a}",
    ],
)
def test_a_value_of_a_patient_that_cannot_be_is_named_with_its_line(capsys, tmp_path, line):
    path = tmp_path / "patient.yaml"
    path.write_text(f"id: x\nexpect: doctor\n{line}\n")
    assert main(["simulate", str(path)]) == 2
    assert f"{path}:3: V003 x: " in only_line(capsys)


def test_a_patient_without_an_expected_level(capsys, tmp_path):
    path = tmp_path / "patient.yaml"
    path.write_text("id: x\n")
    assert main(["simulate", str(path)]) == 2
    assert "'expect' is missing" in only_line(capsys)


@pytest.mark.native
def test_no_microphone_where_one_is_required(voice_triage):
    done = voice_triage("run", "--require-mic")
    assert done.returncode == 3
    assert "microphone" in done.stderr
    assert done.stdout == ""


@pytest.mark.native
@pytest.mark.speech
def test_where_there_is_no_sound_at_all_a_made_up_patient_is_shown_and_called_so(voice_triage):
    done = voice_triage("run", "--output", "silent")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("a made-up patient") == 2
    assert "This could be an emergency." in done.stdout


@pytest.mark.native
def test_no_speech_synthesis_is_said_before_the_session(voice_triage, tmp_path):
    # Neither the library's shared objects nor the command can be found.
    missing = tmp_path / "bin"
    missing.mkdir()
    block = tmp_path / "block"
    block.mkdir()
    (block / "pyttsx3.py").write_text("raise ImportError('not installed')")
    done = voice_triage(
        "run",
        "--input",
        "keyboard",
        "--output",
        tmp_path / "out.wav",
        PATH=str(missing),
        PYTHONPATH=str(block),
    )
    assert done.returncode == 3
    assert "apt install espeak-ng" in done.stderr.splitlines()[-1]


@pytest.mark.native
def test_control_c_ends_cleanly_while_it_listens(tmp_path):
    import signal
    import time

    process = subprocess.Popen(
        [sys.executable, "-m", "voice_triage", "run", "--input", "keyboard", "--output", "silent"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    for line in process.stdout:
        if line.rstrip().endswith("?"):
            break
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "Traceback" not in errors
