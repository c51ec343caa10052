"""When what the reader makes of a reply is enough to act upon: all thresholds, on one page.

The principle: an easy yes, a hard no, and whatever is unclear is asked once more. Shares are
between 0 and 1 (`reader.Shares`). Each threshold was set by leaving out one writer after the other
of a, b, d, e and h (``scripts/evaluate replies``): a missed danger sign against one more question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from voice_triage.understanding.reader import A_NUMBER, CALL, NO_FINDING, NOTHING, UNSURE, Shares
from voice_triage.values import Answer, FindingId, FindingValue, Reply


@dataclass(frozen=True, slots=True)
class Limits:
    """The least share with which a yes counts at once, and the least log-odds of a no."""

    yes: float
    no: float


GRAVE = Limits(yes=0.6, no=5.0)
"""Findings that alone are urgent or an emergency: a no must be all but certain."""
SLIGHT = Limits(yes=0.57, no=4.5)
"""All others: a yes in error costs a call to the doctor, a no in error as well."""
WHATEVER_WAS_ASKED = Limits(yes=0.5, no=0.7)
"""A plain yes or no, whatever was asked: “have I understood that?”. Set on the dev split of
PriMock57 (real patients)."""
YES_ALONE = 0.78
"""A grave sign counts at once from this share of yes on, or from the lower one where the words also
state it by themselves: this halves the denials by good state that are taken for a
yes (“breathed like a champ”), and costs a few yeses in a hundred one more question."""
ALSO_STATED = 0.3
"""So much."""
YES_BY_EAR = 0.97
"""A grave sign that a recogniser heard counts at once from this share of yes on, or …"""
STATED_BY_EAR = 0.5
"""… where the words state it with this share; else it is asked back by name. Six in ten of the noes
by ear that made an emergency are only asked about, and so are one in four yeses."""
STATED_COUNTS = 0.65
"""A no is as certain as its log-odds, less this times the log-odds that the same words, by
themselves, state the sign. A threshold for each let pass more yeses as noes, for as many noes."""
POINTS_TO_IT = 0.3
"""However sure a no seems, it does not count where the words by themselves state the sign with this
share: “all tingly these three days, but I can push and lift as always”. Costs one more question in
200 noes at danger questions and in 60 at others, and takes away one in seven yeses read as no."""
BEYOND_DOUBT = 7.0
"""… unless the no has these log-odds by itself (a share of 0.999): “no tingling and no weakness”
names what it denies. Two to six more noes in 1,000 are accepted, and no more yeses read as noes."""
PLAIN_NO = 4.0
"""Log-odds from which on a no to anything also answers “Is that so?”: there “no, it is not” says
all. None of 352 yeses of a writer whom the reader had not seen (ww) reach it, and half of 342 noes;
the reading for the sign itself doubted one in five of them, and that was an emergency."""
HARDLY_STATED = 0.01
"""Below this share the words do not state a sign: nothing more speaks for the no."""
LEANS = 0.5
"""From this share of no on, a reply and the one before it, to the same question, count together:
one in four of the noes that two replies leave open, for 1 more yes in 1,000 read as no …"""
DOUBTS = 0.05
"""… unless one of them is in doubt with this share: “I don't know”, said twice, is no no."""
SAID_NOTHING = 0.5
"""From this share of “nothing said” on, a reply is none; below it, it is doubt."""

ACT = 0.5
"""A plain danger phrase acts at once unless the reader gives its sign less than this share, nothing
else but “no finding” counted: “my cat fainted” and “I don't have chest pain” hold such phrases."""
TOLD = 0.95
"""From this share on an option of a choice that was not asked for counts: “stiff for two days, from
sitting at my desk”, told at the beginning."""
ASK_BACK = 0.25
"""From this share of emergency signs on, the likeliest is asked about by name."""
VOLUNTEERED = 0.85
"""From this share on a finding that was not asked about counts as stated, and is not asked."""
ASK_BACK_WHILE_ANSWERING = 0.4
"""… in reply to a question: most of what is said then answers it, and 1 in 50 ordinary answers is
asked back at this share, 1 in 20 at the lower one."""
MEANT = 0.25
"""From this share on a quantity in a reply is its answer: that the reply gives one, times that it
is this one. At 0.1 three in a hundred more are understood, and twice as many made up: quantities of
replies to other questions, learned as “not meant”, make all shares low."""
SAID_WITHOUT_A_NUMBER = 0.4
"""From this share on “not a twinge” and “off the scale” are a number."""
CHOSEN = 0.3
"""From this share on an option of a choice counts; nothing grave hangs on it."""
CHOSEN_TOO = 0.35
"""… and a second one from this share on: “stiff and sore”."""


def log_odds(share: float) -> float:
    """Natural logarithm of the odds, 0.0001 to 0.9999 at most."""
    within = min(max(share, 0.0001), 0.9999)
    return log(within / (1.0 - within))


def certainty(shares: Shares, stated: float) -> float:
    """How sure a no is, in log-odds, for all that the words state by themselves."""
    return log_odds(shares.no) - STATED_COUNTS * log_odds(max(stated, HARDLY_STATED))


def leans_to_no(shares: Shares) -> bool:
    """More a no than anything else, and not in doubt."""
    return shares.no >= LEANS and shares.unsure < DOUBTS


