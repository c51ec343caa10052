"""The walk over all states of a dialog, and the claims that are checked at every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from voice_triage.content.dialog import Dialog, Question
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.doubt.asking_back import MOST_TIMES
from voice_triage.conversation.effects import Effect, Event, Finish, Listen, Say, Started
from voice_triage.conversation.state import State
from voice_triage.ports import Heard, NoInput
from voice_triage.review.proof.contract import Contract
from voice_triage.review.proof.options import Option, options, remarks
from voice_triage.review.proof.residual import Residuals, obligations
from voice_triage.triage.levels import assess
from voice_triage.values import (
    NOTHING_EARLIER,
    FindingId,
    FindingKind,
    Level,
    QuestionId,
    Reply,
    Understanding,
)

MOST_TURNS = 4
"""Turns that one answer may take: asked, twice in other words, and one to spare."""


NO_LIMIT = 1_000
"""Prompts: here every question is put as often as it takes; `turns` has the limit."""


class Mouth:
    """An interpreter that understands what it is told to: the proof speaks in meanings."""

    heard = Understanding("")

    def interpret(
        self, text: str, question: Question | None, *readings: Any, **context: Any
    ) -> Understanding:
        return self.heard


@dataclass
class _Node:
    """A state of which only the future matters, and where its answers lead."""

    state: State
    question: Question | None
    path: tuple[str, ...]
    spare: FindingId | None
    """What the person may still volunteer."""
    next: dict[str, Hashable]


class Walk:
    """Walks a dialog; ``prove`` is the way in."""

    def __init__(self, dialog: Dialog, contract: Contract) -> None:
        self.dialog = dialog
        self.contract = contract
        self._failures: dict[str, str] = {}
        self.nodes: dict[Hashable, _Node] = {}
        self._residuals = Residuals(dialog, contract)
        self._mouth = Mouth()
        self._talk = Conversation(
            dialog, self._mouth, dialog.regions["other"], most_prompts=NO_LIMIT
        )

    @property
    def transitions(self) -> int:
        return sum(len(node.next) for node in self.nodes.values())

    def start(self) -> State:
        self._talk.state = State()
        self._turn(Started(), ())
        return self._talk.state

    def asked(self, state: State) -> Question | None:
        return self.dialog.question_by_id.get(QuestionId(state.node))

    def options(
        self, question: Question, state: State, spare: FindingId | None = None
    ) -> tuple[Option, ...]:
        """All answers to ``question``, and one in which ``spare`` is volunteered."""
        self._talk.state = state
        here = self._talk.question or question
        plain = options(self.dialog, self.contract, here, state.evidence)
        if spare is None:
            return plain
        return (*plain, *remarks(self.dialog, self.contract, question, spare))

    def answer(self, state: State, option: Option, path: tuple[str, ...] = ()) -> State:
        """The state after ``option`` was given as the answer, as often as it was asked for."""
        if option.heard is not None and option.heard.asks:
            # Asked back as often as it may be; and now it is heard again.
            state = state.changed({"asked_back": dict.fromkeys(option.heard.asks, MOST_TIMES)})
        self._talk.state = state
        for _ in range(MOST_TURNS):
            if option.heard is None:
                self._turn(NoInput(), path)
            else:
                self._mouth.heard = option.heard
                self._turn(Heard(option.heard.text), path)
            if self._talk.state.node != state.node:
                break
        else:
            self.fail(path, "the question is asked for ever")
        after = self._talk.state
        self._check_levels(state, after, path)
        after = replace(after, last_said=(), earlier=NOTHING_EARLIER, prompts=0)
        return replace(after, worded={}, asked_back={})

    def _turn(self, event: Event, path: tuple[str, ...]) -> None:
        self.check_turn(self._talk.handle(event), path)

    def check_turn(self, effects: Sequence[Effect], path: tuple[str, ...]) -> None:
        """Every turn says something, and then listens."""
        if not any(isinstance(effect, Say) for effect in effects):
            self.fail(path, "nothing is said")
        if not effects or not isinstance(effects[-1], Listen | Finish):
            self.fail(path, "the turn does not end in listening")

    def fail(self, path: tuple[str, ...], claim: str) -> None:
        self._failures.setdefault(claim, ", ".join(path) or "at the start")

    @property
    def failures(self) -> tuple[str, ...]:
        """Claims that do not hold, each with the first answers that lead there."""
        return tuple(f"{claim}: {path}" for claim, path in self._failures.items())

    def _check_levels(self, before: State, after: State, path: tuple[str, ...]) -> None:
        level = after.assessment.level
        for claim in self.claims(after):
            self.fail(path, claim)
        if level < before.assessment.level:
            self.fail(path, "the level falls")
        if self.asked(after) is None and after.node != level.id:
            self.fail(path, f"{level.id} ends as {after.node}")

    def claims(self, state: State) -> Iterator[str]:
        """What is wrong with ``state``, whatever led there."""
        level = state.assessment.level
        fresh = assess(self.dialog, state.evidence)
        highest = max((f.level for f in state.assessment.fired), default=Level.SELF_CARE)
        demanded = self.contract.level(state.evidence)
        if level is not fresh.level or level is not highest:
            yield f"{level.id} is not the highest of the rules that fire"
        if level is not demanded:
            yield f"{level.id} where the contract demands {demanded.id}"
        question = self.asked(state)
        told = state.evidence
        asks = () if question is None or state.revisiting else question.asks
        if asks and all(f in told.volunteered or told.is_yes(f) for f in asks):
            assert question is not None
            yield f"{question.id} asks what was said already"
        if level < Level.EMERGENCY and state.node == level.id:
            missing = obligations(self.contract, self.dialog, state)
            if missing:
                yield f"{level.id} without asking about {', '.join(sorted(missing))}"

    def _check_open(
        self, question: Question, option: Option, after: State, path: tuple[str, ...]
    ) -> None:
        """Claim 4, first half: not ruled out is urgent, so at most one level below a yes."""
        lone, evidence = self.contract.lone, after.evidence
        unsure = (f for f in question.asks if evidence.get(f) is Reply.UNSURE)
        serious = any(lone.get(f, Level.SELF_CARE) >= Level.URGENT for f in unsure)
        if option.is_open and serious and after.assessment.level < Level.URGENT:
            self.fail(path, "a serious sign left open is not urgent")

    # The walk

    def walk(self, spare: FindingId | None = None) -> Hashable:
        """Visit every state once; the key of the first.

        With ``spare``, the person may volunteer that finding, once, along with any answer.
        """
        first = self._visit(self.start(), (), spare)
        waiting = [first]
        while waiting:
            node = self.nodes[waiting.pop()]
            if node.question is None:
                continue
            for option in self.options(node.question, node.state, node.spare):
                path = (*node.path, f"{node.question.id}={option.name}")
                after = self.answer(node.state, option, path)
                self._check_open(node.question, option, after, path)
                known = len(self.nodes)
                key = self._visit(after, path, None if option.remark else node.spare)
                node.next[option.name] = key
                if len(self.nodes) > known:
                    waiting.append(key)
        return first

    def _visit(self, state: State, path: tuple[str, ...], spare: FindingId | None) -> Hashable:
        key = spare, self._residuals.key(state, spare)
        if key not in self.nodes:
            self.nodes[key] = _Node(state, self.asked(state), path, spare, {})
        return key

    def tally(self, first: Hashable) -> dict[Hashable, Counter[tuple[Level, int]]]:
        """For every state: its paths to an outcome, by level and number of questions."""
        tallies: dict[Hashable, Counter[tuple[Level, int]]] = {}
        for key in self._last_first(first):
            node = self.nodes[key]
            paths: Counter[tuple[Level, int]] = Counter()
            if node.question is None:
                paths[node.state.assessment.level, 0] = 1
            for after in node.next.values():
                for (level, questions), number in tallies[after].items():
                    paths[level, questions + 1] += number
            tallies[key] = paths
        return tallies

    def _last_first(self, first: Hashable) -> Iterator[Hashable]:
        """Every state after all those that it leads to (a question is never asked again)."""
        done: set[Hashable] = set()
        stack = [(first, iter(self.nodes[first].next.values()))]
        while stack:
            key, following = stack[-1]
            after = next((k for k in following if k not in done), None)
            if after is None:
                stack.pop()
                if key not in done:
                    done.add(key)
                    yield key
            else:
                stack.append((after, iter(self.nodes[after].next.values())))

    def most_if_well(self, first: Hashable) -> int:
        """Questions on the longest path of a person who says no to every yes/no question."""
        longest: dict[Hashable, int] = {}
        for key in self._last_first(first):
            node, question = self.nodes[key], self.nodes[key].question
            if question is not None:
                yes_no = question.kind is FindingKind.YES_NO
                ways = (k for name, k in node.next.items() if name == "no" or not yes_no)
                longest[key] = 1 + max((longest.get(k, 0) for k in ways), default=0)
        return longest.get(first, 0)
