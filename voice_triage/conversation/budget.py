"""How many prompts a session may take, and what is given up first when they run out. Pure.

A session puts at most 28 prompts: questions, reprompts, and signs that are asked back. Nobody
listens to more, and a person who gives up half-way is less safe than one who was asked a slight
thing once only. In the order in which they are given up:

1. reprompts of questions that are no red flag, as soon as any question still due could go unasked;
2. what cannot raise the level any more (where it hurts, how it feels; what set it off, where no
   rule waits for it);
3. reprompts of red flags, where they would take the place of a question that can raise the level;
4. questions that can raise the level but are no red flag.

The first prompt of a red flag is never given up: at every step, as many prompts are left as red
flags may still come, follow-ups that no answer has ruled out among them (`_may_come`). The shipped
dialog has 20 such questions at the outset. What is not asked, or not asked again, stays open and
counts by the rules for open signs, so that a spent budget never makes a level lower.

Not counted: what the person asked for (repeat, help, slower, go back, start over), and the question
that confirms a correction once no prompt is to spare: taking back a misheard emergency must work.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from voice_triage.content.dialog import Dialog, Question
from voice_triage.conversation.state import State
from voice_triage.triage.next_question import due, settled
from voice_triage.values import Reply

MOST_PROMPTS = 28
"""Content contract, “Order of questions”."""


class Budget:
    """Says whether one more prompt may be spent, and on what."""

    def __init__(self, dialog: Dialog, most: int = MOST_PROMPTS) -> None:
        self._dialog = dialog
        self.most = most
        self._reds_in_order = tuple(q for q in dialog.questions if dialog.is_red_flag(q))
        self._slight_in_order = tuple(q for q in dialog.questions if not dialog.is_red_flag(q))
        self._red = frozenset(q.id for q in self._reds_in_order)

    def left(self, state: State) -> int:
        return self.most - state.prompts

    def may_ask(self, question: Question, state: State) -> bool:
        """May ``question`` be put for the first time?"""
        left = self.left(state)
        if question.id in self._red:
            return left > 0
        needed = self._reds(state)
        if left > needed + len(self._slight_in_order):
            return True
        if not self._weighs(question, state):
            needed += self._slight(state, weighing=True, leave_out=question)
        return left > needed

    def may_ask_again(self, question: Question, state: State) -> bool:
        """May ``question`` be put once more, in other words?"""
        left = self.left(state)
        if left <= self._reds(state):
            return False
        needed = sum(q.id in self._red and q.id not in state.worded for q in self._due(state))
        red = question.id in self._red
        return left > needed + self._slight(state, weighing=red, leave_out=question)

    def may_ask_back(self, state: State) -> bool:
        """May something that was heard be asked back?"""
        return self.left(state) > self._reds(state)

    def count(self, state: State) -> int:
        """Questions that will still be put, if each is answered and nothing new comes up."""
        return min(sum(1 for _ in self._due(state)), self.left(state))

    def needs(self, state: State) -> Hashable:
        """All that the answers here rest on, beside the prompts put: for `review.proof`."""
        weighing = frozenset(q.id for q in self._due(state) if self._weighs(q, state))
        return self._reds(state), frozenset(q.id for q in self._due(state)), weighing

    def red_flags_done(self, state: State) -> bool:
        return not any(q.id in self._red for q in self._due(state))

    def _due(self, state: State) -> Iterator[Question]:
        evidence, replies = state.evidence, state.replies
        waiting = (q for q in self._dialog.questions if q.id not in replies)
        return (q for q in waiting if due(q, evidence, replies))

    def _reds(self, state: State) -> int:
        """Red flags that may still come for the first time, whatever is answered."""
        worded, replies = state.worded, state.replies
        waiting = (q for q in self._reds_in_order if q.id not in worded and q.id not in replies)
        return sum(self._may_come(q, state) for q in waiting)

    def _may_come(self, question: Question, state: State) -> bool:
        evidence = state.evidence
        if question.when is not None and not question.when.possible(evidence):
            return False
        if all(settled(question, f, evidence) for f in question.asks):
            return False
        group = question.which_of
        return group is None or state.replies.get(group, Reply.YES) is Reply.YES

    def _slight(self, state: State, *, weighing: bool, leave_out: Question) -> int:
        """Questions due that are no red flag; ``weighing``: only those that can raise the level."""
        evidence, replies = state.evidence, state.replies
        return sum(
            q.id not in replies
            and q.id != leave_out.id
            and due(q, evidence, replies)
            and (not weighing or self._weighs(q, state))
            for q in self._slight_in_order
        )

    def _weighs(self, question: Question, state: State) -> bool:
        """Can an answer still raise the level?"""
        level = state.assessment.level
        about = set(question.asks)
        for finding in question.asks:
            about |= set(self._dialog.derived_from.get(finding, ()))
        return any(
            rule.level > level
            and not about.isdisjoint(rule.when.findings())
            and rule.when.possible(state.evidence)
            for rule in self._dialog.rules_about(about)
        )
