"""What all mentions of signs in an utterance add up to: one value per finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voice_triage.core.denial import Stance
from voice_triage.core.judge import Mention
from voice_triage.core.signs import EMERGENCY_CALL
from voice_triage.core.values import FindingId, FindingValue, Reply


def combined(mentions: Sequence[Mention]) -> dict[FindingId, Reply]:
    """One value per finding: a statement beats doubt and denial of other words, unless the very
    same words are denied later."""
    found: dict[FindingId, Reply] = {}
    last_yes: dict[FindingId, Mention] = {}
    for mention in mentions:
        finding, reply = mention.sign.finding, mention.reply
        if reply is None or finding == EMERGENCY_CALL:
            continue
        known = found.get(finding)
        if reply is Reply.YES:
            found[finding] = Reply.YES
            last_yes[finding] = mention
        elif known is None:
            found[finding] = reply
        elif known is Reply.YES:
            same = mention.sign == last_yes[finding].sign and mention.stance is Stance.DENIED
            if same and mention.sign.rules_out:
                found[finding] = Reply.UNSURE
        elif reply is Reply.UNSURE:
            found[finding] = Reply.UNSURE
    return found


def danger_signs(
    mentions: Sequence[Mention], found: Mapping[FindingId, FindingValue]
) -> tuple[FindingId, ...]:
    stated = (
        m.sign.finding
        for m in mentions
        if m.sign.danger and m.stance is Stance.STATED and m.sign.finding != EMERGENCY_CALL
    )
    return tuple(dict.fromkeys(f for f in stated if found.get(f) is Reply.YES))


def past(mentions: Sequence[Mention], stated: Mapping[FindingId, Reply]) -> tuple[FindingId, ...]:
    happened = (Reply.YES, Reply.UNSURE)
    ids = (m.sign.finding for m in mentions if m.stance is Stance.PAST and m.sign.says in happened)
    return tuple(dict.fromkeys(f for f in ids if stated.get(f) is not Reply.YES))
