"""Heard or typed words → what they mean: reply → tokens → readings → policy → understanding.

The readings are what the reader has learned (`reader`, `chooser`) and commands. How sure they must
be is the policy's; nothing here has a threshold or a word list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from voice_triage.content.dialog import Dialog, Question
from voice_triage.content.words import Words
from voice_triage.understanding import policy
from voice_triage.understanding.commands import CommandWords
from voice_triage.understanding.features import Features, Named
from voice_triage.understanding.quantities.chooser import Chooser
from voice_triage.understanding.quantities.durations import Durations
from voice_triage.understanding.quantities.numbers import graph
from voice_triage.understanding.quantities.severity import Severity
from voice_triage.understanding.reader import NOTHING, UNSURE, Reader
from voice_triage.understanding.tokens import BOUNDARIES, UNKNOWN, Tokeniser
from voice_triage.understanding.weights import Weights
from voice_triage.understanding.yes_no import Said, YesNo
from voice_triage.values import (
    NOTHING_EARLIER,
    Answer,
    Earlier,
    FindingId,
    FindingKind,
    FindingValue,
    Level,
    Reply,
    Understanding,
)

DAYS = (date(2024, 1, 2), date(2024, 7, 12))
"""Two days of another weekday, day of the month and season: what is as long ago on both of them
does not depend on the day."""
MEMORY = 8192
"""Understandings that are remembered: simulations say the same words over and over."""


@dataclass(frozen=True, slots=True)
class Why:
    """What decided about one finding: the reader's shares, and the words that weighed most."""

    finding: str
    shares: Mapping[str, float]
    words: tuple[tuple[str, float], ...]


