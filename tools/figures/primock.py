"""How well are real patients' answers understood? Agreement with hand labels, per split.

    python -m tools.figures.primock PATIENTS.tsv [--split dev|held_out] [--misses]

PATIENTS.tsv holds the transcripts of PriMock57 (CC BY 4.0); it is not part of this repository,
only labels by line and checksum are (tests/corpus/primock57_answers.tsv). Each utterance is read
as a yes or no to anything, since the reader knows nothing of the question.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections import Counter
from pathlib import Path

from voice_triage.content.library import load_dialog, load_words
from voice_triage.understanding.features import Features
from voice_triage.understanding.policy import plain_answer
from voice_triage.understanding.reader import Reader
from voice_triage.understanding.tokens import UNKNOWN, Tokeniser
from voice_triage.understanding.weights import Weights

ROOT = Path(__file__).resolve().parents[2]

LABELS = ROOT / "tests" / "corpus" / "primock57_answers.tsv"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("patients", type=Path, help="patients.tsv of PriMock57")
    arguments.add_argument("--split", choices=("dev", "held_out"), action="append")
    arguments.add_argument("--misses", action="store_true", help="print what was read otherwise")
    options = arguments.parse_args()
    lines = options.patients.read_text(encoding="utf-8").splitlines()
    for split in options.split or ("dev", "held_out"):
        report(lines, split, misses=options.misses)
    return 0


class Answers:
    """Reads utterances as answers to a question without words of its own."""

    def __init__(self) -> None:
        words = load_words("en")
        self._tokenise = Tokeniser(words)
        weights = Weights.of(load_dialog())
        self._reader = Reader(weights, Features(words, weights.classes))

    def read(self, text: str) -> str:
        """``yes``, ``no``, ``unsure`` or ``none``."""
        tokens = self._tokenise(text)
        shares = self._reader.asked(self._reader.features(tokens), "")
        said = plain_answer(shares, gaps=UNKNOWN in tokens)
        return "none" if said is None else said.value


def report(lines: list[str], split: str, *, misses: bool) -> None:
    answers = Answers()
    table: Counter[tuple[str, str]] = Counter()
    unclear: Counter[tuple[str, str]] = Counter()
    wrong: list[tuple[str, str, str]] = []
    for text, label, clear in labelled(lines, split):
        answer = answers.read(text)
        (table if clear else unclear)[label, answer] += 1
        if clear and answer != label:
            wrong.append((label, answer, text))
    total = table.total()
    same = sum(n for (label, answer), n in table.items() if answer == label)
    again = sum(n for (label, answer), n in table.items() if label == "unsure" and answer == "none")
    print(f"{split}: {total} clear answers, {unclear.total()} others")
    print(f"  agreement {same / total:.1%}; with “asked again” as one {(same + again) / total:.1%}")
    for name, counts in (("clear", table), ("other", unclear)):
        for label in ("yes", "no", "unsure"):
            row = "  ".join(f"{a} {counts[label, a]:3}" for a in ("yes", "no", "unsure", "none"))
            print(f"  {name:5} {label:6} read as  {row}")
    print(f"  clear yes read as no: {table['yes', 'no']}", end="; ")
    print(f"clear no read as yes: {table['no', 'yes']}")
    for label, answer, text in wrong if misses else ():
        print(f"    {label} read as {answer}: {text}")


def labelled(lines: list[str], split: str) -> list[tuple[str, str, bool]]:
    """Text, label and clearness of every label of ``split`` whose text is unchanged."""
    found = []
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text = lines[int(row["line"]) - 1].split("\t")[2]
            if row["split"] == split and sha(text) == row["sha"]:
                found.append((text, row["label"], row["clear"] == "1"))
    return found


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


if __name__ == "__main__":
    sys.exit(main())
