"""Every turn of a session, with the budget of prompts: no path is endless, none is too long.

`walk` follows answers, each given as often as it is asked for and with prompts to spare. Here each
turn is a step of its own: a question may be answered, in part or in doubt, or missed, or met with
silence, at every wording; a danger sign may be asked back at any moment, and that question may be
answered, missed, or met with silence; and the prompts that were put are counted. Claims:

7. every path ends, whatever is said or not said;
8. nobody hears more prompts than the budget has, and nothing is put more than three times in any
   wording;
9. the first prompt of a red flag is never given up;
10. a sign that is asked back is an emergency unless it is denied;
and claims 1, 2 and 6 of `review.proof` once more, at every turn.

States are merged as in `residual`, and told apart by the prompts put, the wording and the silences.
The walk is exhaustive over answers, parts of answers, misses and silences: none is bounded. So is
asking back, in this sense: at any turn, as often as the budget allows, one more question about one
danger sign may come and be denied. It stands for every sign of which a denial leaves nothing
behind: those that were denied before, or that no question is about. (That one sign is asked back
twice at most makes real paths a part of these, so what holds of these holds of them.) What a sign
of a question still to come leaves behind, said, denied or left open, `walk` covers at every moment
as something volunteered, without the budget. Both together, and corrections by command, are left to
property tests (test_budget.py, test_conversation_properties.py)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace

from voice_triage.content.dialog import CLARIFY, ENDED
from voice_triage.conversation.budget import MOST_PROMPTS
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.effects import Event, Started
from voice_triage.conversation.state import State
from voice_triage.ports import Heard, NoInput, NoMatch
from voice_triage.review.proof.options import Option, options, unasked_sign
from voice_triage.review.proof.residual import Residuals
from voice_triage.review.proof.walk import Mouth, Walk
from voice_triage.values import NOTHING_EARLIER, Answer, Level, Reply, Understanding

"""Asked back at any turn; no question is about it."""
MOST_WORDING = 2  # the third

_NOISE = Option("noise", None)
_SILENCE = Option("silence", None)
_NOT_DENIED = (
    Option("yes", Understanding("yes", Answer.YES)),
    Option("unsure", Understanding("unsure", Answer.UNSURE)),
    _NOISE,
    _SILENCE,
)
"""Answers to a sign that is asked back, each of them an emergency."""
_DENIED = Option("no", Understanding("no", Answer.NO))


@dataclass
class _Step:
    """A state of which only the future matters, how it was reached, and what follows."""

    state: State
    before: _Step | None
    said: str
    next: dict[str, Hashable] = field(default_factory=dict)

    @property
    def path(self) -> tuple[str, ...]:
        earlier = self.before.path if self.before is not None else ()
        return (*earlier, self.said) if self.said else ()


class Turns:
    """Walks every turn; failures go to ``walk``."""

    def __init__(self, walk: Walk, most_prompts: int = MOST_PROMPTS) -> None:
        self._walk = walk
        self._sign = unasked_sign(walk.dialog)
        self._residuals = Residuals(walk.dialog, walk.contract)
        self._mouth = Mouth()
        region = walk.dialog.regions["other"]
        self._talk = Conversation(walk.dialog, self._mouth, region, most_prompts=most_prompts)
        self._red = [q.id for q in walk.dialog.questions if walk.dialog.is_red_flag(q)]
        self._known: dict[Hashable, Hashable] = {}
        self.steps: dict[Hashable, _Step] = {}
        self.most_prompts = 0
        self.levels: set[Level] = set()

    @property
    def transitions(self) -> int:
        return sum(len(step.next) for step in self.steps.values())

    def walk(self) -> None:
        """Visit every state once, then look for a path without end."""
        self._talk.state = State()
        self._talk.handle(Started())
        waiting = [self._visit(self._talk.state, None, "")]
        while waiting:
            step = self.steps[waiting.pop()]
            for option in self.options(step.state):
                after = self.turn(step.state, option)
                known = len(self.steps)
                key = self._visit(after, step, f"{step.state.node}={option.name}")
                self._check(step, after, option)
                step.next[option.name] = key
                if len(self.steps) > known:
                    waiting.append(key)
        self._check_ends()

    def _visit(self, state: State, before: _Step | None, said: str) -> Hashable:
        key = self._key(state)
        if key not in self.steps:
            self.steps[key] = _Step(state, before, said)
            self.most_prompts = max(self.most_prompts, state.prompts)
            if state.node == state.assessment.level.id:
                self.levels.add(state.assessment.level)
        return key

    # Steps

    def options(self, state: State) -> Iterator[Option]:
        walk = self._walk
        if state.node in (Level.EMERGENCY.id, ENDED):
            return
        self._talk.state = state
        question = self._talk.question
        plain = Understanding("", Answer.NONE)
        if question is not None:
            found = options(walk.dialog, walk.contract, question, state.evidence)
            yield from found
            plain = next(o.heard for o in found if o.heard is not None)
            if _SILENCE.name not in [option.name for option in found]:
                yield _SILENCE
            yield _NOISE
            for finding in question.asks if len(question.asks) > 1 else ():
                yield Option(f"not {finding}", Understanding("", findings={finding: Reply.NO}))
            answered = replace(plain, asks=(self._sign,))
            yield Option(f"answered, {self._sign} heard and denied", answered, remark=True)
        heard = Understanding("", asks=(self._sign,))
        yield Option(f"{self._sign} heard and denied", heard, remark=True)

    def turn(self, state: State, option: Option) -> State:
        """One turn; with a sign that is asked back, that question and its denial too."""
        self._talk.state = state
        self._hear(option)
        if option.remark and self._talk.state.node == CLARIFY:
            self._hear(_DENIED)
        return self._tidy(self._talk.state)

    def _hear(self, option: Option) -> None:
        event: Event = Heard("")
        if option is _NOISE:
            event = NoMatch()
        elif option.heard is None:
            event = NoInput()
        else:
            self._mouth.heard = option.heard
        self._walk.check_turn(self._talk.handle(event), (option.name,))

    def _tidy(self, state: State) -> State:
        """Without what cannot matter any more, a denial of the sign among it."""
        evidence = state.evidence
        if evidence.get(self._sign) is Reply.NO:
            values = {f: v for f, v in evidence.values.items() if f != self._sign}
            evidence = replace(evidence, values=values)
        changes: dict[str, object] = {
            "last_said": (),
            "earlier": NOTHING_EARLIER,
            "last_change": None,
            "history": (),
            "asked_back": {},
        }
        return state.changed({**changes, "evidence": evidence})

    # Keys

    def _key(self, state: State) -> Hashable:
        evidence = state.evidence
        facts = (
            state.node,
            state.assessment.level,
            frozenset(evidence.values.items()),
            evidence.volunteered,
            evidence.open_signs,
            frozenset(state.replies.items()),
        )
        merged = self._known.get(facts)
        if merged is None:
            merged = self._residuals.key(state, self._sign), self._talk.budget.needs(state)
            self._known[facts] = merged
            self._claims(state)
        put = frozenset((q, w) for q, w in state.worded.items() if q not in state.replies)
        return merged, state.prompts, state.wording, state.plainly, state.silences, put

    # Claims

    def _claims(self, state: State) -> None:
        """Claims about the state itself, and claim 10."""
        for claim in self._walk.claims(state):
            self._walk.fail((), claim)
        if state.node in (Level.EMERGENCY.id, ENDED):
            return
        for option in _NOT_DENIED:
            self._talk.state = state
            self._hear(Option("heard", Understanding("", asks=(self._sign,))))
            if self._talk.state.node == CLARIFY:
                self._hear(option)
                if self._talk.state.node != Level.EMERGENCY.id:
                    self._walk.fail((option.name,), "a sign asked back and not denied is let go")

    def _check(self, step: _Step, after: State, option: Option) -> None:
        before = step.state
        wrong = []
        if after.assessment.level < before.assessment.level:
            wrong.append("the level falls")
        if after.prompts > self._talk.budget.most:
            wrong.append(f"more than {self._talk.budget.most} prompts")
        for question, wording in after.worded.items():
            last = before.worded.get(question, -1)
            if wording != last and not last < wording <= MOST_WORDING:
                wrong.append(f"{question} is put more than three times")
        if after.replies is not before.replies:
            for red in self._red:
                if red in after.replies and red not in before.replies and red not in after.worded:
                    wrong.append(f"{red} is given up")
        for claim in wrong:
            self._walk.fail((*step.path, f"{before.node}={option.name}"), claim)

    def _check_ends(self) -> None:
        """Claim 7: no state leads back to itself."""
        done: set[Hashable] = set()
        for start in self.steps:
            if start in done:
                continue
            stack = [(start, iter(self.steps[start].next.values()))]
            on_path = {start}
            while stack:
                key, following = stack[-1]
                after = next((k for k in following if k not in done), None)
                if after is None:
                    stack.pop()
                    on_path.discard(key)
                    done.add(key)
                elif after in on_path:
                    self._walk.fail(self.steps[after].path, "a path without end")
                    return
                else:
                    on_path.add(after)
                    stack.append((after, iter(self.steps[after].next.values())))
