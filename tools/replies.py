"""How well replies are understood by a reader that has not seen their writer.

Command: ``scripts/evaluate replies``.

One writer after the other is left out of the training, and the policy of the program is applied to
what the reader then makes of that writer's replies. Ambiguous replies are left aside.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from tools import material
from tools.amounts import WRITTEN_ON, same
from tools.material import ANY, Examples, LabelledReply
from tools.train import Trainer
from voice_triage.core.dialog import Dialog, Question
from voice_triage.core.values import Answer, FindingKind, Level, QuestionId, Reply, Understanding
from voice_triage.library import data_folder, load_dialog, load_weights, load_words
from voice_triage.understanding.interpreter import Interpreter
from voice_triage.understanding.weights import Weights

EVERYDAY = ("a", "b", "d", "e", "h")
"""Writers of everyday replies who are left out in turn; they were there before the program."""
NUMBERS = ("severity", "duration_days")
"""Questions for a number: all who answered them are left out in turn."""
FEW = 20
"""Clear replies; of a writer with fewer no figure is given."""
SHARES = (0.25, 0.5, 1.0)
"""Of the training replies, for the learning curve."""


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
def _all() -> list[LabelledReply]:
    return material.replies(data_folder("dialogs") / "replies")


@cache
def _dialog() -> Dialog:
    return load_dialog()


def reader_without(writer: str, share: float = 1.0) -> Interpreter:
    """The program's understanding, trained without one writer, on a share of the others."""
    words = load_words(_dialog().language)
    rows = [reply for reply in _all() if reply.writer != writer]
    if share < 1.0:
        chosen = set(
            random.Random(0).sample(sorted({r.id for r in rows}), round(share * len(rows)))
        )
        rows = [reply for reply in rows if reply.id in chosen]
    weights = Trainer(_dialog(), words, _shipped().classes).weights(rows, "")
    return Interpreter(_dialog(), words, weights, WRITTEN_ON)


def _grave(question: Question) -> bool:
    level = _dialog().question_level(question)
    return level is not None and level >= Level.URGENT


def answers(reader: Interpreter, rows: Iterable[LabelledReply]) -> Tally:
    """Yes and no to the yes/no questions, finding by finding."""
    tally, asks = Tally(), Examples(_dialog()).asks
    for reply in rows:
        for finding in asks(reply.question):
            label = reply.labels.get(finding)
            if label not in ("yes", "no"):
                continue
            question = _dialog().question_by_id[QuestionId(reply.question)]
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
    emergencies = {f for f, level in _dialog().lone_level.items() if level is Level.EMERGENCY}
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
        question = _dialog().question_by_id.get(QuestionId(reply.question))
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
    return [r for r in _all() if r.writer == writer and not r.ambiguous]


@cache
def _trainer() -> Trainer:
    return Trainer(_dialog(), load_words(_dialog().language), _shipped().classes)


def numbers_without(writer: str) -> tuple[str, Tally]:
    """Numbers and times of one writer, learned from all others."""
    tables = _trainer().amounts([reply for reply in _all() if reply.writer != writer])
    weights = Weights({**_shipped().tables, **tables}, "", _shipped().classes)
    reader = Interpreter(_dialog(), load_words(_dialog().language), weights, WRITTEN_ON)
    return writer, values(reader, [r for r in _clear(writer) if r.question in NUMBERS])


def leave_out(writer: str, share: float = 1.0) -> Tally:
    """All figures of one writer, by a reader that was trained without."""
    reader, rows = reader_without(writer, share), _clear(writer)
    if writer in ("f", "i"):
        return danger(reader, rows)
    return answers(reader, rows).merge(values(reader, rows))


def _work(task: tuple[str, float]) -> Tally:
    return leave_out(*task)


def _print(title: str, tally: Tally, lines: Sequence[tuple[str, str, str]]) -> None:
    print(f"\n{title}")
    for text, part, whole in lines:
        print(f"  {text:<48} {tally.share(part, whole)}  of {tally.counts.get(whole, 0)}")


