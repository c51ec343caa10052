"""What a phrase can be: a sign of a finding, or a mark of how statements are built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from voice_triage.core.dialog import Question
from voice_triage.core.lexicon import Lexicon
from voice_triage.core.lexicon_parts import FindingWords, SignPhrases, Templates
from voice_triage.core.matcher import Match, PhraseGraph
from voice_triage.core.phrases import expand
from voice_triage.core.values import FindingId, Reply

EMERGENCY_CALL = FindingId("(emergency call)")
"""“Call an ambulance” among the signs, so that it is judged like one (“no need to …”)."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What one phrase says of one finding."""

    finding: FindingId
    says: Reply | None
    danger: bool
    rules_out: bool
    ever: bool
    now: bool
    window_days: float | None
    family: bool
    topic: bool = False
    elsewhere: bool = False


class Mark(Enum):
    """How statements are built; the phrase file's section ``grammar`` lists the words."""

    NO = auto()
    NOT = auto()
    NOT_A_NEGATOR = auto()
    BUT_NOW = auto()
    CONTRAST = auto()
    ENDS_NO = auto()
    SUBJECT = auto()
    DOUBT = auto()
    DOUBT_AFTER = auto()
    CONDITIONAL = auto()
    USUAL = auto()
    PAST = auto()
    RECENT = auto()
    WAS = auto()
    ONGOING = auto()
    GONE = auto()
    RELATIVE = auto()
    RELATIVE_PAST = auto()


def mark_graph(lexicon: Lexicon) -> PhraseGraph[Mark]:
    words = lexicon.grammar
    lists: Mapping[Mark, Templates] = {
        Mark.NO: words.noun_negators,
        Mark.NOT: words.verb_negators,
        Mark.NOT_A_NEGATOR: words.not_negators,
        Mark.BUT_NOW: words.but_now,
        Mark.CONTRAST: words.contrast,
        Mark.ENDS_NO: words.ends_no,
        Mark.SUBJECT: words.subjects,
        Mark.DOUBT: words.doubt,
        Mark.DOUBT_AFTER: words.doubt_after,
        Mark.CONDITIONAL: words.conditional,
        Mark.USUAL: words.usual,
        Mark.PAST: words.past,
        Mark.RECENT: words.recent,
        Mark.WAS: words.was,
        Mark.ONGOING: words.ongoing,
        Mark.GONE: words.gone,
        Mark.RELATIVE: words.relatives,
        Mark.RELATIVE_PAST: words.relative_past,
    }
    graph: PhraseGraph[Mark] = PhraseGraph()
    for mark, templates in lists.items():
        for template in templates:
            graph.add(template, mark)
    return graph


def word_set(templates: Iterable[object]) -> frozenset[str]:
    """The single words of a list of templates."""
    return frozenset(w for t in templates for p in expand(str(t)) for w in p.split())


def single_words(templates: Iterable[object]) -> frozenset[str]:
    """The templates that are one word: “no”, but not the “of” of “no sign of”."""
    return word_set(t for t in templates if " " not in str(t))


class SignGraphs:
    """The signs of all findings, and those that only count in answer to a question."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._drop = word_set(lexicon.grammar.determiners)
        self._skip = word_set(lexicon.grammar.softeners)
        self._tight = single_words(lexicon.grammar.noun_negators)
        self._everywhere = self._graph()
        for words in lexicon.findings.values():
            self._add(self._everywhere, words, here=False)
        calls = ((lexicon.emergency_call, Reply.YES), (lexicon.not_an_emergency_call, None))
        for templates, says in calls:
            call = Sign(EMERGENCY_CALL, says, says is not None, False, False, False, None, False)
            for template in templates:
                self._everywhere.add(template, call)
        self._here: dict[tuple[FindingId, ...], PhraseGraph[Sign]] = {}

    def longest(
        self, tokens: Sequence[str], start: int, here: PhraseGraph[Sign] | None
    ) -> Match[Sign] | None:
        """The longest sign at ``start``; both meanings where the same words have two."""
        match = self._everywhere.longest(tokens, start)
        if here is None:
            return match
        own = here.longest(tokens, start)
        if own is None or (match is not None and match.end > own.end):
            return match
        if match is None or own.end > match.end:
            return own
        asked = {sign.finding for sign in own.values}
        said = tuple(s for s in match.values if not (s.elsewhere and s.finding in asked))
        known = {sign.finding for sign in said}
        rest = tuple(sign for sign in own.values if sign.finding not in known)
        return Match(start, own.end, said + rest)

    def here(self, question: Question | None) -> PhraseGraph[Sign] | None:
        """The signs that count only in answer to ``question``."""
        if question is None:
            return None
        return self.here_of((*question.asks, *question.no_also))

    def here_of(self, findings: tuple[FindingId, ...]) -> PhraseGraph[Sign]:
        graph = self._here.get(findings)
        if graph is None:
            graph = self._here[findings] = self._graph()
            for finding in findings:
                words = self._lexicon.findings.get(finding)
                if words is not None:
                    self._add(graph, words, here=True)
        return graph

    def _graph(self) -> PhraseGraph[Sign]:
        return PhraseGraph(self._drop, self._skip, self._tight)

    def _add(self, graph: PhraseGraph[Sign], words: FindingWords, *, here: bool) -> None:
        implied = [self._lexicon.findings[f] for f in words.implies if f in self._lexicon.findings]
        for group in words.groups:
            if group.here is not here:
                continue
            signs = [_sign(words, group)]
            if group.says is Reply.YES:
                only = replace(group, danger=False, rules_out=False)
                signs += [_sign(other, only) for other in implied]
            for template in group.phrases:
                for sign in signs:
                    graph.add(template, sign)


def _sign(words: FindingWords, group: SignPhrases) -> Sign:
    return Sign(
        finding=words.id,
        says=group.says,
        danger=group.danger,
        rules_out=group.rules_out,
        ever=group.ever,
        now=words.now,
        window_days=words.window_days,
        family=words.family,
        topic=group.topic,
        elsewhere=group.elsewhere,
    )
