"""The file of weights: what is written is read, and what is damaged is refused."""

from __future__ import annotations

from array import array

import pytest

from voice_triage.errors import ModelError
from voice_triage.understanding.weights import FILE, Table, Weights


@pytest.fixture
def weights():
    yes, no = array("b", [46, -46, 0, 1]), array("b", [0, 2, -3, 4])
    table = Table(("nothing", "yes", "no"), (0.0, -0.5, 0.25), 0.1, 4, (yes, no))
    return Weights({"asked": table}, "sha256:00")


def test_what_is_written_is_read(weights, tmp_path):
    weights.write(tmp_path)
    assert Weights.read(tmp_path) == weights


def test_shares_are_one_together_and_follow_the_weights(weights):
    table = weights.tables["asked"]
    shares = table.shares([0, 0])
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["yes"] > 0.99
    assert table.shares([1])["no"] > table.shares([])["no"]
    assert table.weight(1, "yes", "no") == pytest.approx(-4.8)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda content: b"", "cut short"),
        (lambda content: content[:-3], "missing at the end"),
        (lambda content: content + b"OOOO", "more weights"),
        (lambda content: content.replace(b"version 1", b"version 9"), "does not begin"),
        (lambda content: content.replace(b'"size": 4', b'"size": "x"'), "tables"),
    ],
)
def test_a_damaged_file_is_refused_with_what_to_do(weights, tmp_path, damage, why):
    weights.write(tmp_path)
    path = tmp_path / FILE
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ModelError, match=f"{why}.*scripts/train"):
        Weights.read(tmp_path)


def test_a_missing_file_is_a_missing_model(tmp_path):
    with pytest.raises(ModelError, match="scripts/train"):
        Weights.read(tmp_path)