class Interpreter:
    """Understands replies in the light of the question that was asked. Never raises on any text."""

    def __init__(
        self, dialog: Dialog, words: Words, weights: Weights, today: date | None = None
    ) -> None:
        """``today`` dates “since Tuesday”; without it no number of days follows from that."""
        self._dialog = dialog
        self._made_of, self._today = (dialog, words, weights), today
        self._tokenise = Tokeniser(words)
        self._reader = Reader(weights, Features(words, weights.classes))
        self._chooser = Chooser(self._reader, weights.classes)
        self._severity = Severity(words)
        self._durations = [Durations(words, day) for day in (DAYS if today is None else (today,))]
        self._commands = CommandWords(words)
        self._calls = graph({"": words.emergency_calls})
        self._plain = graph(dialog.danger_phrases)
        level = dialog.lone_level
        self._emergencies = frozenset(f for f, lv in level.items() if lv is Level.EMERGENCY)
        self._signs = self._emergencies & dialog.danger_phrases.keys()
        grave = frozenset(f for f, lv in level.items() if lv >= Level.URGENT)
        self._yes_no = YesNo(self._reader, self._tokenise, words, grave)
        self._remembered = lru_cache(maxsize=MEMORY)(self._understand)

    def on(self, today: date | None) -> Interpreter:
        """The same for another day: a device may run for weeks. None: nobody knows the day."""
        return self if today == self._today else Interpreter(*self._made_of, today)

    def interpret(
        self,
        text: str,
        question: Question | None = None,
        other_readings: tuple[str, ...] = (),
        *,
        by_ear: bool = False,
        earlier: Earlier = NOTHING_EARLIER,
    ) -> Understanding:
        """What ``text`` says; ``other_readings`` are what the same sound may have been instead.
        ``by_ear``: a recogniser made words of a sound, and may have bent them. ``earlier``: what
        was said before that bears on the question."""
        heard = self._remembered(text, question, by_ear, earlier)
        for other in other_readings:
            heard = self._both(heard, self._remembered(other, question, by_ear, earlier))
        return heard

    def is_danger(self, text: str) -> bool:
        """A danger sign is stated plainly; for words that are still being spoken."""
        heard = self._remembered(text, None, True, NOTHING_EARLIER)
        return bool(heard.danger) or heard.danger_call

    def why(self, text: str, question: Question | None = None) -> tuple[Why, ...]:
        """What decided about each finding asked about, and about the likeliest others."""
        reply = self._reader.features(self._tokenise(text))
        told = []
        asked = () if question is None else (*question.asks, *question.no_also)
        if question is not None and question.kind is FindingKind.YES_NO:
            for finding in asked:
                shares = self._reader.asked(reply, finding)
                named = {f: getattr(shares, f) for f in shares.__slots__}
                told.append(Why(finding, named, self._reader.why(reply, finding)))
        mentioned = self._reader.mentioned(reply)
        for sign in sorted(mentioned, key=lambda f: -mentioned[f])[:2]:
            words = self._reader.why_mentioned(reply, sign)
            told.append(Why(f"mentioned: {sign}", {"share": mentioned[sign]}, words))
        return tuple(told)

    def _understand(
        self, text: str, question: Question | None, by_ear: bool, earlier: Earlier
    ) -> Understanding:
        tokens = self._tokenise(text)
        spoken = tuple(t for t in tokens if t not in BOUNDARIES)
        heard = Understanding(" ".join(spoken))
        if set(spoken) <= {UNKNOWN}:
            return heard
        command = self._commands.in_all_of(spoken)
        if command is not None:
            return replace(heard, command=command)
        reply = self._reader.features(tokens)
        mentioned = self._reader.mentioned(reply)
        plain = self._stated_plainly(tokens)
        found: dict[FindingId, FindingValue] = {
            f: Reply.YES for f in policy.volunteered(mentioned) if f not in self._emergencies
        }
        about: tuple[FindingId, ...] = ()
        doubted: FindingId | None = None
        answer, value = Answer.NONE, None
        if question is None:
            answer = policy.answer((), self._yes_no.bare(reply, gaps=UNKNOWN in spoken))
            found |= self._told(reply)
        elif question.kind is FindingKind.YES_NO:
            about = (*question.asks, *question.no_also)
            stated = {**mentioned, **{str(f): 1.0 for f in plain}}
            answered = self._yes_no.read(Said(spoken, reply, stated, by_ear), question, earlier)
            answer, doubted = answered.answer, answered.doubted
            found = {f: v for f, v in found.items() if f not in about}
            found.update(answered.findings)
        else:
            answer, value = self._amount(tokens, reply, question)
        danger = tuple(sign for sign in plain if policy.acts(sign, mentioned))
        found |= dict.fromkeys(danger, Reply.YES)
        ask_back = policy.ask_back(mentioned, self._signs, answering=question is not None)
        if ask_back in (*danger, *about):
            ask_back = None
        return replace(
            heard,
            answer=answer,
            value=value,
            findings=MappingProxyType(found),
            danger=danger,
            danger_call=self._calls_for_help(spoken, mentioned),
            asks=tuple(sign for sign in (ask_back, doubted) if sign is not None),
        )

    def _amount(
        self, tokens: tuple[str, ...], reply: Named, question: Question
    ) -> tuple[Answer, float | tuple[str, ...] | None]:
        """Answer and value of a question for a number, a duration or a choice."""
        if question.kind is FindingKind.CHOICE:
            return self._choice(reply, question.asks[0])
        days = question.kind is FindingKind.DAYS
        meant = {
            policy.amount(*self._chooser.read(tokens, question.asks[0], reading))
            for reading in (self._durations if days else [self._severity])
        }
        said = meant.pop() if len(meant) == 1 else Reply.UNSURE  # it depends on the day
        if isinstance(said, float):
            return (Answer.DAYS if days else Answer.NUMBER), said
        return (Answer.NONE if said is None else Answer.UNSURE), None

    def _choice(self, reply: Named, finding: FindingId) -> tuple[Answer, tuple[str, ...] | None]:
        shares = self._reader.chosen(reply, finding)
        options = self._dialog.findings[finding].options
        best = max(options, key=lambda option: shares[option])
        if shares[best] >= policy.CHOSEN and shares[best] >= max(shares[NOTHING], shares[UNSURE]):
            second = {option for option in options if shares[option] >= policy.CHOSEN_TOO}
            return Answer.CHOICE, tuple(o for o in options if o == best or o in second)
        return (Answer.UNSURE if shares[UNSURE] >= shares[NOTHING] else Answer.NONE), None

    def _stated_plainly(self, tokens: tuple[str, ...]) -> tuple[FindingId, ...]:
        """Signs with a plain phrase for them in the words, outside the scope of any negator."""
        governed = self._reader.governed(tokens)
        matches = (m for m in self._plain.scan(tokens) if not governed[m.start])
        return tuple(dict.fromkeys(sign for match in matches for sign in match.values))

    def _told(self, reply: Named) -> dict[FindingId, FindingValue]:
        """Options that were told without being asked for."""
        told: dict[FindingId, FindingValue] = {}
        for finding in self._dialog.findings.values():
            if finding.kind is FindingKind.CHOICE:
                shares = self._reader.chosen(reply, finding.id)
                best = max(finding.options, key=lambda option: shares[option])
                if shares[best] >= policy.TOLD:
                    told[finding.id] = (best,)
        return told

    def _calls_for_help(self, spoken: tuple[str, ...], mentioned: Mapping[str, float]) -> bool:
        said = any(True for _ in self._calls.scan(spoken))
        return bool(self._calls.means(spoken)) or (said and policy.calls(mentioned, self._signs))

    def _both(self, heard: Understanding, other: Understanding) -> Understanding:
        """``heard``, and the danger that only ``other`` has as something to ask about.

        A command with such a doubt is none: “stop” may have been “it won't stop”. A no counts only
        where both have it.
        """
        known = {f for f, value in heard.findings.items() if value is Reply.YES}
        stated = (f for f, value in other.findings.items() if value is Reply.YES)
        doubts = (*other.danger, *other.asks, *(f for f in stated if f in self._emergencies))
        asks = tuple(dict.fromkeys(f for f in doubts if f not in known and f not in heard.danger))
        findings = {
            f: Reply.UNSURE if value is Reply.NO and other.findings.get(f) is Reply.YES else value
            for f, value in heard.findings.items()
        }
        unsure = heard.answer is Answer.NO and other.answer in (Answer.YES, Answer.UNSURE)
        return replace(
            heard,
            answer=Answer.UNSURE if unsure else heard.answer,
            findings=MappingProxyType(findings),
            asks=heard.asks or asks[:1],
            command=None if asks else heard.command,
        )
