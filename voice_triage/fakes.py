"""Stand-ins that ship: for tests, for demonstrations, and for those who build on this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from voice_triage.content.dialog import Question
from voice_triage.ports import Heard, Hearing, ListenRequest, NoInput, Source
from voice_triage.values import (
    Answer,
    Command,
    FindingId,
    FindingKind,
    FindingValue,
    Reply,
    Understanding,
)

_STATED = {"+": Reply.YES, "-": Reply.NO, "?": Reply.UNSURE}
_BY_KIND = {FindingKind.SEVERITY: Answer.NUMBER, FindingKind.DAYS: Answer.DAYS}


class ScriptedInterpreter:
    """An `Interpreter` without language: it reads meanings, in a shorthand, one token for each.

    ``yes`` ``no`` ``unsure``   the answer             ``7`` ``0.5``          a number or days
    ``=low_back``               a choice (_ = space)   ``+fever -rash ?faint`` stated, denied, open
    ``severity=8``              a value volunteered    ``*faint``             perhaps said: ask back
    ``!chest_pain``             a danger sign          ``!!``                 a call for help
    ``/go_back``                a command
    Anything else means nothing.
    """

    def interpret(
        self, text: str, question: Question | None, *readings: Any, **context: Any
    ) -> Understanding:
        """Other readings are not looked at: write ``*faint`` for what only they hold."""
        del readings, context
        kind = FindingKind.YES_NO if question is None else question.kind
        return _read(text, kind)


@lru_cache(maxsize=4096)
def _read(text: str, kind: FindingKind) -> Understanding:
    answer, value = Answer.NONE, None
    findings: dict[FindingId, FindingValue] = {}
    danger: list[FindingId] = []
    asks: list[FindingId] = []
    choices: list[str] = []
    command: Command | None = None
    call = False
    for token in text.split():
        sign, rest = token[0], token[1:]
        number = _number(token)
        if token in ("yes", "no", "unsure"):
            answer = Answer(token)
        elif number is not None and kind in _BY_KIND:
            answer, value = _BY_KIND[kind], number
        elif token == "!!":
            call = True
        elif sign in _STATED and rest:
            findings[FindingId(rest)] = _STATED[sign]
        elif sign == "!":
            danger.append(FindingId(rest))
            findings[FindingId(rest)] = Reply.YES
        elif sign == "*" and rest:
            asks.append(FindingId(rest))
        elif sign == "/" and rest in list(Command):
            command = Command(rest)
        elif sign == "=" and kind is FindingKind.CHOICE:
            choices.append(rest.replace("_", " "))
        elif "=" in rest:
            name, _, told = token.partition("=")
            amount = _number(told)
            findings[FindingId(name)] = (told.replace("_", " "),) if amount is None else amount
    return Understanding(
        text,
        Answer.CHOICE if choices else answer,
        tuple(choices) or value,
        findings,
        tuple(danger),
        call,
        command=command,
        asks=tuple(asks),
    )


def _number(token: str) -> float | None:
    try:
        return float(token)
    except ValueError:
        return None


class ScriptedEar:
    """Hears what it was given, one hearing a turn; then that the input is over."""

    def __init__(self, *hearings: Hearing | str) -> None:
        """A text stands for typed words."""
        self._hearings = [
            Heard(h, 0.0, Source.KEYBOARD) if isinstance(h, str) else h for h in hearings
        ]
        self.requests: list[ListenRequest] = []

    def listen(self, request: ListenRequest) -> Hearing:
        self.requests.append(request)
        return self._hearings.pop(0) if self._hearings else NoInput(0.0, ended=True)

    def close(self) -> None: ...


class Diary:
    """Notes in order what was said, shown, cued and recorded: a voice, screen and journal."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []

    def say(self, sentences: Sequence[str], *, cue: bool = False, alarm: bool = False) -> None:
        self.notes.append(("alarm" if alarm else "say", " ".join(sentences)))
        if cue:
            self.notes.append(("cue", ""))

    def set_rate(self, words_per_minute: int) -> None:
        self.notes.append(("rate", str(words_per_minute)))

    def show(self, text: str, *, speaker: str) -> None:
        self.notes.append((f"show {speaker}", text))

    def record(self, event: Mapping[str, object]) -> None:
        self.notes.append(("record", str(event["event"])))

    def close(self) -> None: ...

    def of(self, kind: str) -> list[str]:
        """The notes of one kind."""
        return [text for noted, text in self.notes if noted == kind]
