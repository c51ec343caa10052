"""Every utterance of tests/corpus/phrases means what is written there, and nothing else."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.core.asking import QUESTIONS, interpreter
from voice_triage.core.values import FindingValue, Reply, Understanding

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "phrases"


def _cases() -> list[Any]:
    cases = []
    for path in sorted(CORPUS.glob("*.yaml")):
        data = YAML(typ="safe", pure=True).load(path)
        by_question = data.get("questions") or {data["question"]: data["cases"]}
        for asked, entries in by_question.items():
            for number, case in enumerate(entries):
                name = f"{path.stem}-{asked or 'any'}-{number}-{case['say'][:40]}"
                cases.append(pytest.param(asked, case, id=name))
    return cases


def _plain(value: FindingValue) -> object:
    return (
        str(value)
        if isinstance(value, Reply)
        else list(value)
        if isinstance(value, tuple)
        else value
    )


def _said(heard: Understanding) -> dict[str, object]:
    """All that was understood, in the words of the corpus; nothing is left out by accident."""
    return {
        "answer": str(heard.answer),
        "value": None if heard.value is None else _plain(heard.value),
        "findings": {finding: _plain(value) for finding, value in heard.findings.items()},
        "danger": sorted(heard.danger),
        "past": sorted(heard.past),
        "call": heard.danger_call,
        "command": None if heard.command is None else str(heard.command),
    }


@pytest.mark.parametrize(("asked", "case"), _cases())
def test_means_what_is_written(asked, case):
    heard = interpreter().interpret(case["say"], QUESTIONS[asked] if asked else None)
    assert _said(heard) == {
        "answer": case.get("answer", "none"),
        "value": case.get("value"),
        "findings": case.get("findings", {}),
        "danger": sorted(case.get("danger", [])),
        "past": sorted(case.get("past", [])),
        "call": case.get("call", False),
        "command": case.get("command"),
    }


def test_the_corpus_is_large_enough_to_mean_something():
    assert len(_cases()) >= 400
