"""What tables are trained with: features as a sparse matrix, weights as small whole numbers."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from voice_triage.understanding.weights import MOST

RARE = 2
"""A feature seen less often teaches nothing: it would be the name of one reply."""


def matrix_of(rows: Sequence[Sequence[int]], width: int) -> Any:
    """A matrix with a one at each place of each row; places that come twice count twice."""
    ends = np.cumsum([0, *map(len, rows)])
    places = np.concatenate([np.asarray(row, dtype=np.int64) for row in rows])
    matrix = csr_matrix((np.ones(len(places)), places, ends), shape=(len(rows), width))
    matrix.sum_duplicates()
    return matrix


def unit_of(weights: Any, widest: float = float("inf")) -> float:
    """The step in which ``weights`` fit into whole numbers, at most ``widest``."""
    unit = max(float(np.abs(weights).max()) / MOST, 1e-6)
    return float(f"{min(unit, widest):.4g}")


def column_of(weights: Any, unit: float) -> array[int]:
    """Weights as whole numbers of steps; what is beyond the range is cut off."""
    return array("b", np.clip(np.rint(weights / unit), -MOST, MOST).astype(np.int8).tobytes())
