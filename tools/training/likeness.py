"""Lets classes of like words share what they learn: “scaffold” is near “ladder”.

The weight of a word class is the sum of its own and of one that depends on where the class lies
among all others (its vector, see `word_classes`). Both are learned together; the second is then
added to the table, so that the reader knows nothing of it. It brings what no reply has said nearer
to what some have: one or two in a hundred more answers understood of a writer left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix

from tools.training.material import Example
from voice_triage.understanding.features import Named, place_of


def vectors_of(language: str) -> Path:
    """The file of vectors that belongs to the word classes of a language."""
    return Path(__file__).with_name(f"word-class-vectors-{language}.txt")


KINDS = "cm"
"""Features that are word classes: said, and said after a negator (`features`)."""
OFTEN = 0.01
"""A class that more than this share of replies has says less for it: half at three times that."""


class Likeness:
    """The vectors of the word classes, one row each."""

    def __init__(self, vectors: Any) -> None:
        self._vectors = vectors
        self._of = {
            crc32(f"{kind}|{number}".encode()): (side, number)
            for side, kind in enumerate(KINDS)
            for number in range(len(vectors))
        }

    @classmethod
    def read(cls, path: Path) -> Likeness:
        """Vectors as whole hundredths, a class a line, in the order of the word classes."""
        return cls(np.loadtxt(path, ndmin=2) / 100)

    def of(self, replies: Sequence[Named], examples: Sequence[Example]) -> Shared:
        """What the classes in ``replies`` add to a table of ``examples``."""
        there: Any = np.zeros((len(replies), len(KINDS), len(self._vectors)), np.float32)
        for row, reply in enumerate(replies):
            for number in reply.hashes:
                if number in self._of:
                    there[row, *self._of[number]] = 1.0
        scaled = np.sqrt(OFTEN / (OFTEN + there.mean(0)))[:, :, None] * self._vectors
        sums = np.concatenate([there[:, side] @ scaled[side] for side in (0, 1)], axis=1)
        findings = sorted({example.finding for example in examples if example.finding})
        return Shared(_columns(sums, examples, findings), scaled, findings, self._of)


@dataclass(frozen=True)
class Shared:
    """Columns to learn from beside those of a table, and how what is learned goes into it."""

    columns: Any
    """For each example the sum of its classes' vectors: once for all, once for its finding."""
    scaled: Any
    """Side, class, dimension: the vectors, smaller for a class that many replies have."""
    findings: Sequence[str]
    places: Mapping[int, tuple[int, int]]
    """Side and class of each feature that is a word class."""

    def add(self, learned: Any, table: Any) -> None:
        """Adds what was learned of the columns (a row a class of the table) to the weights."""
        last, dims = table.shape[1] - 1, self.scaled.shape[2]
        blocks = learned.reshape(len(table), len(self.findings) + 1, len(KINDS), dims)
        weights = np.einsum("tfkd,knd->tfkn", blocks, self.scaled)
        for feature, (side, number) in self.places.items():
            table[:, feature & last] += weights[:, 0, side, number]
            for at, finding in enumerate(self.findings, 1):
                place = place_of(feature, crc32(finding.encode()), last)
                table[:, place] += weights[:, at, side, number]


def _columns(sums: Any, examples: Sequence[Example], findings: Sequence[str]) -> Any:
    rows, width = sums.shape
    block = {finding: number for number, finding in enumerate(findings, 1)}
    starts = np.array([block.get(example.finding, 0) * width for example in examples])
    own = np.where(starts[:, None] > 0, sums, 0.0)
    at = np.arange(width)
    where = np.concatenate([np.tile(at, (rows, 1)), starts[:, None] + at], axis=1)
    both = np.concatenate([sums, own], axis=1)
    ends = np.arange(rows + 1) * 2 * width
    found = csr_matrix((both.ravel(), where.ravel(), ends), shape=(rows, width * (len(block) + 1)))
    found.sum_duplicates()
    found.eliminate_zeros()
    return found
