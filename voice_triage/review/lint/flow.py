"""Which questions come up and in which order: nothing unreachable, no danger sign skipped."""

from __future__ import annotations

from voice_triage.content.conditions import Condition
from voice_triage.content.dialog import AskedWhen, Dialog, Question
from voice_triage.content.reading.fields import Place
from voice_triage.review.lint.minimal import evidence_of, knowable, shades, ways
from voice_triage.review.lint.report import Report
from voice_triage.triage.evidence import Evidence, record
from voice_triage.triage.levels import assess
from voice_triage.triage.next_question import next_question
from voice_triage.values import FindingId, FindingKind, Level, QuestionId, Reply

MOST_QUESTIONS = 21
"""For a person with nothing serious (content contract)."""
MOST_SIGNS = 3
"""Closely related signs that may share one question (content contract)."""


def check_flow(dialog: Dialog, report: Report) -> None:
    """Report every question that is misplaced, unreachable or missing."""
    known = knowable(dialog)
    for question in dialog.questions:
        _check_reach(dialog, question, known, report)
        _check_group(dialog, question, report)
        _check_which(dialog, question, report)
        _check_half(dialog, question, report)
        _check_no_also(dialog, question, report)
    _check_order(dialog, report)
    _check_length(dialog, report)


def _path(question: Question, key: str = "") -> Place:
    return ("questions", str(question.id), key) if key else ("questions", str(question.id))


def _always(dialog: Dialog, question: Question) -> bool:
    """Asked of everyone (a which-question as far as its group is)."""
    if question.which_of is not None:
        group = dialog.question_by_id[question.which_of]
        return question.when is None and group.when is None and group.which_of is None
    return question.when is None


# Reach


def _check_reach(
    dialog: Dialog, question: Question, known: frozenset[FindingId], report: Report
) -> None:
    when = question.when
    if when is not None and not _can_come_up(dialog, question, when, known):
        needed = ", ".join(dict.fromkeys(when.findings()))
        report.add(
            "D101", _path(question, "when"), f"nothing leads here: 'when' rests on {needed}, "
            "which no other question finds out"
        )  # fmt: skip
    elif when is not None and _only_in_emergency(dialog, when):
        report.add("D102", _path(question, "when"), "what 'when' asks for is an emergency already")
    elif settling := _settled_before(dialog, question):
        what = f"'{', '.join(settling)}' always settles it first"
        report.add("D113", _path(question), what)


def _can_come_up(
    dialog: Dialog, question: Question, when: Condition, known: frozenset[FindingId]
) -> bool:
    """Does ``when`` hold, with all else open, while something asked here is not settled yet?"""
    for finding in question.asks:
        own = () if question.half else (finding, *dialog.derived_from.get(finding, ()))
        facts = dict.fromkeys(known.difference(own), Reply.UNSURE)
        if when.holds(facts, open_counts=True):
            return True
    return False


def _only_in_emergency(dialog: Dialog, when: Condition) -> bool:
    """Is every way to make ``when`` true, certain or open, an emergency in itself?"""
    return all(
        assess(dialog, evidence_of(dialog, facts)).level is Level.EMERGENCY
        for way in ways(when)
        for facts in shades(way)
    )


def _settled_before(dialog: Dialog, question: Question) -> tuple[QuestionId, ...]:
    """Earlier questions after which nothing asked here can be unsettled."""
    found: dict[QuestionId, None] = {}
    for finding in question.asks:
        for earlier in dialog.questions:
            if earlier is question:
                return ()
            certain = earlier.when is None or earlier.when == question.when
            clear = len(earlier.asks) == 1 or _all_emergencies(dialog, earlier)
            same = earlier.id != question.which_of and earlier.which_of is None
            if finding in earlier.asks and certain and clear and same and not question.half:
                found[earlier.id] = None
                break
        else:
            return ()
    return tuple(found)


# Groups, halves, which-questions


def _all_emergencies(dialog: Dialog, question: Question) -> bool:
    return all(dialog.lone_level.get(f) is Level.EMERGENCY for f in question.asks)


def _check_group(dialog: Dialog, question: Question, report: Report) -> None:
    asked = ", ".join(question.asks)
    if len(question.asks) > MOST_SIGNS:
        report.add("D112", _path(question, "asks"), f"asks about {asked} at once")
    if len(question.asks) < 2 or question.which_of is not None:
        return
    if not question.parts:
        report.add("D114", _path(question, "asks"), f"no part for {asked}")
    has_which = any(q.which_of == question.id for q in dialog.questions)
    if not has_which and not _all_emergencies(dialog, question):
        what = f"{asked} differ in level or in what they lead to"
        report.add("D108", _path(question, "asks"), what)
    if has_which and _all_emergencies(dialog, question):
        for which in (q for q in dialog.questions if q.which_of == question.id):
            what = f"a “yes” to '{question.id}' is an emergency whichever sign was meant"
            report.add("D102", _path(which, "which_of"), what)


