"""What a session remembers and does this turn: its state, its evidence, its effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from voice_triage.content.dialog import CLARIFY, Dialog, Question, Region
from voice_triage.content.sentences import sentences
from voice_triage.conversation.effects import Answered, Effect, LevelChanged, Say
from voice_triage.conversation.state import LastChange, State
from voice_triage.conversation.wording import Wording
from voice_triage.triage.answers import left_open
from voice_triage.triage.evidence import Evidence, OpenSign, record
from voice_triage.triage.levels import Assessment, assess
from voice_triage.values import FindingId, FindingValue, Level, QuestionId, Reply, Understanding


class Ledger:
    """Keeps the evidence of one session, and announces what changes."""

    def __init__(self, dialog: Dialog, region: Region, state: State) -> None:
        self.dialog = dialog
        self.wording = Wording(dialog, region)
        self.state = state
        self.out: list[Effect] = []
        self.recorded: dict[FindingId, FindingValue] = {}
        """What was recorded in this turn."""

    def begin_turn(self) -> None:
        self.out, self.recorded = [], {}

    # Small steps

    def set(self, **changes: object) -> None:
        self.state = self.state.changed(changes)

    def say(self, *texts: str, alarm: bool = False) -> None:
        self.out.extend(Say(sentences(text), alarm) for text in texts)

    @property
    def emergency(self) -> bool:
        return self.state.assessment.level is Level.EMERGENCY

    # Evidence

    def record(
        self,
        new: Mapping[FindingId, FindingValue],
        question: QuestionId | None,
        *,
        volunteered: bool = False,
        evidence: Evidence | None = None,
    ) -> None:
        """Take ``new`` into the evidence (with the other changes already in ``evidence``)."""
        before = evidence or self.state.evidence
        after = record(self.dialog, before, new, volunteered=volunteered)
        change = self.state.last_change
        if new:
            self.recorded.update(new)
            self.out.append(Answered(question, new))
            # What made it an emergency stays the thing that “that is wrong” is about.
            if not self.emergency:
                change = LastChange(question, tuple(new))
        self.set(evidence=after, last_change=change)
        self.raise_level(assess(self.dialog, after, self.state.assessment, tuple(new)))
        if not self.emergency:
            self.say(*self._remarks(before, after))

    def _remarks(self, before: Evidence, after: Evidence) -> Iterator[str]:
        """What is said of an option that is all that was chosen, as soon as it is."""
        for finding, remarks in self.dialog.remarks.items():
            for option, text in remarks.items():
                if after.get(finding) == (option,) != before.get(finding):
                    yield text

    def news(
        self, heard: Understanding, leave_out: tuple[FindingId, ...]
    ) -> dict[FindingId, FindingValue]:
        """What ``heard`` states outright that is worth recording: a denial only where new.

        Doubt is not: what was not asked has its own question, before or after, and a danger sign
        in doubt is among ``heard.asks``.
        """
        known = self.state.evidence.values
        return {
            f: v
            for f, v in heard.findings.items()
            if f not in leave_out and v is not Reply.UNSURE and not (v is Reply.NO and f in known)
        }

    def volunteer(self, heard: Understanding, about: tuple[FindingId, ...] = ()) -> None:
        """Record what was said beyond ``about``: kept, and never asked again."""
        new = self.news(heard, leave_out=about)
        if new:
            self.record(new, None, volunteered=True)

    def name_open(self, findings: tuple[FindingId, ...]) -> None:
        """Name danger signs that could not be ruled out, and say to call if they are there."""
        grave = [f for f in findings if self.dialog.lone_level.get(f) is Level.EMERGENCY]
        if grave and not self.emergency:
            self.say(self.wording.text("open_sign", signs=self.wording.signs(grave)))
            self.say(self.wording.text("open_sign_call"))

    def raise_level(self, assessment: Assessment) -> None:
        """Adopt ``assessment`` and announce a new level."""
        before, strongest = self.state.assessment.level, assessment.strongest
        if assessment is not self.state.assessment:
            self.set(assessment=assessment)
        if assessment.level is not before:
            rule = strongest.rule if strongest else ""
            reason = strongest.reason if strongest else ""
            self.out.append(LevelChanged(assessment.level, rule, reason))

    def done(self, question: QuestionId, reply: Reply | None) -> None:
        """Do not ask ``question`` again by itself."""
        self.set(replies={**self.state.replies, question: reply})

    def forget(self, question: QuestionId) -> None:
        """Ask ``question`` again when its turn comes: not all of it was answered."""
        self.set(replies={q: r for q, r in self.state.replies.items() if q != question})

    # Left open

    def leave_open(self, question: Question) -> None:
        """``question`` got no clear answer, or is not put any more: its findings are open."""
        evidence = self.state.evidence
        sign, findings = left_open(question, evidence, again=self.state.revisiting)
        evidence = replace(evidence, open_signs=(*evidence.open_signs, sign))
        self.done(question.id, Reply.UNSURE)
        self.record(findings, question.id, evidence=evidence)
        self.name_open(sign.findings)

    def leave_signs_open(self, signs: tuple[FindingId, ...]) -> None:
        """Danger signs that may have been said, and cannot be asked about: not ruled out."""
        evidence = self.state.evidence
        sign = OpenSign(QuestionId(CLARIFY), signs)
        evidence = replace(evidence, open_signs=(*evidence.open_signs, sign))
        self.record(dict.fromkeys(signs, Reply.UNSURE), None, evidence=evidence)
        self.name_open(signs)
