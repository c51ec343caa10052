"""Waiting, for hours, beside people who talk: what begins a session, and what only asks for one.

A television must not start a session, and somebody who collapses must not have to find the right
words. So there are two ways in. What is said out of quiet and by itself begins a session: a start
phrase, or danger words. Danger words in the flow of talk only ask whether somebody called.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from voice_triage.content.dialog import Dialog
from voice_triage.content.templates import listed
from voice_triage.content.words import Words
from voice_triage.hearing.grammar import UNKNOWN, normalise
from voice_triage.ports import Ear, Heard, KeyPress, ListenRequest, NoInput
from voice_triage.understanding.interpreter import Interpreter
from voice_triage.understanding.quantities.numbers import graph
from voice_triage.values import Answer, Command, Understanding

log = logging.getLogger(__name__)

TURN_S = 60.0
"""Length of one listening turn while nobody is there; then the next one begins."""
START_QUIET_S = 1.0
"""Nobody spoke for so long before a start phrase: in talk the pauses are shorter."""
DANGER_QUIET_S = 3.0
"""… and before danger words, which talk is full of: more than a pause between two speakers."""
MOST_WORDS_AFTER = 2
"""“Help me please now”; “help me to find the remote control” is no call."""
MOST_WORDS_ALONE = 6
"""“I think I have chest pain”: danger words of somebody who can say no more."""
MOST_WORDS_OF_A_YES = 4
"""“Yes I need you”; longer is other people's talk."""
REPLY_S = 7.0
"""So long may the answer to “Did somebody call?” take to begin."""
NOT_AGAIN_S = 300.0
"""After a question that nobody answered, danger words in talk ask none for so long."""


@dataclass(frozen=True, slots=True)
class Begin:
    """A session begins, with danger words that were said instead of a greeting, if any."""

    first_words: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody may have called: with danger words in the flow of talk, or just “help”."""

    first_words: str | None = None


def start_phrases(dialog: Dialog, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """The phrases that start a session: those ``chosen``, else those of the dialog."""
    phrases = chosen or listed(dialog.texts["wake"])
    return tuple(dict.fromkeys(map(normalise, phrases)))


class Calls:
    """Judges what is heard at standby. Pure: no ear, no clock."""

    def __init__(self, phrases: Sequence[str], words: Words, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._fillers = graph({"": words.fillers})
        self._phrases = tuple(self._spoken(self._understood(Heard(p))) for p in phrases)

    def heard(self, heard: Heard) -> Begin | Ask | None:
        """What follows from ``heard``: a session, a question whether one is wanted, or nothing."""
        said = self._understood(heard)
        spoken = self._spoken(said)
        danger = bool(said.danger) or said.danger_call
        if not heard.by_ear and (danger or said.command in (Command.HELP, Command.START_OVER)):
            return Begin(heard.text if danger else None)
        after = self._after_start_phrase(spoken)
        if after is not None and heard.quiet_before_s >= START_QUIET_S:
            if danger and after <= MOST_WORDS_ALONE:
                return Begin(heard.text)
            if after <= MOST_WORDS_AFTER:
                return Begin()
        if danger:
            alone = self._alone(heard, spoken) and heard.quiet_before_s >= DANGER_QUIET_S
            return Begin(heard.text) if alone else Ask(heard.text)
        return Ask() if said.command is Command.HELP else None

    def means_yes(self, heard: Heard) -> bool:
        """Does ``heard`` answer “Did somebody call for help?” with yes, or by calling again?"""
        said = self._understood(heard)
        spoken = self._spoken(said)
        if said.command is Command.HELP:
            return True
        if (said.danger or said.danger_call) and self._alone(heard, spoken):
            return True
        after = self._after_start_phrase(spoken)
        if after is not None and after <= MOST_WORDS_AFTER:
            return True
        return said.answer is Answer.YES and len(spoken) <= MOST_WORDS_OF_A_YES

    def _understood(self, heard: Heard) -> Understanding:
        return self._interpreter.interpret(heard.text, None, by_ear=heard.by_ear)

    def _spoken(self, said: Understanding) -> tuple[str, ...]:
        return tuple(word for word in said.text.split() if word != UNKNOWN)

    def _alone(self, heard: Heard, spoken: tuple[str, ...]) -> bool:
        """Nothing else was said, and all of it was understood."""
        return len(spoken) <= MOST_WORDS_ALONE and UNKNOWN not in heard.text.split()

    def _after_start_phrase(self, spoken: tuple[str, ...]) -> int | None:
        """So many words follow the start phrase that is said first, but for “please” or “hey”."""
        at = 0
        while at < len(spoken):
            ends = [at + len(p) for p in self._phrases if spoken[at : at + len(p)] == p]
            if ends:
                return len(spoken) - max(ends)
            filler = self._fillers.longest(spoken, at)
            if filler is None:
                return None
            at = filler.end
        return None


class Standby:
    """Waits at an ear until a session begins."""

    def __init__(
        self,
        calls: Calls,
        phrases: Sequence[str],
        short_answers: Sequence[str],
        *,
        ask: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``ask`` says “Did somebody call for help?”; ``clock`` gives seconds."""
        self._calls = calls
        self._request = ListenRequest(no_input_seconds=TURN_S, start_phrases=tuple(phrases))
        self._reply = ListenRequest(no_input_seconds=REPLY_S, short_answers=tuple(short_answers))
        self._ask = ask
        self._clock = clock
        self._asks_from = -inf

    def wait(self, ear: Ear) -> Begin | None:
        """Return when a session begins; None when nothing will be heard any more."""
        while True:
            hearing = ear.listen(self._request)
            call: Begin | Ask | None = None
            match hearing:
                case KeyPress():
                    return Begin()
                case NoInput(ended=True):
                    return None
                case Heard():
                    call = self._calls.heard(hearing)
            if isinstance(call, Ask):
                call = self._answered(call, ear)
            if call is not None:
                return call

    def _answered(self, call: Ask, ear: Ear) -> Begin | None:
        """Ask whether somebody called, unless that was asked a short while ago."""
        if self._clock() < self._asks_from:
            return None
        log.info("asking whether somebody called for help")
        self._ask()
        reply = ear.listen(self._reply)
        if isinstance(reply, KeyPress) or (
            isinstance(reply, Heard) and self._calls.means_yes(reply)
        ):
            return Begin(call.first_words)
        self._asks_from = self._clock() + NOT_AGAIN_S
        return None
