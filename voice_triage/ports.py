"""What the session needs from the outside world: the ports that adapters implement."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from voice_triage.values import FindingId, QuestionId


class Source(StrEnum):
    """Where the heard words came from (public in events)."""

    MIC = "mic"
    KEYBOARD = "keyboard"
    WAV = "wav"
    SIMULATED = "simulated"


@dataclass(frozen=True, slots=True)
class ListenRequest:
    """One turn of listening."""

    question: QuestionId | None = None
    """The question being answered; None after an outcome (only commands make sense)."""
    short_answers: tuple[str, ...] = ()
    """Answers of a word or two, lower case: a ghost that sounds like one is not taken for it."""
    numbers: tuple[str, ...] = ()
    """Number words, where a number is asked for: open decoding hears them badly alone."""
    findings: tuple[FindingId, ...] = ()
    """What the question is about; a simulated patient answers from these."""
    no_input_seconds: float = 7.0
    """NoInput without speech after which the turn ends as NoInput."""
    patient_pause: bool = False
    """True for open questions: wait 1.2 s of trailing silence instead of 0.7 s."""
    start_phrases: tuple[str, ...] = ()
    """Nobody is being asked anything: whole utterances are heard, these phrases best of all, and
    nothing is decoded while nobody speaks. Lower case, every word known to the model."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody said something that was put into words, or typed it; not yet interpreted."""

    text: str
    seconds: float = 0.0
    """Length of the speech, in seconds."""
    source: Source = Source.KEYBOARD
    other_readings: tuple[str, ...] = ()
    """What the same sound may have been instead, never more likely than ``text``: a danger sign in
    them is asked about."""
    by_ear: bool = False
    """A recogniser made words of a sound: less sure than what was typed."""
    quiet_before_s: float = math.inf
    """Nobody had spoken for so long before the first word; typed words come out of quiet."""


@dataclass(frozen=True, slots=True)
class NoInput:
    """Nobody spoke within the time given."""

    seconds: float = 0.0
    ended: bool = False
    """The input is over for good (end of the WAV file or of standard input)."""


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Somebody spoke but no words could be made out, or the audio was unreliable."""

    seconds: float = 0.0
    source: Source = Source.KEYBOARD


@dataclass(frozen=True, slots=True)
class KeyPress:
    """A key was pressed instead of speaking: it acknowledges an outcome, and answers nothing."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The session goes on after a break: what was being asked must be put once more."""

    restarted: bool = False
    """The program itself was started again; otherwise only the ear was away for a while."""


Hearing = Heard | NoInput | NoMatch | KeyPress | Resumed


class Ear(Protocol):
    """Hears one turn. Closed while the voice speaks: it only opens inside ``listen``."""

    def listen(self, request: ListenRequest) -> Hearing: ...
    def close(self) -> None: ...


class Voice(Protocol):
    """Says sentences aloud and returns when they have been heard to the end."""

    def say(self, sentences: Sequence[str], *, cue: bool = False, alarm: bool = False) -> None:
        """``cue``: end with a short tone, because the ear opens next. ``alarm``: they tell to call
        for help, and are heard even where no speech can be made."""

    def set_rate(self, words_per_minute: int) -> None: ...
    def close(self) -> None: ...


class Screen(Protocol):
    """Shows text to those who read it."""

    def show(self, text: str, *, speaker: str) -> None:
        """``speaker`` is ``assistant``, ``person`` or ``note``."""


class Journal(Protocol):
    """Receives each public event (see the event contract in README)."""

    def record(self, event: Mapping[str, object]) -> None: ...
