"""What a reader makes of replies of a writer whom it has not seen: counts for `replies`.

The policy of the program is applied to what a reader that was trained without the writer says.
Ambiguous replies are left aside.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from tools.training import material
from tools.training.amounts import WRITTEN_ON
from tools.training.material import ANY, Examples, LabelledReply, same
from tools.training.train import Trainer
from voice_triage.content.dialog import Dialog, Question
from voice_triage.content.library import load_dialog, load_words
from voice_triage.places import data_folder
from voice_triage.understanding.interpreter import Interpreter
from voice_triage.understanding.weights import Weights
from voice_triage.values import Answer, FindingKind, Level, QuestionId, Reply, Understanding

EVERYDAY = ("a", "b", "d", "e", "h")
"""Writers of everyday replies who are left out in turn; they were there before the program."""
NUMBERS = ("severity", "duration_days")
"""Questions for a number: all who answered them are left out in turn."""


@dataclass
class Tally:
    """Counts of clear replies and of what was made of them."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, times: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + times

    def share(self, part: str, whole: str) -> str:
        of = self.counts.get(whole, 0)
        return f"{self.counts.get(part, 0) / of:6.1%}" if of else "     -"

    def merge(self, other: Tally) -> Tally:
        for what, times in other.counts.items():
            self.add(what, times)
        return self


@cache
def all_replies() -> list[LabelledReply]:
    return material.replies(data_folder("dialogs") / "replies")


@cache
def dialog() -> Dialog:
    return load_dialog()


def reader_without(writer: str, share: float = 1.0) -> Interpreter:
    """The program's understanding, trained without one writer, on a share of the others."""
    words = load_words(dialog().language)
    rows = [reply for reply in all_replies() if reply.writer != writer]
    if share < 1.0:
        chosen = set(
            random.Random(0).sample(sorted({r.id for r in rows}), round(share * len(rows)))
        )
        rows = [reply for reply in rows if reply.id in chosen]
    weights = Trainer(dialog(), words, shipped().classes).weights(rows, "")
    return Interpreter(dialog(), words, weights, WRITTEN_ON)


def _grave(question: Question) -> bool:
    level = dialog().question_level(question)
    return level is not None and level >= Level.URGENT


def answers(reader: Interpreter, rows: Iterable[LabelledReply]) -> Tally:
    """Yes and no to the yes/no questions, finding by finding."""
    tally, asks = Tally(), Examples(dialog()).asks
    for reply in rows:
        for finding in asks(reply.question):
            label = reply.labels.get(finding)
            if label not in ("yes", "no"):
                continue
            question = dialog().question_by_id[QuestionId(reply.question)]
            heard = reader.interpret(reply.words, question)
            part = ("grave" if _grave(question) else "other") + (" heard" if reply.heard else "")
            found = heard.findings.get(finding)
            read = found.value if found in (Reply.YES, Reply.NO) else "again"
            tally.add(f"{part} {label}")
            tally.add(f"{part} {label} as {read}")
            if part in ("grave", "other") and heard.asks:
                tally.add("asked back in an ordinary answer")
            if part in ("grave", "other"):
                tally.add("ordinary answers")
    return tally


def danger(reader: Interpreter, rows: Iterable[LabelledReply]) -> Tally:
    """Danger in people's own words at any moment, and what only looks like it."""
    tally = Tally()
    emergencies = {f for f, level in dialog().lone_level.items() if level is Level.EMERGENCY}
    for reply in rows:
        if reply.question != ANY or reply.heard:
            continue
        stated = {f for f in emergencies if reply.labels.get(f) == "yes"}
        if not stated and any(reply.labels.get(f) == "unsure" for f in emergencies):
            continue
        heard = reader.interpret(reply.words, None)
        acted = bool(heard.danger or heard.danger_call)
        kind = "danger" if stated or "call" in reply.tags else "harmless"
        tally.add(kind)
        tally.add(f"{kind} acted", acted)
        tally.add(f"{kind} asked", not acted and bool(heard.asks))
        tally.add(f"{kind} noticed", acted or bool(heard.asks))
        tally.add("right sign", bool(stated.intersection((*heard.danger, *heard.asks))))
    return tally


def values(reader: Interpreter, rows: Iterable[LabelledReply]) -> Tally:
    """Numbers, durations and choices."""
    tally = Tally()
    for reply in rows:
        question = dialog().question_by_id.get(QuestionId(reply.question))
        if question is None or question.kind is FindingKind.YES_NO:
            continue
        heard = reader.interpret(reply.words, question)
        label = reply.labels.get(question.id)
        name = str(question.id) + (" heard" if reply.heard else "")
        if label in (None, "unsure"):
            tally.add(f"{name} unsaid")
            tally.add(f"{name} made up", heard.value is not None)
        else:
            tally.add(name)
            tally.add(f"{name} right", _same(heard, str(label)))
            tally.add(f"{name} wrong", heard.value is not None and not _same(heard, str(label)))
            tally.add(f"{name} again", heard.value is None)
    return tally


def _same(heard: Understanding, label: str) -> bool:
    if heard.answer is Answer.CHOICE:
        return isinstance(heard.value, tuple) and bool(set(label.split(",")) & set(heard.value))
    if not isinstance(heard.value, float):
        return False
    kind = FindingKind.DAYS if heard.answer is Answer.DAYS else FindingKind.SEVERITY
    return same(heard.value, float(label), kind)


def _clear(writer: str) -> list[LabelledReply]:
    return [r for r in all_replies() if r.writer == writer and not r.ambiguous]


@cache
def _trainer() -> Trainer:
    return Trainer(dialog(), load_words(dialog().language), shipped().classes)


def numbers_without(writer: str) -> tuple[str, Tally]:
    """Numbers and times of one writer, learned from all others."""
    tables = _trainer().amounts([reply for reply in all_replies() if reply.writer != writer])
    weights = Weights({**shipped().tables, **tables}, "", shipped().classes)
    reader = Interpreter(dialog(), load_words(dialog().language), weights, WRITTEN_ON)
    return writer, values(reader, [r for r in _clear(writer) if r.question in NUMBERS])


def leave_out(writer: str, share: float = 1.0) -> Tally:
    """All figures of one writer, by a reader that was trained without."""
    reader, rows = reader_without(writer, share), _clear(writer)
    if writer in EVERYDAY:
        return answers(reader, rows).merge(values(reader, rows))
    return danger(reader, rows)


def sum_of(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    return whole


@cache
def shipped() -> Weights:
    return Weights.of(dialog())


def program() -> Interpreter:
    """The program's own understanding, with the weights that are shipped."""
    return Interpreter(dialog(), load_words(dialog().language), shipped(), WRITTEN_ON)
