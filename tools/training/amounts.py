"""Replies to questions for a number as training material: which of their quantities is meant.

The labels say only the number; the candidates that come to it are the ones meant. Numbers in
replies to all other questions (“three scones”, “twenty minutes' walk”) are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import minimize

from tools.training.material import Example, LabelledReply, same, weight_of
from tools.training.sparse import RARE, column_of, matrix_of, unit_of
from voice_triage.content.dialog import Dialog
from voice_triage.content.words import Words
from voice_triage.understanding.features import Features, Named
from voice_triage.understanding.quantities.chooser import MEANT, NOT_MEANT, surroundings
from voice_triage.understanding.quantities.durations import Durations
from voice_triage.understanding.quantities.severity import Severity
from voice_triage.understanding.reader import A_NUMBER, NOTHING, UNSURE
from voice_triage.understanding.tokens import BOUNDARIES, Tokeniser
from voice_triage.understanding.weights import Table
from voice_triage.values import FindingId, FindingKind

WRITTEN_ON = date(2026, 11, 24)
"""The day that replies such as “since Tuesday” are meant for."""
SPOKEN = {FindingKind.SEVERITY: (0.0, 5.0, 10.0), FindingKind.DAYS: ()}
"""Values that are also said without a number: “not a twinge”, “half way”, “off the scale”."""
WITHOUT_COMMAS = 0.5
"""Weight of a reply once more without its commas and full stops, as the ear gives it."""
ELSEWHERE = {FindingKind.SEVERITY: 0.2, FindingKind.DAYS: 0.1}
"""Weight of the quantities in replies to other questions, none of which is meant: it takes away
two of three numbers made up. Less for times, since “since this morning” may be the pain's."""
OF_TIME = frozenset(("sudden_onset", "injury", "injury_serious", "worsening"))
"""Questions whose replies often say since when it hurts."""
ROWS, STRENGTH, ROUNDS = 2**14, 1.0, 150

Row = tuple[Named, Example]
"""The features of a whole reply, and what it is an example of."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """The candidates of one reply, and which of them come to the number that is meant, if any."""

    features: tuple[Named, ...]
    meant: tuple[bool, ...]
    weight: float


def whole_classes(kind: FindingKind) -> tuple[str, ...]:
    """Classes of the table of whole replies."""
    return (NOTHING, UNSURE, A_NUMBER, *(f"{value:g}" for value in SPOKEN[kind]))


class Amounts:
    """Makes the examples of the number tables."""

    def __init__(self, dialog: Dialog, words: Words, features: Features) -> None:
        self._dialog, self._words, self._features = dialog, words, features
        self._tokenise = Tokeniser(words)
        self._known: dict[tuple[str, ...], list[Row | Rivals]] = {}

    @cached_property
    def kinds(self) -> dict[FindingId, FindingKind]:
        """The findings that are numbers."""
        return {f.id: f.kind for f in self._dialog.findings.values() if f.kind in SPOKEN}

    @cached_property
    def _readings(self) -> dict[FindingKind, Severity | Durations]:
        return {
            FindingKind.SEVERITY: Severity(self._words),
            FindingKind.DAYS: Durations(self._words, WRITTEN_ON),
        }

    def examples(
        self, rows: Sequence[LabelledReply], finding: FindingId
    ) -> tuple[list[Row], list[Rivals]]:
        """Whole replies, and what in them competes for being meant."""
        whole: list[Row] = []
        rivals: list[Rivals] = []
        for reply in rows:
            key = (finding, reply.id, reply.words)
            if key not in self._known:
                self._known[key] = list(self._of(reply, finding))
            for one in self._known[key]:
                if isinstance(one, Rivals):
                    rivals.append(one)
                else:
                    whole.append(one)
        return whole, rivals

    def _of(self, reply: LabelledReply, finding: FindingId) -> Iterator[Row | Rivals]:
        tokens = self._tokenise(reply.words)
        if reply.question == finding:
            yield from self._one(reply, finding, tokens, weight_of(reply))
            spoken = tuple(token for token in tokens if token not in BOUNDARIES)
            if spoken != tokens:
                yield from self._one(reply, finding, spoken, weight_of(reply) * WITHOUT_COMMAS)
        elif self._is_elsewhere(reply, finding):
            weight = ELSEWHERE[self.kinds[finding]]
            found = self._one(reply, finding, tokens, weight)
            yield from (one for one in found if isinstance(one, Rivals))

    def _is_elsewhere(self, reply: LabelledReply, finding: FindingId) -> bool:
        of_time = self.kinds[finding] is FindingKind.DAYS and reply.question in OF_TIME
        answers = reply.question in self.kinds or finding in reply.labels
        return not (of_time or answers or reply.heard)

    def _one(
        self, reply: LabelledReply, finding: FindingId, tokens: tuple[str, ...], weight: float
    ) -> Iterator[Row | Rivals]:
        kind = self.kinds[finding]
        said, candidates = self._readings[kind].candidates(tokens)
        label = reply.labels.get(finding, NOTHING)
        number = None if label in (NOTHING, UNSURE) else float(label)
        meant = tuple(number is not None and same(c.value, number, kind) for c in candidates)
        if number is not None and not any(meant) and number not in SPOKEN[kind]:
            return  # no rule reckons it, or the ear lost it
        if candidates:
            features = surroundings(said, candidates, self._features.classes)
            yield Rivals(tuple(features), meant, weight)
        if number is not None:
            label = A_NUMBER if any(meant) else f"{number:g}"
        yield self._features.of(said.words), Example(reply, "", label, weight)


def competition(replies: Sequence[Rivals]) -> Table:
    """A table that scores candidates so that the odds of those meant, against each other and
    against none being meant (odds of one), are as the replies say: a conditional logit."""
    seen = Counter(n for reply in replies for named in reply.features for n in named.hashes)
    last = ROWS - 1
    kept = [
        [*(n & last for n in named.hashes if seen[n] >= RARE), ROWS]  # the last one is the bias
        for reply in replies
        for named in reply.features
    ]
    counts = [len(reply.features) for reply in replies]
    found = _fitted(
        matrix_of(kept, ROWS + 1),
        np.repeat(np.arange(len(replies)), counts),
        np.array([meant for reply in replies for meant in reply.meant], dtype=float),
        np.array([reply.weight for reply in replies]),
    )
    weights, bias = found[:ROWS], float(found[ROWS])
    unit = unit_of(weights)
    columns = (column_of(weights, unit),)
    return Table((NOT_MEANT, MEANT), (0.0, round(bias, 3)), unit, ROWS, columns)


def _fitted(matrix: Any, of: Any, meant: Any, weight: Any) -> Any:
    """The weights under which what is meant is likeliest; ``of``: the reply of each candidate."""
    turned = matrix.T.tocsr()
    none_meant = np.bincount(of, meant) == 0

    def loss(weights: Any) -> tuple[float, Any]:
        odds = np.exp(np.clip(matrix @ weights, -30, 30))
        every = 1 + np.bincount(of, odds)
        right = none_meant + np.bincount(of, odds * meant)
        slope = weight[of] * odds * (1 / every[of] - meant / right[of])
        size = float(weights @ weights) / (2 * STRENGTH)
        total = float((weight * np.log(every / right)).sum()) + size
        return total, turned @ slope + weights / STRENGTH

    start = np.zeros(matrix.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
