"""How well are real patients' answers understood? Agreement with hand labels, per split.

    python -m tools.primock PATIENTS.tsv [--split dev|held_out] [--misses]

PATIENTS.tsv holds the transcripts of PriMock57 (CC BY 4.0); it is not part of this repository,
only labels by line and checksum are (tests/corpus/primock57_answers.tsv). Each utterance is read
as the answer to a question without phrases of its own: once in the strict way of questions about
danger, where “no” must be all that was said, and once in the lenient way of the others.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections import Counter
from pathlib import Path

from voice_triage.core.dialog import Asked, Finding, Question
from voice_triage.core.interpret import Interpreter
from voice_triage.core.values import Answer, FindingId, FindingKind, Level, QuestionId
from voice_triage.library import load_lexicon

ROOT = Path(__file__).resolve().parent.parent

LABELS = ROOT / "tests" / "corpus" / "primock57_answers.tsv"
ASKED_AGAIN = (Answer.UNSURE, Answer.NONE)
DANGER, OTHER = FindingId("any_danger"), FindingId("any_other")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("patients", type=Path, help="patients.tsv of PriMock57")
    arguments.add_argument("--split", choices=("dev", "held_out"), action="append")
    arguments.add_argument("--misses", action="store_true", help="print what was read otherwise")
    options = arguments.parse_args()
    lines = options.patients.read_text(encoding="utf-8").splitlines()
    for split in options.split or ("dev", "held_out"):
        for way, finding in (("strict", DANGER), ("lenient", OTHER)):
            report(lines, split, way, finding, misses=options.misses)
    return 0


def interpreter() -> Interpreter:
    findings = {f: Finding(f, FindingKind.YES_NO, Asked.ALWAYS, "", "") for f in (DANGER, OTHER)}
    return Interpreter(load_lexicon("en"), findings, {DANGER: Level.EMERGENCY})


def report(lines: list[str], split: str, way: str, finding: FindingId, *, misses: bool) -> None:
    question = Question(
        QuestionId(finding), (finding,), FindingKind.YES_NO, "", ("", ""), "source: none"
    )
    read = interpreter()
    table: Counter[tuple[str, Answer]] = Counter()
    unclear: Counter[tuple[str, Answer]] = Counter()
    wrong: list[tuple[str, Answer, str]] = []
    for text, label, clear in labelled(lines, split):
        answer = read.interpret(text, question).answer
        (table if clear else unclear)[label, answer] += 1
        if clear and answer != label:
            wrong.append((label, answer, text))
    total = table.total()
    same = sum(n for (label, answer), n in table.items() if answer == label)
    again = sum(
        n for (label, answer), n in table.items() if label == "unsure" and answer is Answer.NONE
    )
    print(f"{split}, {way}: {total} clear answers, {unclear.total()} others")
    print(f"  agreement {same / total:.1%}; with “asked again” as one {(same + again) / total:.1%}")
    for name, counts in (("clear", table), ("other", unclear)):
        for label in ("yes", "no", "unsure"):
            row = "  ".join(f"{a.value} {counts[label, a]:3}" for a in list(Answer)[:4])
            print(f"  {name:5} {label:6} read as  {row}")
    print(f"  clear yes read as no: {table['yes', Answer.NO]}", end="; ")
    print(f"clear no read as yes: {table['no', Answer.YES]}")
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