def lean(shares: Shares, stated: float, *, gaps: bool) -> float:
    """What an earlier reply adds to the certainty of a no, in log-odds: nothing unless it was
    one."""
    return max(0.0, certainty(shares, stated)) if leans_to_no(shares) and not gaps else 0.0


def settle(
    shares: Shares,
    stated: float,
    *,
    grave: bool,
    gaps: bool,
    before: float = 0.0,
    stated_before: float = 0.0,
) -> Reply | None:
    """What a reply says about a finding it was asked about: None if nothing.

    ``stated``: the share with which the words state the finding by themselves. ``gaps``: the
    recogniser lost a word (1 in 100 replies); it may be the one that matters, so that a grave sign
    is not denied. ``before``: the sum of what earlier replies lend to a no (`lean`);
    ``stated_before``: how far the reply that led to this question stated the finding already.
    """
    limits = GRAVE if grave else SLIGHT
    stands = not grave or shares.yes >= YES_ALONE or stated >= ALSO_STATED
    if shares.yes >= limits.yes and stands:
        return Reply.YES
    certain = certainty(shares, max(stated, stated_before))
    certain += before if leans_to_no(shares) else 0.0
    pointed = stated >= POINTS_TO_IT and log_odds(shares.no) < BEYOND_DOUBT
    if certain >= limits.no and not pointed and not (grave and gaps):
        return Reply.NO
    return None if shares.nothing >= SAID_NOTHING else Reply.UNSURE


def denies_plainly(shares: Shares, stated: float, *, gaps: bool) -> bool:
    """Does a reply to “Is that so?”, read as a yes or no to anything, say no?"""
    return log_odds(shares.no) >= PLAIN_NO and stated < POINTS_TO_IT and not gaps


def sure_by_ear(shares: Shares, stated: float, *, gaps: bool) -> bool:
    """Does a yes to a grave sign count at once, though the words were heard, not typed?

    ``gaps``: a word was lost, so that only what the words state by themselves is sure.
    """
    return (shares.yes >= YES_BY_EAR and not gaps) or stated >= STATED_BY_EAR


def plain_answer(shares: Shares, *, gaps: bool) -> Reply | None:
    """A yes or no to anything: None if the reply is neither, nor in doubt."""
    if shares.yes >= WHATEVER_WAS_ASKED.yes:
        return Reply.YES
    if shares.no >= WHATEVER_WAS_ASKED.no and not gaps:
        return Reply.NO
    return None if shares.nothing >= SAID_NOTHING else Reply.UNSURE


def amount(
    candidates: Sequence[tuple[float, float]], whole: Mapping[str, float]
) -> float | Reply | None:
    """The number that a reply gives, unsure where it is about it without giving one, or None.

    ``candidates``: quantities, each with the share that it is meant; ``whole``: what the reply as
    a whole is (`chooser.Chooser.read`).
    """
    value, share = max(candidates, key=lambda candidate: candidate[1], default=(0.0, 0.0))
    if share * whole[A_NUMBER] >= MEANT:
        return value
    said = max(whole, key=lambda name: whole[name])
    if whole[said] >= SAID_WITHOUT_A_NUMBER and said not in (A_NUMBER, UNSURE, NOTHING):
        return float(said)
    return None if said == NOTHING else Reply.UNSURE


def acts(sign: FindingId, mentioned: Mapping[str, float]) -> bool:
    """Does a plain phrase for ``sign`` stand, for all that the reader knows?"""
    stated, nothing = mentioned.get(sign, 0.0), mentioned.get(NO_FINDING, 0.0)
    return stated >= ACT * (stated + nothing) and stated > 0.0


def calls(mentioned: Mapping[str, float], signs: frozenset[FindingId]) -> bool:
    """Does a plain call for help stand?"""
    return mentioned.get(CALL, 0.0) + sum(mentioned[f] for f in signs) >= ACT


def ask_back(
    mentioned: Mapping[str, float], signs: frozenset[FindingId], *, answering: bool
) -> FindingId | None:
    """The danger sign that the words may have stated, and that is worth a question."""
    least = ASK_BACK_WHILE_ANSWERING if answering else ASK_BACK
    if not signs or sum(mentioned[f] for f in signs) < least:
        return None
    return max(sorted(signs), key=lambda f: mentioned[f])


def volunteered(mentioned: Mapping[str, float]) -> tuple[FindingId, ...]:
    """The findings that the words state beyond doubt."""
    stated = (f for f, share in mentioned.items() if share >= VOLUNTEERED)
    return tuple(FindingId(f) for f in stated if f not in (NO_FINDING, CALL))


def answer(said: Sequence[FindingValue | None], bare: Reply | None) -> Answer:
    """The answer to a yes/no question as a whole; ``bare``: read as a yes or no to anything."""
    if not said:
        return Answer.NONE if bare is None else Answer(bare.value)
    if Reply.YES in said:
        return Answer.YES
    if all(value is Reply.NO for value in said):
        return Answer.NO
    if Reply.UNSURE not in said:
        return Answer.NONE
    # A bare yes to signs of which one is there: which of them is asked next.
    all_open = all(value is Reply.UNSURE for value in said)
    return Answer.YES if bare is Reply.YES and all_open and len(said) > 1 else Answer.UNSURE
