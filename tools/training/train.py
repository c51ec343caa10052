"""Trains the reader of one dialog from its labelled replies: ``scripts/train``.

Softmax regression over hashed features, a table for findings asked about, one for findings
mentioned at any moment, and one for each choice. The same replies give the same bytes. Needs
scikit-learn (dependency group ``train``); what it makes needs nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import hstack
from sklearn.linear_model import LogisticRegression

from tools.training import material
from tools.training.amounts import Amounts, competition, whole_classes
from tools.training.likeness import Likeness, vectors_of
from tools.training.material import Example, Examples, LabelledReply
from tools.training.sparse import RARE, column_of, matrix_of, unit_of
from voice_triage.content.dialog import Dialog
from voice_triage.content.library import load_dialog, load_words
from voice_triage.content.words import Words
from voice_triage.errors import UsageError
from voice_triage.places import data_folder
from voice_triage.understanding.features import Features, Named, read_classes
from voice_triage.understanding.quantities.chooser import CANDIDATES
from voice_triage.understanding.reader import CALL, NO, NO_FINDING, NOTHING, UNSURE, YES
from voice_triage.understanding.tokens import Tokeniser
from voice_triage.understanding.weights import ASKED, CLASSES_FILE, MENTIONED, Table, Weights
from voice_triage.values import FindingKind

ASKED_ROWS, MENTION_ROWS, CHOICE_ROWS = 2**18, 2**15, 2**12
"""Rows of each kind of table, at most: about as many as there are features; few share a row."""
STRENGTH = {ASKED: 4.0, MENTIONED: 1.0}
"""Inverse regularisation; chosen by leaving out one writer after the other."""
CHOICE_STRENGTH = 4.0
FEWEST_LABELS = 3
"""A table tells at least so many things apart."""
ROUNDS = 150


class Trainer:
    """Trains tables from examples, with the features that the reader will use."""

    def __init__(self, dialog: Dialog, words: Words, classes: Mapping[str, int]) -> None:
        self._dialog = dialog
        self._classes = classes
        self._likeness = Likeness.read(vectors_of(dialog.language)) if classes else None
        self.examples = Examples(dialog)
        tokenise, features = Tokeniser(words), Features(words, classes)
        self._amounts = Amounts(dialog, words, features)

        @cache
        def of(text: str) -> Named:
            return features.of(tokenise(text))

        self._features: Callable[[str], Named] = of

    def weights(self, rows: Sequence[LabelledReply], of: str) -> Weights:
        """Everything that a reader needs, learned from ``rows``."""
        findings = self._dialog.findings.values()
        yes_no = [f.id for f in findings if f.kind is FindingKind.YES_NO]
        tables = {
            ASKED: self.table(
                list(self.examples.asked(rows)),
                (NOTHING, YES, NO, UNSURE),
                ASKED_ROWS,
                STRENGTH[ASKED],
            ),
            MENTIONED: self.table(
                list(self.examples.mentions(rows)),
                (NO_FINDING, CALL, *yes_no),
                MENTION_ROWS,
                STRENGTH[MENTIONED],
            ),
        }
        tables |= self.amounts(rows)
        for finding in findings:
            if finding.kind is FindingKind.CHOICE:
                chosen = list(self.examples.choices(rows, finding.id))
                classes = (NOTHING, UNSURE, *finding.options)
                tables[finding.id] = self.table(chosen, classes, CHOICE_ROWS, CHOICE_STRENGTH)
        return Weights(tables, of, self._classes)

    def amounts(self, rows: Sequence[LabelledReply]) -> dict[str, Table]:
        """The tables of numbers and times alone."""
        tables: dict[str, Table] = {}
        for number, kind in self._amounts.kinds.items():
            whole, rivals = self._amounts.examples(rows, number)
            tables[number] = self.fit(whole, whole_classes(kind), CHOICE_ROWS, CHOICE_STRENGTH)
            tables[number + CANDIDATES] = competition(rivals)
        return tables

    def table(
        self, examples: Sequence[Example], classes: tuple[str, ...], size: int, strength: float
    ) -> Table:
        rows = [(self._features(example.reply.words), example) for example in examples]
        return self.fit(
            rows, classes, size, strength, self._likeness if size > CHOICE_ROWS else None
        )

    def fit(
        self,
        rows: Sequence[tuple[Named, Example]],
        classes: tuple[str, ...],
        size: int,
        strength: float,
        likeness: Likeness | None = None,
    ) -> Table:
        """A table of ``size`` places, learned from features and what they are an example of."""
        named, examples = [named for named, _ in rows], [example for _, example in rows]
        labels = {example.label for example in examples}
        if len(labels) < FEWEST_LABELS:
            known = ", ".join(sorted(labels)) or "none at all"
            what = f"labels among {', '.join(classes)}: found {known}"
            raise UsageError(f"too few replies: {FEWEST_LABELS} {what}; add replies")
        size = min(size, 1 << sum(len(reply.hashes) for reply in named).bit_length())
        seen = Counter(number for reply in named for number in reply.hashes)
        usual = {number for number, times in seen.items() if times >= RARE}
        kept = [
            _places(_usual(reply, usual), example.finding, size)
            for reply, example in zip(named, examples, strict=True)
        ]
        matrix = matrix_of(kept, size)
        shared = None if likeness is None else likeness.of(named, examples)
        if shared is not None:
            matrix = hstack([matrix, shared.columns]).tocsr()
        model = LogisticRegression(C=strength, max_iter=ROUNDS)
        model.fit(
            matrix,
            np.array([classes.index(e.label) for e in examples]),
            np.array([e.weight for e in examples]),
        )
        if shared is not None:
            model.coef_, learned = model.coef_[:, :size], model.coef_[:, size:]
            shared.add(learned, model.coef_)
        return _rounded(model, classes, size)


def _usual(reply: Named, usual: Container[int]) -> Named:
    hashes = (tuple(n for n in numbers if n in usual) for numbers in (reply.hashes, reply.shared))
    return Named((), *hashes)


def _places(reply: Named, finding: str, size: int) -> list[int]:
    return reply.places_for(finding, size) if finding else reply.places(size)


def _rounded(model: LogisticRegression, classes: tuple[str, ...], size: int) -> Table:
    """The model with its weights as whole numbers, measured against the first class."""
    found = {int(c): at for at, c in enumerate(model.classes_)}
    against = model.coef_[found[0]]
    lowest = float(model.intercept_.min()) - 5.0  # a class that no reply is of is never read
    unit = unit_of(model.coef_ - against, WIDEST_UNIT)
    columns, biases = [], [0.0]
    for number in range(1, len(classes)):
        at = found.get(number)
        if at is None:
            columns.append(array("b", bytes(size)))
            biases.append(lowest - float(model.intercept_[found[0]]))
            continue
        columns.append(column_of(model.coef_[at] - against, unit))
        biases.append(float(model.intercept_[at] - model.intercept_[found[0]]))
    return Table(classes, tuple(round(b, 3) for b in biases), unit, size, tuple(columns))


WIDEST_UNIT = 0.06
"""A step of the weights; heavier ones than 46 steps are cut off, which no figure notices."""


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dialog", type=Path, help="dialog file; by default the shipped one")
    parser.add_argument("--replies", type=Path, help="folder of labelled replies")
    parser.add_argument("--into", type=Path, help="folder for the weights")
    options = parser.parse_args(arguments if arguments is None else list(arguments))
    began = time.monotonic()
    dialog = load_dialog(options.dialog)
    folder = options.replies or data_folder("dialogs") / "replies"
    target = options.into or data_folder("models") / f"reader-{dialog.language}"
    rows = material.replies(folder)
    classes = target / CLASSES_FILE
    known = read_classes(classes.read_text(encoding="utf-8")) if classes.exists() else {}
    trainer = Trainer(dialog, load_words(dialog.language), known)
    made = material.fingerprint(material.sources(folder, target))
    trainer.weights(rows, made).write(target)
    print(f"{target}: trained on {len(rows)} replies in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
