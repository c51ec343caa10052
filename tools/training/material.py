"""The labelled replies as training material: rows, and what they say about each finding."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from voice_triage.content.dialog import Dialog
from voice_triage.understanding import features, tokens
from voice_triage.understanding.quantities import chooser, durations, numbers, severity
from voice_triage.understanding.reader import ALSO, CALL, NO, NO_FINDING, NOTHING, UNSURE, YES
from voice_triage.understanding.weights import CLASSES_FILE
from voice_triage.values import FindingId, FindingKind

ANY = "any"
"""Said at some other moment: the reply answers no question."""
CONFIRM, CONFIRMED = "confirm", "confirmed"
"""Question and label of replies to “is that so?”, which has no finding of its own."""
TRAPS = ("g",)
"""The writers whose yes and no are made of traps; those of numbers (jj) count in full."""
HALF_A_DAY, MONTHS_DIFFER = 0.5, 0.07
"""A duration is right within half a day or 7 %: writers count a month as 28 to 31 days."""
OWN_WORDS = 4
"""A yes of so many words also says by itself what is there; a bare “yes” does not."""


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """One reply as said (or as heard), and what a careful nurse wrote down after it."""

    id: str
    question: str
    words: str
    labels: Mapping[str, str]
    tags: frozenset[str]
    heard: bool = False
    """As the ear understood it, not as it was said."""

    @property
    def writer(self) -> str:
        return self.id.partition("-")[0]

    @property
    def ambiguous(self) -> bool:
        return "ambiguous" in self.tags


@dataclass(frozen=True, slots=True)
class Example:
    """A reply, and which class it is of in one table (for one finding, where asked about)."""

    reply: LabelledReply
    finding: str
    label: str
    weight: float


def replies(folder: Path, *, heard: bool = True) -> list[LabelledReply]:
    """All replies of ``folder``, in order of file and row; and what the ear made of them."""
    rows = [row for path in sorted(folder.glob("*.tsv")) for row in _table(path)]
    said = [
        LabelledReply(
            row["id"],
            row["question"],
            row["reply"],
            dict(pair.split("=", 1) for pair in row["labels"].split(";") if "=" in pair),
            frozenset(row["tags"].split(";")),
        )
        for row in rows
    ]
    if not heard:
        return said
    by_id = {reply.id: reply for reply in said}
    again = [row for path in sorted((folder / "heard").glob("*.tsv")) for row in _table(path)]
    return said + [
        LabelledReply(r.id, r.question, row["heard"], r.labels, r.tags, heard=True)
        for row in again
        if (r := by_id.get(row["id"])) is not None
    ]


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def same(value: float, label: float, kind: FindingKind) -> bool:
    """Is it the same answer to a question for a number?"""
    if kind is FindingKind.SEVERITY:
        return value == label
    return abs(value - label) <= max(HALF_A_DAY, MONTHS_DIFFER * label)


def sources(folder: Path, target: Path) -> list[Path]:
    """Every file that the weights in ``target`` depend on: the replies of ``folder``, what was
    heard of them, the word classes, how words become features, and the trainer. The words file of
    the language is not among them: a new command needs no training."""
    lists = sorted(folder.glob("*.tsv")) + sorted((folder / "heard").glob("*.tsv"))
    here = Path(__file__).parent
    names = ("train", "material", "amounts", "likeness", "sparse")
    trainer = [here / f"{name}.py" for name in names]
    reading = [
        Path(str(module.__file__))
        for module in (chooser, durations, features, numbers, severity, tokens)
    ]
    classes = target / CLASSES_FILE
    learned = [classes, *sorted(here.glob("word-class-vectors-*.txt"))]
    return [*lists, *(path for path in learned if path.exists()), *trainer, *reading]


def fingerprint(files: Iterable[Path]) -> str:
    """``sha256:…`` over names and contents of ``files``."""
    whole = hashlib.sha256()
    for path in files:
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"sha256:{whole.hexdigest()}"


class Examples:
    """Sorts replies into the tables of the reader, with the weight that each counts with."""

    def __init__(self, dialog: Dialog) -> None:
        self._asks: dict[str, tuple[FindingId, ...]] = {}
        self._also: dict[str, tuple[FindingId, ...]] = {}
        for question in dialog.questions:
            if question.kind is FindingKind.YES_NO and question.which_of is None:
                self._asks[question.id] = (*question.asks, *question.no_also)
                self._also[question.id] = question.no_also
        self._yes_no = [f.id for f in dialog.findings.values() if f.kind is FindingKind.YES_NO]
        self._partners = {f: asks for asks in self._asks.values() for f in asks}

    def asks(self, question: str) -> tuple[FindingId, ...]:
        """The yes/no findings that ``question`` is about; none for other questions."""
        return self._asks.get(question, ())

    def asked(self, rows: Sequence[LabelledReply]) -> Iterator[Example]:
        """What replies say about the findings they answer; and, lighter, what was said at any
        moment as if it were the answer to the question for it."""
        for reply in rows:
            weight = weight_of(reply)
            for finding in self.asks(reply.question):
                also = ALSO if finding in self._also.get(reply.question, ()) else ""
                yield Example(reply, finding + also, _class(reply, finding), weight)
            if reply.question == CONFIRM:
                yield Example(reply, "", reply.labels.get(CONFIRMED, NOTHING), weight)
            elif len(self.asks(reply.question)) == 1:
                # A yes or no to anything, whatever was asked.
                label = _class(reply, self.asks(reply.question)[0])
                yield Example(reply, "", label, WHATEVER_WAS_ASKED * weight)
            if reply.question != ANY:
                continue
            stated = self._partners.keys() & reply.labels.keys()
            # “I have chest pain”, said when the legs were asked about, says nothing of them; nor
            # does an order for coffee.
            lightly = AT_ANY_MOMENT if stated else OFF_THE_POINT
            for finding in self._others(reply):
                yield Example(reply, finding, NOTHING, lightly * weight)
            for finding in sorted(stated):
                yield Example(reply, finding, _class(reply, finding), AT_ANY_MOMENT * weight)
                for other in self._partners[finding]:
                    if other not in reply.labels:
                        yield Example(reply, other, NOTHING, AT_ANY_MOMENT * weight)

    def _others(self, reply: LabelledReply) -> tuple[FindingId, ...]:
        """The findings of some question that the reply says nothing about; always the same one."""
        silent = [asks for asks in self._asks.values() if reply.labels.keys().isdisjoint(asks)]
        return silent[crc32(reply.id.encode()) % len(silent)] if silent else ()

    def mentions(self, rows: Sequence[LabelledReply]) -> Iterator[Example]:
        """Which findings replies state by themselves, whatever was asked."""
        for reply in rows:
            weight = (HEARD if reply.heard else 1.0) * (OWN_WEIGHT if reply.writer == OWN else 1.0)
            asked = set(self.asks(reply.question))
            stated = [f for f in self._yes_no if reply.labels.get(f) == YES]
            doubted = any(reply.labels.get(f) == UNSURE for f in self._yes_no)
            if "call" in reply.tags:
                yield Example(reply, "", CALL, weight)
            elif stated and asked.intersection(stated):
                if len(reply.words.split()) >= OWN_WORDS:
                    for finding in stated:
                        yield Example(reply, "", finding, ANSWERS * weight)
            elif stated:
                for finding in stated:
                    yield Example(reply, "", finding, weight)
            elif not doubted:
                yield Example(
                    reply, "", NO_FINDING, weight * (1.0 if reply.question == ANY else ORDINARY)
                )

    def choices(self, rows: Sequence[LabelledReply], finding: str) -> Iterator[Example]:
        """What replies choose among the options of ``finding``."""
        for reply in rows:
            label = reply.labels.get(finding)
            if reply.question == finding:
                yield Example(reply, "", label or NOTHING, HEARD if reply.heard else 1.0)
            elif reply.question == ANY and label is not None:
                yield Example(reply, "", label, AT_ANY_MOMENT)


HEARD = 0.5
"""Weight of what the ear made of a reply: the same reply counts as said already."""
TRAP = 0.3
"""Weight of the files of traps: far more of them than in life, they make “Yeah, …” doubtful."""
AT_ANY_MOMENT = 0.1
"""Weight, in the table of findings asked about, of what was said at any moment."""
WHATEVER_WAS_ASKED = 0.3
"""Weight of an answer as a yes or no to anything."""
OFF_THE_POINT = 0.3
"""… where it states nothing at all: talk in the room."""
ANSWERS = 0.5
"""Weight, in the table of mentions, of a yes to the question asked."""
ORDINARY = 0.3
"""Weight, in the table of mentions, of an ordinary answer that states nothing: there are many."""


DOUBTFUL = 0.3
"""Weight of a reply that two careful nurses would settle differently."""
OWN, OWN_WEIGHT = "own", 2.0
"""The maintainers' own file: plain words that must be understood, whatever the others say."""
ONE_WORD = 3.0
"""Weight of a reply of one word: here each “no” stands once, in life it is the commonest reply."""


def weight_of(reply: LabelledReply) -> float:
    """How much a reply counts."""
    weight = ONE_WORD if len(reply.words.split()) == 1 else 1.0
    weight *= DOUBTFUL if reply.ambiguous else 1.0
    weight *= OWN_WEIGHT if reply.writer == OWN else 1.0
    return weight * (HEARD if reply.heard else 1.0) * (TRAP if reply.writer in TRAPS else 1.0)


def _class(reply: LabelledReply, finding: str) -> str:
    label = reply.labels.get(finding, NOTHING)
    return label if label in (YES, NO, UNSURE) else NOTHING
