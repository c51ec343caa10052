"""Which way of decoding serves best, by kind of question and noise: ``scripts/evaluate decoding``.

    python -m tools.figures.decoding [--data DIR] [--jobs N] [--replies N] [--misses]

Replies of three writers are spoken by two voices of espeak-ng and a neural one, in quiet and in the
noises of DIR/noise, and heard by the ear in several ways:

    closed      only the 200 commonest whole replies that other writers gave to that question
    open        the model's own language model alone
    short list  open, and the list of short answers listens along: what a session does
    no veto     the same, but the list makes numbers only and never takes an answer away
    graver      closed and open, both read, the graver one taken

The reader was trained on these very replies as text, which flatters all ways alike: the figures
compare ways, and say nothing of new people. At the end the noises are heard with nobody speaking.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from tools.figures.ways import WAYS, Hearer
from tools.training.material import LabelledReply, replies
from voice_triage.content.dialog import Question
from voice_triage.places import data_folder
from voice_triage.simulation.world import patient_voice
from voice_triage.sound.audio import AudioClip, join, mix, resample, silence
from voice_triage.sound.noise import noises
from voice_triage.values import (
    Answer,
    FindingId,
    FindingKind,
    Level,
    QuestionId,
    Reply,
    Understanding,
)

ROOT = Path(__file__).resolve().parents[2]
WRITERS = ("o", "q", "r")
"""Their replies are easy for a synthetic voice to speak."""
VOICES = ("en-gb", "en-us", "piper:joe")
CONDITIONS = (None, 20.0, 10.0)
"""Speech over noise in decibels; None is quiet."""
HALF_A_DAY, MONTHS_DIFFER = 0.5, 0.07
"""A duration is right within half a day or 7 %."""
LEAD_S, TAIL_S = 0.3, 1.5
ALONE = "noise alone"
SHORT, SHORT_WORDS, SHORT_REPLIES = "short answer", 2, 40
"""Kind of the replies of so few words, which is all that the short list may take away; of all
writers, the commonest so many, each spoken by every voice."""
RESULTS = ("right", "again", "yes as no", "no as yes", "other")
ALONE_S, ALONE_TURNS = 5.0, 6
"""So much of each noise is listened to, beginning at so many places."""

Table = Counter[tuple[str, str, str, str]]
"""How often: kind of question, condition, way, and what came of it."""


def kind_of(question: Question, level: Level | None) -> str:
    if question.kind is FindingKind.YES_NO:
        return "danger" if level is Level.EMERGENCY else "yes/no"
    return {FindingKind.SEVERITY: "severity", FindingKind.DAYS: "duration"}.get(
        question.kind, "choice"
    )


def judged(heard: Understanding, reply: LabelledReply, question: Question) -> str:
    """``right``, ``again`` (asked once more), or what was taken for what."""
    if heard.command is not None:
        return "again"
    if question.kind is not FindingKind.YES_NO:
        label = reply.labels[question.asks[0]]
        return "again" if heard.value is None else "right" if _same(heard, label) else "other"
    got = {f: _answer(heard, f) for f in question.asks if reply.labels.get(f) in ("yes", "no")}
    if any(reply.labels[f] == "no" and value == "yes" for f, value in got.items()):
        return "no as yes"
    if any(reply.labels[f] == "yes" and value == "no" for f, value in got.items()):
        return "yes as no"
    return "right" if all(reply.labels[f] == value for f, value in got.items()) else "again"


def _answer(heard: Understanding, finding: FindingId) -> str:
    value = Reply.YES if finding in heard.danger else heard.findings.get(finding)
    if value is Reply.NO and heard.asks:
        return "again"
    return value.value if value in (Reply.YES, Reply.NO) else "again"


def _same(heard: Understanding, label: str) -> bool:
    if isinstance(heard.value, tuple):
        return bool(set(label.split(",")) & set(heard.value))
    if not isinstance(heard.value, float):
        return False
    limit = max(HALF_A_DAY, MONTHS_DIFFER * float(label)) if heard.answer is Answer.DAYS else 0.0
    return abs(heard.value - float(label)) <= limit


def chosen(hearer: Hearer, most: int) -> list[tuple[str, LabelledReply, Question]]:
    """Up to ``most`` clear replies to each question, and short answers; each with its kind."""
    dialog, found = hearer.dialog, []
    rows = [r for r in replies(data_folder("dialogs") / "replies", heard=False) if not r.ambiguous]
    for question in dialog.questions:
        kind = kind_of(question, dialog.question_level(question))
        told = [r for r in rows if r.writer in WRITERS and _is_clear(r, question)]
        step = max(1.0, len(told) / most)
        found += [(kind, told[int(n * step)], question) for n in range(min(most, len(told)))]
    return found + [one for one in _short(hearer, rows) for _ in VOICES]


def _short(hearer: Hearer, rows: list[LabelledReply]) -> list[tuple[str, LabelledReply, Question]]:
    """The commonest answers of a word or two to questions for yes or no."""
    times: Counter[str] = Counter()
    first: dict[str, tuple[str, LabelledReply, Question]] = {}
    asked = {q.id: q for q in hearer.dialog.questions if q.kind is FindingKind.YES_NO}
    for reply in rows:
        question = asked.get(QuestionId(reply.question))
        if question is None or len(reply.words.split()) > SHORT_WORDS:
            continue
        if _is_clear(reply, question):
            words = reply.words.lower().rstrip(".!")
            times[words] += 1
            first.setdefault(words, (SHORT, reply, question))
    return [first[words] for words, _ in times.most_common(SHORT_REPLIES)]


def _is_clear(reply: LabelledReply, question: Question) -> bool:
    labels = [reply.labels.get(f, "") for f in question.asks]
    if reply.question != question.id:
        return False
    if question.kind is FindingKind.YES_NO:
        return any(label in ("yes", "no") for label in labels)
    return labels[0] not in ("", "unsure")


def measure(part: int, parts: int, most: int, data: Path, misses: bool) -> Table:
    """Every ``parts``-th reply and noise from ``part`` on, in each condition, in each way."""
    hearer, table = Hearer(WRITERS), Table()
    folder = data / "noise"
    background = noises(folder if folder.is_dir() else None)
    with ExitStack() as stack:
        voices = [stack.enter_context(patient_voice(name)) for name in VOICES]
        for number, (kind, reply, question) in enumerate(chosen(hearer, most)):
            if number % parts != part:
                continue
            spoken = voices[number % len(voices)](reply.words)
            lead, tail = (silence(seconds, spoken.rate) for seconds in (LEAD_S, TAIL_S))
            clip = join([lead, spoken, tail], spoken.rate)
            noise = _at_rate(background[number % len(background)], clip.rate)
            for snr in CONDITIONS:
                noisy = clip if snr is None else mix(clip, noise, snr, seed=number)
                for way, heard in hearer.understood(noisy, question).items():
                    result = judged(heard, reply, question)
                    table[kind, _name(snr), way, result] += 1
                    if misses and result != "right":
                        said = f"{heard.text!r} for {reply.words!r}"
                        print(f"{reply.id} {_name(snr)} {way}: {result}: {said}", flush=True)
    for noise in background[part::parts]:
        for begin in range(0, len(noise.samples), len(noise.samples) // ALONE_TURNS + 1):
            whole = AudioClip(noise.pcm[2 * begin :] + noise.pcm[: 2 * begin], noise.rate)
            clip = next(whole.split(ALONE_S))
            for way, heard in hearer.understood(clip, hearer.dialog.questions[0]).items():
                table[ALONE, "alone", way, ghost(heard)] += 1
    return table


def ghost(heard: Understanding) -> str:
    """What came of a noise with nobody speaking."""
    if heard.danger or heard.answer in (Answer.YES, Answer.NO):
        return "other"
    return "again" if heard.text else "right"


_at_rate = cache(resample)


def _name(snr: float | None) -> str:
    return "quiet" if snr is None else f"{snr:g} dB"


def lines(table: Table) -> Iterator[str]:
    yield f"{'question':<16}{'noise':<7}{'decoding':<12}{'':>5}" + "".join(
        f"{r:>11}" for r in RESULTS
    )
    for kind in sorted({kind for kind, *_ in table}):
        for noise in ("alone",) if kind == ALONE else map(_name, CONDITIONS):
            for way in WAYS:
                counts = [table[kind, noise, way, result] for result in RESULTS]
                cells = "".join(f"{count / sum(counts):>11.1%}" for count in counts)
                yield f"{kind:<16}{noise:<7}{way:<12}{sum(counts):>5}{cells}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--replies", type=int, default=12, help="of each question")
    parser.add_argument("--misses", action="store_true", help="print what was read otherwise")
    options = parser.parse_args()
    work = partial(measure, parts=options.jobs, most=options.replies, data=options.data,
                   misses=options.misses)  # fmt: skip
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        table = sum(pool.map(work, range(options.jobs)), Table())
    print("\n".join(lines(table)))


if __name__ == "__main__":
    main()
