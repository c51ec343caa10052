"""A simulated patient: knows the findings, and answers questions in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from voice_triage.content.dialog import CLARIFY, CONFIRM, STORY, AskedWhen, Dialog, Question
from voice_triage.simulation.patient_file import Patient
from voice_triage.triage.evidence import Evidence
from voice_triage.values import FindingId, FindingKind, FindingValue, Level, QuestionId, Reply


class Answers:
    """The words of one patient in one session, question by question. Stateful: one per session."""

    def __init__(
        self,
        patient: Patient,
        dialog: Dialog,
        plain: Mapping[str, str],
        stated_in: Callable[[str], Collection[FindingId]] | None = None,
    ) -> None:
        """``plain``: the plainest words of the language. ``stated_in`` tells what words state: a
        patient asked about them stands by them."""
        self._stated_in = stated_in
        self._patient = patient
        self._dialog = dialog
        self._plain = plain
        self._asked: list[QuestionId] = []
        self._given: Counter[str] = Counter()
        self._in_manner: Counter[str] = Counter()
        self._interrupted = False
        self._breaking_in = False
        self._untold = list(_never_asked(patient, dialog))
        self.words = 0
        """Words that this patient has said."""

    @property
    def questions(self) -> int:
        """How many different questions this patient was asked."""
        return len(self._asked)

    def reply(
        self, question: QuestionId | None, about: Sequence[FindingId], *, open_mode: bool = False
    ) -> str | None:
        """The next words; None is silence. ``question`` None: an outcome, or the open story.
        ``about``: the findings that are asked about, perhaps a part of the question's."""
        words = self._next(question, about, open_mode=open_mode)
        self.words += len(words.split()) if words else 0
        return words

    def _next(
        self, question: QuestionId | None, about: Sequence[FindingId], *, open_mode: bool
    ) -> str | None:
        patient = self._patient
        if open_mode:
            return self._own((STORY,)) or self._plain["skip"]
        if question is None:
            return self._plain["okay"]
        if question in (CLARIFY, CONFIRM):
            return self._own((question,)) or self._clarify(question, about)
        first_time = question not in self._asked
        if first_time:
            self._asked.append(question)
        answered = len(self._asked) - 1
        interrupt = patient.interrupt
        if interrupt and not self._interrupted and answered >= interrupt.after_question:
            self._interrupted = self._breaking_in = True
            return interrupt.words
        settles = _part(self._dialog.question_by_id[question], about)
        places = (question, *self._dialog.question_by_id[question].asks)
        if any(place in patient.silent_on for place in places):
            return None
        own = self._own(places, first_time=first_time)
        if own is not None:
            return own
        if first_time and self._untold:
            return self._say(self._untold.pop(0), Reply.YES)
        return self._plainly(settles)

    def _own(self, places: Sequence[str], *, first_time: bool = True) -> str | None:
        """The patient's own words about one of ``places``, if there are any left."""
        for place in places:
            words = self._patient.says.get(place)
            if words is None:
                continue
            at = self._given[place]
            if words.goes_on or (first_time and at < len(words.said)):
                self._given[place] += 1
                return words.said[min(at, len(words.said) - 1)]
        return None

    def _clarify(self, node: str, about: Sequence[FindingId]) -> str:
        true = any(self._patient.findings.get(f) is Reply.YES or f in self._stated() for f in about)
        # Who breaks in with something grave stands by it when it is asked back.
        meant = self._breaking_in and self._patient.expect >= Level.URGENT
        true = true or (node == CLARIFY and meant)
        self._breaking_in = False
        return self._manner(Reply.YES if true == (node == CLARIFY) else Reply.NO)

    def _stated(self) -> set[FindingId]:
        """What the patient's own words have stated, whatever ``findings`` say."""
        if self._stated_in is None:
            return set()
        says = self._patient.says
        words = [w for place, times in self._given.items() for w in says[place].said[:times]]
        if self._interrupted and self._patient.interrupt is not None:
            words.append(self._patient.interrupt.words)
        return {f for spoken in words for f in self._stated_in(spoken)}

    def _manner(self, reply: Reply) -> str:
        """Yes, no or unsure in the patient's own way, one way after the other."""
        ways = self._patient.manner.get(reply.value) or (self._plain[reply.value],)
        self._in_manner[reply.value] += 1
        return ways[(self._in_manner[reply.value] - 1) % len(ways)]

    def _plainly(self, question: Question) -> str:
        """The answer that the findings call for."""
        findings = self._patient.findings
        if question.kind is not FindingKind.YES_NO:
            value = findings[question.asks[0]]
            if value is Reply.UNSURE:
                return self._manner(Reply.UNSURE)
            return self._say(question.asks[0], value)
        present = [f for f in question.asks if findings[f] is Reply.YES]
        if question.which_of is not None:
            if not present:
                return self._manner(Reply.UNSURE)
            return self._plain["both"] if len(present) > 1 else self._say(present[0], Reply.YES)
        if not present and any(findings[f] is Reply.YES for f in question.no_also):
            return self._manner(Reply.YES)
        if len(present) == 1 and len(question.asks) > 1 and not self._patient.own_words:
            return self._say(present[0], Reply.YES)
        if present:
            return self._manner(Reply.YES)
        everything = (*question.asks, *question.no_also)
        in_doubt = any(findings[f] is Reply.UNSURE for f in everything)
        return self._manner(Reply.UNSURE if in_doubt else Reply.NO)

    def _say(self, finding: FindingId, value: FindingValue) -> str:
        """Plain words for ``value``: those of the dialog for a sign, a number, or the options."""
        about = self._dialog.findings[finding]
        if isinstance(value, Reply):
            return about.said or self._plain[value.value]
        if isinstance(value, tuple):
            chosen = (self._plain["nothing"] if o == "none" else o for o in value)
            return f" {self._plain['and']} ".join(chosen)
        if about.kind is not FindingKind.DAYS:
            return f"{value:g}"
        if value == HALF_DAY:
            return self._plain["half_a_day"]
        return self._plain["days"].format(number=f"{value:g}")


HALF_DAY = 0.5


def _part(question: Question, about: Sequence[FindingId]) -> Question:
    """``question`` about the findings that are still asked about."""
    asks = tuple(f for f in question.asks if f in about) or question.asks
    return replace(question, asks=asks, which_of=question.which_of if len(asks) > 1 else None)


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
        if untold and finding.asked is not AskedWhen.DERIVED and truth.is_yes(finding.id):
            yield finding.id
