"""How well replies are understood by a reader that has not seen their writer.

Command: ``scripts/evaluate replies``.

One writer after the other is left out of the training, and the policy of the program is applied to
what the reader then makes of that writer's replies. Ambiguous replies are left aside.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tools.figures.left_out import (
    EVERYDAY,
    NUMBERS,
    Tally,
    all_replies,
    answers,
    leave_out,
    numbers_without,
    program,
    sum_of,
)
from tools.training import material

OURS = (material.OWN, "nn")
"""Writers who had seen misses of the others."""
FEW = 20
"""Clear replies; of a writer with fewer no figure is given."""
SHARES = (0.25, 0.5, 1.0)
"""Of the training replies, for the learning curve."""


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
        return sum_of(done[writer, share] for writer in writers)

    _report(of)
    _numbers(options.jobs)
    if options.curve:
        for share in SHARES:
            found, signs = (sum_of(done[w, share] for w in two) for two in ("eh", "fi"))
            _print(f"learning curve: {share:.0%} of the replies, writers e, h; f, i", found, [
                ("danger questions: yes read as no", "grave yes as no", "grave yes"),
                ("danger questions: no accepted at once", "grave no as no", "grave no"),
                ("danger questions: yes understood at once", "grave yes as yes", "grave yes"),
            ])  # fmt: skip
            _print("", signs, [("danger noticed at any moment", "danger noticed", "danger")])
    return 0


def _report_unseen(folder: Path) -> None:
    """Writers whom neither the training nor the thresholds have seen."""
    clear = [reply for reply in material.replies(folder) if not reply.ambiguous]
    tally = answers(program(), clear)
    for part, name in (("grave", "danger questions"), ("other", "other questions")):
        _print(f"{name}, unseen: {folder}", tally, list(_answer_lines(part)))


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
    asked = Counter(r.writer for r in all_replies() if r.question in NUMBERS and not r.heard)
    usual = (writer for writer, replies in asked.items() if replies >= FEW)
    writers = sorted(writer for writer in usual if writer not in OURS)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        found = dict(pool.map(numbers_without, writers, chunksize=-(-len(writers) // jobs)))
    whole = sum_of(found.values())
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


if __name__ == "__main__":
    sys.exit(main())
