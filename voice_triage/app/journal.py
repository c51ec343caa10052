"""Public events: what the core and the session report, in the form of the event contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TextIO

from voice_triage.conversation.effects import (
    Answered,
    Asked,
    Concluded,
    Effect,
    LevelChanged,
    Stopped,
)
from voice_triage.conversation.wording import exported
from voice_triage.ports import Heard, Hearing, NoMatch


def events_of(effect: Effect) -> Iterator[dict[str, object]]:
    """The public event of an effect; nothing for effects that are only performed."""
    match effect:
        case Asked(question, text, findings):
            yield {"event": "ask", "question": question, "text": text, "findings": list(findings)}
        case Answered(question, findings, corrected):
            event: dict[str, object] = {
                "event": "answer",
                "question": question,
                "findings": exported(findings.items()),
            }
            yield {**event, "corrected": True} if corrected else event
        case LevelChanged(level, rule, reason):
            yield {"event": "level", "level": level.id, "rule": rule, "reason": reason}
        case Concluded(level, findings, rules, ruleset, say):
            yield {
                "event": "outcome",
                "level": level.id,
                "findings": exported(findings.items()),
                "rules": list(rules),
                "ruleset": ruleset,
                "say": list(say),
            }
        case Stopped(level):
            yield {"event": "stopped", "level": level.id}
        case _:
            return


def event_of_hearing(hearing: Hearing) -> dict[str, object] | None:
    """The ``heard`` event; its text is empty where no words could be made out."""
    match hearing:
        case Heard(text, seconds, source):
            return _heard(text, seconds, source.value)
        case NoMatch(seconds, source):
            return _heard("", seconds, source.value)
        case _:
            return None


def _heard(text: str, seconds: float, source: str) -> dict[str, object]:
    return {"event": "heard", "text": text, "seconds": round(seconds, 2), "source": source}


class NoJournal:
    """Keeps nothing: the default, because what a person says is health data."""

    def record(self, event: Mapping[str, object]) -> None:
        del event


_STEERING = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
"""Characters that steer a terminal and that JSON does not make harmless by itself."""


class JsonLines:
    """One JSON object per line, flushed at once, so that a reader sees a session as it happens."""

    def __init__(self, stream: TextIO, **common: object) -> None:
        """``common`` fields go into every event (a simulated patient's id)."""
        self._stream = stream
        self._common = common

    def record(self, event: Mapping[str, object]) -> None:
        line = json.dumps({**event, **self._common}, ensure_ascii=False).translate(_STEERING)
        self._stream.write(line + "\n")
        self._stream.flush()


class Kept:
    """Keeps all events in memory, for simulations and tests."""

    def __init__(self) -> None:
        self.events: list[Mapping[str, object]] = []

    def record(self, event: Mapping[str, object]) -> None:
        self.events.append(event)
