"""Danger signs that may have been said: asked back by name, once, and never let go by themselves.

“I went down like a stone” may be fainting, and one of two readings of a sound may hold a sign that
the other lacks. One short question settles it: a clear no is a no; yes, silence or anything unclear
is taken for a yes.
"""

from __future__ import annotations

from dataclasses import replace

from voice_triage.content.dialog import CLARIFY
from voice_triage.conversation.moves import Stage
from voice_triage.conversation.state import Doubt, LastChange, Pending
from voice_triage.conversation.wording import MOST_CLAUSES
from voice_triage.triage.evidence import OpenSign
from voice_triage.triage.next_question import next_question
from voice_triage.values import (
    Answer,
    FindingId,
    Level,
    QuestionId,
    Reply,
    Understanding,
)

MOST_TIMES = 2
"""So often is one sign asked back in a session; if it is heard once more, it is not ruled out."""


class AskBack:
    """The question about danger signs that may have been said, and its answers."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def begin(self, signs: tuple[FindingId, ...]) -> bool:
        """Ask about ``signs``; False where none is left to ask about (some may be open now)."""
        stage, evidence = self._stage, self._stage.state.evidence
        if not signs or stage.emergency:
            return False
        lone = stage.dialog.lone_level
        doubtful = [f for f in signs if not evidence.is_yes(f) and lone.get(f, 0) >= Level.URGENT]
        doubtful.sort(key=lambda f: -lone[f])
        times = stage.state.asked_back
        asking = [f for f in doubtful if times.get(f, 0) < MOST_TIMES][:MOST_CLAUSES]
        if not stage.budget.may_ask_back(stage.state):
            asking = []
        rest = tuple(f for f in doubtful if f not in asking and evidence.get(f) is not Reply.UNSURE)
        if rest:
            stage.leave_signs_open(rest)
        if not asking or stage.emergency:
            return False
        counts = {**times, **{f: times.get(f, 0) + 1 for f in asking}}
        pending = Pending(Doubt.HEARD, tuple(asking), came_from=stage.state.node)
        stage.set(asked_back=counts)
        stage.enter(CLARIFY, pending)
        return True

    def on_answer(self, heard: Understanding) -> None:
        """The answer; what else it holds was recorded before."""
        stage, pending = self._stage, self._stage.state.pending
        assert pending is not None
        replies = _replies(heard, pending.findings)
        said = {f: reply for f, reply in replies.items() if reply is not None}
        present = {f: reply for f, reply in said.items() if reply is Reply.YES}
        stage.record(present, None, volunteered=True)
        stage.record({f: reply for f, reply in said.items() if f not in present}, None)
        unclear = tuple(f for f, reply in replies.items() if reply is None)
        self._not_ruled_out(unclear)
        others = tuple(f for f in heard.asks if f not in pending.findings)
        if not self.begin(others):
            self._go_on(pending)

    def on_nothing(self, *, silent: bool = False) -> None:
        """Nothing usable was heard, or nothing at all."""
        pending = self._stage.state.pending
        assert pending is not None
        self._not_ruled_out(pending.findings, silent=silent)
        self._go_on(pending)

    def _not_ruled_out(self, signs: tuple[FindingId, ...], *, silent: bool = False) -> None:
        """Emergency signs make it an emergency; an urgent one is open, and so counts as present."""
        stage, evidence = self._stage, self._stage.state.evidence
        grave = tuple(f for f in signs if stage.dialog.lone_level.get(f) is Level.EMERGENCY)
        if grave:
            sign = OpenSign(QuestionId(CLARIFY), grave)
            if silent:
                evidence = replace(evidence, silent=(*evidence.silent, sign))
            else:
                evidence = replace(evidence, heard=(*evidence.heard, sign))
        stage.record(dict.fromkeys(signs, Reply.UNSURE), None, evidence=evidence)
        if grave:
            stage.set(last_change=LastChange(None, grave))

    def _go_on(self, pending: Pending) -> None:
        """On with the session: what was open, or the outcome that was being told."""
        stage = self._stage
        level = stage.state.assessment.level
        waiting = next_question(stage.dialog, stage.state.evidence, stage.state.replies)
        if waiting is None and pending.came_from == level.id and not stage.emergency:
            stage.set(pending=None)
            stage.go(level.id)
            stage.prompt((stage.wording.text("repeat_hint"),))
        else:
            stage.proceed()


def _replies(heard: Understanding, signs: tuple[FindingId, ...]) -> dict[FindingId, Reply | None]:
    """Yes or no for each sign; None where the answer says neither clearly."""
    replies: dict[FindingId, Reply | None] = {}
    named = any(heard.findings.get(f) is Reply.YES for f in signs)
    for finding in signs:
        stated = heard.findings.get(finding)
        if stated in (Reply.YES, Reply.NO):
            replies[finding] = Reply(str(stated))
        elif heard.answer is Answer.YES and not named:
            replies[finding] = Reply.YES
        elif heard.answer is Answer.NO and stated is None:
            replies[finding] = Reply.NO
        else:
            replies[finding] = None
    return replies
