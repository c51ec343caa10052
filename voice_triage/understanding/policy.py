"""When what the reader makes of a reply is enough to act upon: all thresholds, on one page.

The principle: an easy yes, a hard no, and whatever is unclear is asked once more. The figures are
shares between 0 and 1 that the reader gives (`reader.Shares`). Each was set by leaving out one
writer after the other of a, b, d, e and h (command: ``scripts/evaluate replies``), by the cost of
an error: a missed danger sign against one more question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voice_triage.core.values import FindingId, Reply
from voice_triage.understanding.reader import CALL, NO_FINDING, Shares


@dataclass(frozen=True, slots=True)
class Limits:
    """The least share with which a yes and a no count at once."""

    yes: float
    no: float


GRAVE = Limits(yes=0.5, no=0.8)
"""Findings that alone are urgent or an emergency: a no must be all but certain."""
SLIGHT = Limits(yes=0.55, no=0.8)
"""All others: a yes in error costs a call to the doctor, a no in error as well."""
YES_ALONE = 0.8
"""A grave sign counts at once from this share of yes on, or from the lower one where the words also
state it by themselves, if only faintly: this halves the denials by good state that are taken for a
yes (“breathed like a champ”), and costs 8 in 100 yeses one more question."""
ALSO_STATED = 0.1
"""That faintly."""
POINTS_TO_IT = 0.5
"""A no does not count where the same words, by themselves, state the sign with this share."""
SAID_NOTHING = 0.5
"""From this share of “nothing said” on, a reply is none; below it, it is doubt."""

ACT = 0.5
"""A plain danger phrase acts at once unless the reader gives its sign less than this share: “my cat
fainted” and “I don't have chest pain” hold such phrases, too."""
ASK_BACK = 0.35
"""From this share of emergency signs on, the likeliest is asked about by name."""
VOLUNTEERED = 0.85
"""From this share on a finding that was not asked about counts as stated, and is not asked."""
CHOSEN = 0.3
"""From this share on an option of a choice counts; nothing grave hangs on it."""
CHOSEN_TOO = 0.25
"""… and a second one from this share on: “stiff and sore”."""


def settle(shares: Shares, stated: float, *, grave: bool, gaps: bool) -> Reply | None:
    """What a reply says about a finding it was asked about: None if nothing.

    ``stated``: the share with which the words state the finding by themselves. ``gaps``: the
    recogniser lost a word (1 in 100 replies); it may be the one that matters, so that a grave sign
    is not denied.
    """
    limits = GRAVE if grave else SLIGHT
    stands = not grave or shares.yes >= YES_ALONE or stated >= ALSO_STATED
    if shares.yes >= limits.yes and stands:
        return Reply.YES
    doubted = grave and (gaps or stated >= POINTS_TO_IT)
    if shares.no >= limits.no and not doubted:
        return Reply.NO
    return None if shares.nothing >= SAID_NOTHING else Reply.UNSURE


def acts(sign: FindingId, mentioned: Mapping[str, float]) -> bool:
    """Does a plain phrase for ``sign`` stand, for all that the reader knows?"""
    return mentioned.get(sign, 0.0) >= ACT


def calls(mentioned: Mapping[str, float], emergencies: frozenset[FindingId]) -> bool:
    """Does a plain call for help stand?"""
    return mentioned.get(CALL, 0.0) + sum(mentioned[f] for f in emergencies) >= ACT


def ask_back(mentioned: Mapping[str, float], emergencies: frozenset[FindingId]) -> FindingId | None:
    """The emergency sign that the words may have stated, and that is worth a question."""
    if not emergencies or sum(mentioned[f] for f in emergencies) < ASK_BACK:
        return None
    return max(sorted(emergencies), key=lambda f: mentioned[f])


def volunteered(mentioned: Mapping[str, float]) -> tuple[FindingId, ...]:
    """The findings that the words state beyond doubt."""
    stated = (f for f, share in mentioned.items() if share >= VOLUNTEERED)
    return tuple(FindingId(f) for f in stated if f not in (NO_FINDING, CALL))