def _check_which(dialog: Dialog, question: Question, report: Report) -> None:
    if question.which_of is None:
        return
    path = _path(question, "which_of")
    if not question.parts:
        report.add("D114", path, f"no part for {', '.join(question.asks)}")
    ids = [q.id for q in dialog.questions]
    group = dialog.question_by_id[question.which_of]
    if ids.index(group.id) >= ids.index(question.id):
        report.add("D103", path, f"'{group.id}' does not come before this question")
    elif len(group.asks) < 2:
        report.add("D103", path, f"'{group.id}' asks about one finding only")
    elif set(question.asks) != set(group.asks):
        asked = ", ".join(group.asks)
        report.add("D103", path, f"'{group.id}' asks about {asked}, and this does not")


def _check_half(dialog: Dialog, question: Question, report: Report) -> None:
    for finding in question.asks if question.half else ():
        others = [q for q in dialog.questions if q is not question and finding in q.asks]
        if not any(q.half for q in others):
            report.add("D109", _path(question, "half"), f"no other half asks about {finding}")


def _check_no_also(dialog: Dialog, question: Question, report: Report) -> None:
    ids = [q.id for q in dialog.questions]
    for finding in question.no_also:
        later = dialog.questions[ids.index(question.id) + 1 :]
        if not any(finding in q.asks for q in later):
            what = f"a “yes” here says nothing about {finding}, and nothing asks about it later"
            report.add("D110", _path(question, "no_also"), what)


# Order and length


def _check_order(dialog: Dialog, report: Report) -> None:
    calm: Question | None = None
    plain: Question | None = None
    for question in dialog.questions:
        if not _always(dialog, question) or question.which_of is not None:
            continue
        level = dialog.question_level(question)
        if level is Level.EMERGENCY and calm is not None:
            report.add("D107", _path(question), f"'{calm.id}' comes before it and is no red flag")
        elif level is Level.URGENT and plain is not None:
            report.add("D107", _path(question), f"'{plain.id}' comes before it and has no level")
        if level is None or level < Level.URGENT:
            calm = calm or question
        if level is None:
            plain = plain or question


def _check_length(dialog: Dialog, report: Report) -> None:
    """Walk the path of a person who answers “no” and gives the mildest values."""
    evidence = Evidence()
    replies: dict[QuestionId, Reply | None] = {}
    while question := next_question(dialog, evidence, replies):
        replies[question.id] = Reply.NO
        for finding in (*question.asks, *question.no_also):
            kind = dialog.findings[finding].kind
            if kind is FindingKind.YES_NO:
                evidence = record(dialog, evidence, {finding: Reply.NO})
            elif kind is FindingKind.CHOICE:
                option = dialog.findings[finding].options[0]
                evidence = record(dialog, evidence, {finding: (option,)})
            else:
                evidence = record(dialog, evidence, {finding: 0.0})
    if len(replies) > MOST_QUESTIONS:
        what = f"a person with nothing serious is asked {len(replies)} questions"
        report.add("D111", ("questions",), what)


# What 'asked' claims


def check_asked(dialog: Dialog, report: Report) -> None:
    """Report findings whose 'asked' does not agree with the questions, danger signs first."""
    grave = _grave(dialog)
    for finding in dialog.findings.values():
        asking = [q for q in dialog.questions if finding.id in q.asks]
        everyone = [q for q in asking if _always(dialog, q)]
        lone = dialog.lone_level.get(finding.id)
        path: Place = ("findings", str(finding.id), "asked")
        claim = finding.asked
        if claim in (AskedWhen.VOLUNTEERED, AskedWhen.DERIVED):
            if asking:
                what = f"'asked: {claim}', but '{asking[0].id}' asks about it"
                report.add("D105", path, what)
        elif not asking:
            code = "D106" if lone is Level.EMERGENCY else "D105"
            report.add(code, path, f"'asked: {claim}', but no question asks about it")
        elif claim is AskedWhen.ALWAYS and not everyone:
            names = ", ".join(f"'{q.id}'" for q in asking)
            code = "D104" if finding.id in grave else "D105"
            report.add(code, path, f"'asked: always', but {names} only comes up sometimes")
        elif claim is AskedWhen.FOLLOW_UP and everyone:
            what = f"'asked: follow_up', but '{everyone[0].id}' is asked of everyone"
            report.add("D105", path, what)


def _grave(dialog: Dialog) -> frozenset[FindingId]:
    """Findings that alone are urgent or worse, or that complete an emergency with others."""
    grave = {f for f, level in dialog.lone_level.items() if level >= Level.URGENT}
    for rule in dialog.rules:
        if rule.level is Level.EMERGENCY:
            for finding in rule.when.findings():
                grave.add(finding)
                derived = dialog.findings[finding].derived
                grave |= set(derived.findings()) if derived is not None else set()
    return frozenset(grave)
