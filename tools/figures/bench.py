"""Measure what a user waits for, and print it next to the budgets.

Run by scripts/bench. Nothing here is asserted: a slow machine is no bug, but a figure above its
budget on a desktop core is worth a look.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from tools.figures import aloud
from tools.figures.figure import Figure
from voice_triage.app.screen.plain import NoScreen
from voice_triage.app.wiring import Language
from voice_triage.conversation.budget import MOST_PROMPTS
from voice_triage.conversation.effects import Finish, Listen, Started
from voice_triage.conversation.state import State
from voice_triage.ports import Heard
from voice_triage.simulation.patient import Answers
from voice_triage.simulation.patient_file import load_patients
from voice_triage.simulation.sessions import simulate
from voice_triage.simulation.world import World


def main() -> int:
    language = Language.load()
    for measure in (*aloud.MEASURES, reading, turns, sessions, memory):
        for figure in measure(language):
            print(figure, flush=True)
    return 0


def turns(language: Language) -> Iterable[Figure]:
    """Handled turns a second of the pure core, words to effects, over whole sessions."""
    corpus = Path(__file__).parents[2] / "tests" / "corpus" / "vignettes" / "first_slice.yaml"
    patients = load_patients([corpus], language.dialog)
    scripts = [_script(language, p) for p in patients]
    talk = aloud.conversation(language)
    best = 0.0
    for _ in range(aloud.ROUNDS):
        count, began = 0, time.perf_counter()
        for script in scripts * 5:
            talk.state = State()
            talk.handle(Started())
            for words in script:
                talk.handle(Heard(words))
            count += len(script)
        best = max(best, count / (time.perf_counter() - began))
    yield Figure("turns of the core a second", best, "/s", 20_000, at_most=False)


def _script(language: Language, patient: object) -> list[str]:
    """The words of one whole session."""
    talk, words = aloud.conversation(language), []
    answers = Answers(patient, language.dialog, language.words.plain)  # type: ignore[arg-type]
    effects = talk.handle(Started())
    while not isinstance(effects[-1], Finish):
        listen = effects[-1]
        assert isinstance(listen, Listen)
        question = listen.question
        said = answers.reply(question.id if question else None, question.asks if question else ())
        words.append(said or "")
        effects = talk.handle(Heard(said or ""))
    return words


def reading(language: Language) -> Iterable[Figure]:
    """One reply understood, none of it remembered: the replies of a mixed evening."""
    question = language.dialog.questions[0]
    replies = [
        f"no dear none of that, I walked to the church and back, {n} steps" for n in range(200)
    ]
    began = time.perf_counter()
    for reply in replies:
        language.interpreter.interpret(reply, question)
    each = (time.perf_counter() - began) / len(replies)
    yield Figure("a reply of a dozen words is read", each * 1e3, "ms", 0.5)


def sessions(language: Language) -> Iterable[Figure]:
    """Everything that is asked in a session, reprompts included, and the time that it takes aloud:
    typed, by the twelve plain patients of the first slice."""
    corpus = Path(__file__).parents[2] / "tests" / "corpus" / "vignettes" / "first_slice.yaml"
    patients = load_patients([corpus], language.dialog)
    world = World(language, language.dialog.regions["US"])
    results = [simulate(world, patient, NoScreen()) for patient in patients]
    yield Figure("prompts of a session, median", median(r.prompts for r in results), "", 24)
    yield Figure("prompts of a session, most", max(r.prompts for r in results), "", MOST_PROMPTS)
    yield Figure("seconds of a session aloud, median", median(r.aloud for r in results), "s", 240)


def memory(language: Language) -> Iterable[Figure]:
    """Peak of a full session by WAV file, spoken into a file, as the operating system saw it."""
    del language
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.wav"
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        subprocess.run(
            [*aloud.COMMAND, "demo", "--output", str(out)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    yield Figure("peak memory of a full session", max(before, after) / 1024, "MB", 120)


if __name__ == "__main__":
    sys.exit(main())
