"""Where dialogs and models live, and how dialog files are read (YAML 1.2, with line numbers)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from voice_triage.content.dialog import Dialog
from voice_triage.content.dialog_file import parse_dialog
from voice_triage.content.reading.yaml_limits import LimitedComposer, TooMuchError
from voice_triage.content.words import Words
from voice_triage.content.words_file import parse_words
from voice_triage.errors import DialogError, Problem
from voice_triage.files import read_text
from voice_triage.places import data_folder

DEFAULT_DIALOG = "upper_back_pain.en.yaml"


def read_yaml(path: Path) -> Any:
    """Parsed YAML 1.2 with line numbers; UsageError or DialogError says where it is broken."""
    yaml = YAML(typ="rt")
    yaml.version = (1, 2)
    yaml.Composer = LimitedComposer
    text = read_text(path)
    try:
        return yaml.load(text)
    except DuplicateKeyError as error:
        message = f"{error.problem or 'a key is there twice'}; keep one of them"
        raise DialogError([Problem(str(path), _line(error), "D007", "yaml", message)]) from None
    except TooMuchError as error:
        message = f"{error.problem}; write it out, with fewer aliases"
        raise DialogError([Problem(str(path), _line(error), "D022", "yaml", message)]) from None
    except Exception as error:  # beside YAMLError whatever a bad number, tag or nesting sets off
        problem = getattr(error, "problem", None) or "not valid YAML"
        message = f"{problem}; check indentation, quotes and colons"
        raise DialogError([Problem(str(path), _line(error), "D000", "yaml", message)]) from None


def _line(error: Exception) -> int:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    return 0 if mark is None else int(mark.line) + 1


def load_dialog(path: Path | None = None) -> Dialog:
    """The dialog in ``path``, by default the shipped one; DialogError lists all its problems."""
    path = path or data_folder("dialogs") / DEFAULT_DIALOG
    return parse_dialog(read_yaml(path), str(path))


def load_words(language: str, folder: Path | None = None) -> Words:
    """The words of ``language`` from ``folder``, by default the shipped ones."""
    path = (folder or data_folder("dialogs")) / f"{language}.yaml"
    return parse_words(read_yaml(path), str(path))
