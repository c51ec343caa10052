"""A simulated patient: knows the findings, and answers questions in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from voice_triage.core.dialog import Asked, Dialog, Question
from voice_triage.core.evidence import Evidence
from voice_triage.core.machine import CLARIFY, CONFIRM, STORY
from voice_triage.core.values import FindingId, FindingKind, FindingValue, QuestionId, Reply
from voice_triage.vignettes import Patient


class Speech(Protocol):
    """The words of a finding's value; the lexicon has them."""

    def say(self, finding: FindingId, value: FindingValue, /) -> str: ...


class Answers:
    """The words of one patient in one session, question by question. Stateful: one per session."""

    def __init__(
        self,
        patient: Patient,
        dialog: Dialog,
        speech: Speech,
        stated_in: Callable[[str], Collection[FindingId]] | None = None,
    ) -> None:
        """``stated_in`` tells what words state: a patient asked about them stands by them."""
        self._stated_in = stated_in
        self._patient = patient
        self._dialog = dialog
        self._speech = speech
        self._asked: list[QuestionId] = []
        self._said: set[str] = set()
        self._interrupted = False
        self._words: str | None = None
        self._untold = list(_never_asked(patient, dialog))

    @property
    def questions(self) -> int:
        """How many different questions this patient was asked."""
        return len(self._asked)

    def reply(
        self,
        question: QuestionId | None,
        about: Sequence[FindingId],
        *,
        open_mode: bool = False,
        say_again: bool = False,
    ) -> str | None:
        """The next words; None is silence. ``question`` None: an outcome, or the open story.
        ``say_again``: asked for the same words once more."""
        if not say_again:
            self._words = self._next(question, about, open_mode=open_mode)
        return self._words

    def _next(
        self, question: QuestionId | None, about: Sequence[FindingId], *, open_mode: bool
    ) -> str | None:
        patient = self._patient
        if open_mode:
            return patient.says.get(STORY, "skip")
        if question is None:
            return "okay"
        if question in (CLARIFY, CONFIRM):
            return self._clarify(question, about)
        first_time = question not in self._asked
        if first_time:
            self._asked.append(question)
        answered = len(self._asked) - 1
        interrupt = patient.interrupt
        if interrupt and not self._interrupted and answered >= interrupt.after_question:
            self._interrupted = True
            return interrupt.words
        settles = self._dialog.question_by_id[question]
        places = (question, *settles.asks)
        if any(place in patient.silent_on for place in places):
            return None
        if first_time:
            for place in places:
                if place in patient.says and place not in self._said:
                    self._said.add(place)
                    return patient.says[place]
            if self._untold:
                return self._speech.say(self._untold.pop(0), Reply.YES)
        return self._plainly(settles)

    def _clarify(self, node: str, about: Sequence[FindingId]) -> str:
        if node in self._patient.says and node not in self._said:
            self._said.add(node)
            return self._patient.says[node]
        true = any(self._patient.findings.get(f) is Reply.YES or f in self._stated() for f in about)
        return "yes" if true == (node == CLARIFY) else "no"

    def _stated(self) -> set[FindingId]:
        """What the patient's own words have stated, whatever ``findings`` say."""
        if self._stated_in is None:
            return set()
        words = [self._patient.says[place] for place in self._said]
        if self._interrupted and self._patient.interrupt is not None:
            words.append(self._patient.interrupt.words)
        return {f for spoken in words for f in self._stated_in(spoken)}

    def _plainly(self, question: Question) -> str:
        """The answer that the findings call for."""
        findings = self._patient.findings
        if question.kind is not FindingKind.YES_NO:
            value = findings[question.asks[0]]
            return "I don't know" if value is Reply.UNSURE else self._say(question.asks[0], value)
        present = [f for f in question.asks if findings[f] is Reply.YES]
        if question.which_of is not None:
            if not present:
                return "I don't know"
            return "both" if len(present) > 1 else self._say(present[0], Reply.YES)
        if not present and any(findings[f] is Reply.YES for f in question.no_also):
            return "yes"
        if present and len(question.asks) > 1 and len(present) == 1:
            return f"{self._say(present[0], Reply.YES)}"
        if present:
            return "yes"
        everything = (*question.asks, *question.no_also)
        return "I don't know" if any(findings[f] is Reply.UNSURE for f in everything) else "no"

    def _say(self, finding: FindingId, value: FindingValue) -> str:
        return self._speech.say(finding, value)


def _never_asked(patient: Patient, dialog: Dialog) -> Iterator[FindingId]:
    """Present findings that matter to a rule but that no question would bring up.

    Such a finding is told without being asked, as the clinical table says: “else only if
    volunteered”. Unless the patient's own words are given, and then those decide.
    """
    if patient.says or patient.interrupt:
        return
    truth = Evidence(patient.findings)
    mentioned = {f for rule in dialog.rules for f in rule.when.findings()}
    reached = {
        f
        for q in dialog.questions
        if q.when is None or q.when.holds(truth, open_counts=True)
        for f in (*q.asks, *q.no_also)
    }
    for finding in dialog.findings.values():
        untold = finding.id in mentioned and finding.id not in reached
        if untold and finding.asked is not Asked.DERIVED and truth.is_yes(finding.id):
            yield finding.id