def _answer_lines(part: str) -> Iterator[tuple[str, str, str]]:
    yield "clear yes read as no", f"{part} yes as no", f"{part} yes"
    yield "clear no read as yes", f"{part} no as yes", f"{part} no"
    yield "no accepted at once", f"{part} no as no", f"{part} no"
    yield "yes understood at once", f"{part} yes as yes", f"{part} yes"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--curve", action="store_true", help="the learning curve as well")
    parser.add_argument("--numbers", action="store_true", help="numbers and times alone")
    parser.add_argument(
        "--unseen", type=Path, metavar="FOLDER", help="the shipped reader on replies of others"
    )
    options = parser.parse_args(arguments)
    if options.unseen:
        _report_unseen(options.unseen)
        return 0
    if options.numbers:
        _numbers(options.jobs)
        return 0
    tasks = [(writer, 1.0) for writer in (*EVERYDAY, "f", "i")]
    if options.curve:
        tasks += [(w, share) for share in SHARES if share < 1.0 for w in ("e", "h", "f", "i")]
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        done = dict(zip(tasks, pool.map(_work, tasks), strict=True))

    def of(writers: Iterable[str], share: float = 1.0) -> Tally:
        return _sum(done[writer, share] for writer in writers)

    _report(of)
    _numbers(options.jobs)
    if options.curve:
        for share in SHARES:
            found, signs = (_sum(done[w, share] for w in two) for two in ("eh", "fi"))
            _print(f"learning curve: {share:.0%} of the replies, writers e, h; f, i", found, [
                ("danger questions: yes read as no", "grave yes as no", "grave yes"),
                ("danger questions: no accepted at once", "grave no as no", "grave no"),
                ("danger questions: yes understood at once", "grave yes as yes", "grave yes"),
            ])  # fmt: skip
            _print("", signs, [("danger noticed at any moment", "danger noticed", "danger")])
    return 0


def _report_unseen(folder: Path) -> None:
    """Writers whom neither the training nor the thresholds have seen."""
    reader = Interpreter(_dialog(), load_words(_dialog().language), _shipped(), WRITTEN_ON)
    clear = [reply for reply in material.replies(folder) if not reply.ambiguous]
    tally = answers(reader, clear)
    for part, name in (("grave", "danger questions"), ("other", "other questions")):
        _print(f"{name}, unseen: {folder}", tally, list(_answer_lines(part)))


def _sum(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    return whole


def _report(of: Callable[..., Tally]) -> None:
    everyday = of(EVERYDAY)
    for part, name in (("grave", "danger questions"), ("other", "other questions")):
        _print(f"{name}, writers left out in turn: {' '.join(EVERYDAY)}", everyday,
               list(_answer_lines(part)))  # fmt: skip
        _print("  … as the ear heard them", everyday, list(_answer_lines(f"{part} heard")))
    _print("ordinary answers", everyday, [
        ("a danger sign asked back", "asked back in an ordinary answer", "ordinary answers")
    ])  # fmt: skip
    for writer in ("f", "i"):
        _print(f"at any moment, writer {writer} left out", of([writer]), [
            ("danger noticed (acted on or asked about)", "danger noticed", "danger"),
            ("danger acted on at once", "danger acted", "danger"),
            ("the right sign named", "right sign", "danger"),
            ("look-alikes and talk acted on", "harmless acted", "harmless"),
            ("look-alikes and talk asked about", "harmless asked", "harmless"),
        ])  # fmt: skip
    for name in ("location", "quality", "cause"):
        _print(f"{name}, writers left out in turn", everyday, [
            ("right", f"{name} right", name), ("wrong (else asked again)", f"{name} wrong", name),
        ])  # fmt: skip


def _numbers(jobs: int) -> None:
    """Numbers and times, each writer of them left out in turn."""
    asked = Counter(r.writer for r in _all() if r.question in NUMBERS and not r.heard)
    writers = sorted(writer for writer, replies in asked.items() if replies >= FEW)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        found = dict(pool.map(numbers_without, writers, chunksize=-(-len(writers) // jobs)))
    whole = _sum(found.values())
    for name in NUMBERS:
        for writer, tally in found.items():
            lines = _number_lines(name)
            shares = (f"{text} {tally.share(part, of).strip()}" for text, part, of in lines)
            print(f"{name}, writer {writer} left out: {', '.join(shares)}")
        for kind in (name, f"{name} heard"):
            _print(f"{kind}, writers left out", whole, list(_number_lines(kind)))


def _number_lines(kind: str) -> Iterator[tuple[str, str, str]]:
    yield "right", f"{kind} right", kind
    yield "wrong", f"{kind} wrong", kind
    yield "asked again", f"{kind} again", kind
    yield "made up where none was said", f"{kind} made up", f"{kind} unsaid"


def _shipped() -> Weights:
    return load_weights(_dialog().language)


if __name__ == "__main__":
    sys.exit(main())
