"""The documents of the dialog format say what the program does: schema.json and README.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import voice_triage
from tests.content.broken import shipped_data
from voice_triage.content.dialog import AskedWhen
from voice_triage.content.dialog_file import parse_dialog
from voice_triage.content.reading.texts_reader import KEYS
from voice_triage.errors import DialogError
from voice_triage.places import data_folder
from voice_triage.review.lint.catalogue import CODES, as_markdown
from voice_triage.values import FindingKind, Level

SCHEMA = json.loads((data_folder("dialogs") / "schema.json").read_text(encoding="utf-8"))
README = (data_folder("dialogs") / "README.md").read_text(encoding="utf-8")
PACKAGE = Path(voice_triage.__file__).parent
KINDS = {str: "string", bool: "boolean", int: "integer", float: "number", dict: "object"}


def faults(value: Any, schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Where ``value`` breaks ``schema``: the part of JSON schema that schema.json uses."""
    if "$ref" in schema:
        schema = {**SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], **schema}
    if "anyOf" in schema and all(list(faults(value, s, path)) for s in schema["anyOf"]):
        yield f"{path}: none of the forms"
    kind = "array" if isinstance(value, list) else KINDS.get(type(value), "null")
    if isinstance(value, dict | list | str | bool):
        kind = next((n for t, n in KINDS.items() if isinstance(value, t)), kind)
    wanted = schema.get("type", kind)
    if kind != wanted and (kind, wanted) != ("integer", "number"):
        yield f"{path}: {kind} instead of {wanted}"
        return
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{path}: not allowed"
    if kind == "string" and not re.search(schema.get("pattern", ""), value):
        yield f"{path}: pattern"
    if kind == "array":
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{path}: length"
        for at, item in enumerate(value):
            yield from faults(item, schema.get("items", {}), f"{path}/{at}")
    if kind == "object":
        known, extra = schema.get("properties", {}), schema.get("additionalProperties", True)
        yield from (f"{path}: no {key}" for key in schema.get("required", ()) if key not in value)
        for key, item in value.items():
            if key not in known and extra is False:
                yield f"{path}: unknown {key}"
            rest = extra if isinstance(extra, dict) else {}
            yield from faults(item, known.get(key, rest), f"{path}/{key}")


def test_shipped_dialog_follows_the_schema():
    assert list(faults(shipped_data(), SCHEMA)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("questions", "fever", "again"), ["once"]),
        (("questions", "fever", "asked"), "always"),
        (("questions", "fever", "when"), {"none": ["rash"]}),
        (("findings", "fever", "kind"), "maybe"),
        (("rules", 0, "level"), "now"),
        (("texts", "goodbye"), 3),
        (("schema",), 2),
    ],
)
def test_schema_and_parser_refuse_the_same(path, value):
    data = shipped_data()
    node = data
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    assert list(faults(data, SCHEMA))
    with pytest.raises(DialogError):
        parse_dialog(data, "dialog")


def test_schema_has_the_keys_that_the_parser_accepts():
    definitions = {**SCHEMA["$defs"], "dialog": SCHEMA}
    for name, keys in KEYS.items():
        assert set(definitions[name]["properties"]) == set(keys), name
    assert set(SCHEMA["properties"]["outcomes"]["properties"]) == {level.id for level in Level}


def test_schema_has_the_words_that_the_parser_accepts():
    finding = SCHEMA["$defs"]["finding"]["properties"]
    assert set(finding["kind"]["enum"]) == {kind.value for kind in FindingKind}
    assert set(finding["asked"]["enum"]) == {asked.value for asked in AskedWhen}
    assert set(SCHEMA["$defs"]["level"]["enum"]) == {level.id for level in Level}


ENTRIES = [
    ("dialog", ()), ("finding", ("findings", "location")), ("rule", ("rules", 0)),
    ("question", ("questions", "rash")), ("outcome", ("outcomes", "doctor")),
    ("region", ("regions", "UK")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path"), ENTRIES)
def test_schema_requires_what_the_parser_requires(name, path):
    definition = {**SCHEMA["$defs"], "dialog": SCHEMA}[name]
    entry = shipped_data()
    for key in path:
        entry = entry[key]
    for key in list(entry):
        data = shipped_data()
        node = data
        for step in path:
            node = node[step]
        del node[key]
        try:
            parse_dialog(data, "dialog")
            refused = False
        except DialogError:
            refused = True
        assert refused == (key in definition["required"] or key == "options"), key


def test_readme_has_the_catalogue_of_codes():
    assert as_markdown() in README


def test_readme_names_every_key_of_the_format():
    missing = [key for keys in KEYS.values() for key in keys if f"`{key}`" not in README]
    assert missing == []


def test_every_code_in_the_program_is_in_the_catalogue_and_the_reverse():
    used: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name != "catalogue.py":
            used |= set(re.findall(r"[\"']([DPV]\d{3})[\"']", path.read_text(encoding="utf-8")))
    assert used == set(CODES)
