"""What people say beyond the question: kept as evidence, and never asked again."""

from __future__ import annotations

from voice_triage.conversation.moves import Stage
from voice_triage.values import FindingId, FindingValue, Reply, Understanding


class Remarks:
    """Takes volunteered findings into the evidence."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def news(
        self, heard: Understanding, leave_out: tuple[FindingId, ...]
    ) -> dict[FindingId, FindingValue]:
        """What ``heard`` states outright that is worth recording: a denial only where new.

        Doubt is not: what was not asked has its own question, before or after, and a danger sign
        in doubt is among ``heard.asks``.
        """
        known = self._stage.state.evidence.values
        return {
            f: v
            for f, v in heard.findings.items()
            if f not in leave_out and v is not Reply.UNSURE and not (v is Reply.NO and f in known)
        }

    def volunteer(self, heard: Understanding, about: tuple[FindingId, ...] = ()) -> None:
        """Record what was said beyond ``about``."""
        new = self.news(heard, leave_out=about)
        if new:
            self._stage.record(new, None, volunteered=True)
