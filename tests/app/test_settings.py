"""Each setting comes from flag, variable, file or default, in this order; a mistake says where."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from voice_triage.app.settings import session_settings
from voice_triage.app.settings.session import SETTINGS
from voice_triage.app.settings.sources import choices
from voice_triage.app.settings.toml_file import SettingsFile
from voice_triage.cli import main
from voice_triage.cli.options import add_settings
from voice_triage.errors import UsageError


@pytest.fixture
def file(tmp_path):
    """The user's settings file, with these lines."""

    def write(*lines):
        path = tmp_path / "voice-triage" / "settings.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def chosen(tmp_path):
    """The settings of ``run`` with these flags and variables."""

    def read(*flags, **variables):
        return session_settings(options(*flags), home(tmp_path, variables))

    return read


@pytest.fixture
def mistakes(chosen):
    """The lines of the message about what is wrong."""

    def read(*flags, **variables):
        with pytest.raises(UsageError) as error:
            chosen(*flags, **variables)
        return str(error.value).splitlines()

    return read


def home(folder, variables):
    return {
        "XDG_CONFIG_HOME": str(folder),
        **{f"VOICE_TRIAGE_{k}": v for k, v in variables.items()},
    }


def options(*flags):
    parser = argparse.ArgumentParser()
    add_settings(parser, SETTINGS)
    return parser.parse_args(list(flags))


def test_without_any_every_setting_has_its_default(chosen):
    settings = chosen()
    assert all(getattr(settings, s.field) == s.default for s in SETTINGS)


def test_a_flag_goes_before_a_variable_before_the_file(file, chosen):
    file("rate = 120", 'region = "UK"', "story = true")
    settings = chosen("--rate", "200", RATE="180", REGION="US")
    assert (settings.rate_wpm, settings.region, settings.story) == (200, "US", True)


def test_a_flag_turns_off_what_the_file_turns_on(file, chosen):
    file("large-print = true")
    assert chosen().large_print
    assert not chosen("--no-large-print").large_print
    assert not chosen(LARGE_PRINT="no").large_print


def test_each_value_tells_where_it_comes_from(file, tmp_path):
    path = file("# slower", "rate = 120", 'speaker = """', 'usb"""')
    found = choices(options("--story"), home(tmp_path, {"REGION": "UK"}))
    origins = {choice.setting.name: choice.origin for choice in found}
    assert origins["rate"] == f"{path}:2"
    assert origins["speaker"] == f"{path}:4"
    assert origins["region"] == "VOICE_TRIAGE_REGION"
    assert origins["story"] == "--story"
    assert origins["input"] == "default"


def test_another_file_can_be_named(file, tmp_path, chosen):
    file("rate = 120")
    other = tmp_path / "other.toml"
    other.write_text("rate = 130\n")
    assert chosen("--settings", str(other)).rate_wpm == 130
    assert chosen(SETTINGS=str(other)).rate_wpm == 130


def test_a_file_that_was_named_has_to_be_there(mistakes, tmp_path):
    (line,) = mistakes("--settings", str(tmp_path / "none.toml"))
    assert "none.toml: no such file" in line


def test_paths_in_the_file_are_relative_to_it(file, chosen):
    path = file('dialog = "mine.yaml"', 'output = "talk.wav"')
    (path.parent / "mine.yaml").touch()
    settings = chosen()
    assert settings.dialog == path.parent / "mine.yaml"
    assert settings.output == str(path.parent / "talk.wav")
    assert chosen("--output", "talk.wav").output == "talk.wav"


BAD = [
    ("rate = 900", "rate = 900: use 110 to 300 words a minute"),
    ('rate = "fast"', "rate = fast: use 110 to 300"),
    ("rate = true", "rate = True: use 110 to 300"),
    ('standby = "perhaps"', "standby = perhaps: use true or false"),
    ("standby = 3", "standby = 3: use true or false"),
    ('input = "keybord"', "use mic, keyboard or a file that ends in .wav"),
    ('output = "speakers"', "use speaker, silent or a file that ends in .wav"),
    ('dialog = "none.yaml"', "none.yaml: no such file; use the path of a dialog file"),
    ('region = ""', "use a region of the dialog"),
    ("speaker = [1]", "use part of a name that voice-triage devices lists"),
    ("speed = 140", "speed: unknown setting; use one of input, output"),
    ("json = true", "json: unknown setting"),
    ("[voice]", "voice: unknown setting"),
    ("rate 140", "; write a setting as: rate = 140"),
]


@pytest.mark.parametrize(("line", "message"), BAD)
def test_a_mistake_in_the_file_is_named_with_its_line_and_what_is_allowed(
    file, mistakes, line, message
):
    path = file("", "# mine", "story = false", line)
    (problem,) = mistakes()
    assert problem.startswith(f"{path}:4: ")
    assert message in problem


def test_a_mistake_in_a_variable_names_the_variable(mistakes):
    first, second = mistakes(RATE="900", RAET="140")
    assert first.startswith("VOICE_TRIAGE_RAET: unknown variable; use one of VOICE_TRIAGE_INPUT")
    assert second == "VOICE_TRIAGE_RATE=900: use 110 to 300 words a minute"


def test_all_mistakes_are_told_at_once_also_what_a_flag_overrides(file, mistakes):
    file("rate = 900", "speed = 1")
    assert len(mistakes("--rate", "20", STORY="?")) == 4


def test_variables_that_are_no_settings_are_left_alone(chosen):
    assert chosen(MODELS="/models", SHARED="/data", RATE="").rate_wpm == chosen().rate_wpm


def test_lines_are_found_however_a_key_is_written():
    text = '\n"rate" = 1\nspeaker = """\nregion = 2\n"""\nregion = 3 # rate\n'
    file = SettingsFile(Path("x"), text, {})
    assert file.lines(["rate", "region", "speaker"]) == {"rate": 2, "speaker": 5, "region": 6}


def test_a_file_too_large_for_settings_is_refused(file, mistakes):
    file("#" * 20_000)
    assert "it is too large; at most 16 kB" in mistakes()[0]


def test_the_command_shows_each_value_and_its_origin(file, tmp_path, monkeypatch, capsys):
    path = file("rate = 120")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert main(["settings", "--region", "UK"]) == 0
    out = capsys.readouterr().out
    assert f"120  [{path}:1]" in out
    assert "UK  [--region]" in out
    assert main(["settings", "--json"]) == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"setting": "rate", "value": 120, "origin": f"{path}:1"}.items() <= shown[4].items()
    assert [s["setting"] for s in shown] == [s.name for s in SETTINGS if s.kept]


def test_a_region_that_the_dialog_lacks_is_named_with_its_place(
    file, tmp_path, monkeypatch, capsys
):
    path = file("", 'region = "Atlantis"')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for command in (["settings"], ["run", "--input", "keyboard", "--output", "silent"]):
        assert main(command) == 2
        assert (
            f"{path}:2: region Atlantis: unknown region; use one of US" in capsys.readouterr().err
        )
