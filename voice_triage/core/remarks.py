"""What people say beyond the question: kept as evidence, and never asked again."""

from __future__ import annotations

from voice_triage.core.dialog import Asked
from voice_triage.core.stage import Stage
from voice_triage.core.values import FindingId, FindingValue, Level, Reply, Understanding


class Remarks:
    """Takes volunteered findings into the evidence."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def news(
        self, heard: Understanding, leave_out: tuple[FindingId, ...]
    ) -> dict[FindingId, FindingValue]:
        """What ``heard`` states outright that is worth recording: a denial only where new."""
        known = self._stage.state.evidence.values
        return {
            f: v
            for f, v in heard.findings.items()
            if f not in leave_out and v is not Reply.UNSURE and not (v is Reply.NO and f in known)
        }

    def volunteer(
        self, heard: Understanding, about: tuple[FindingId, ...] = ()
    ) -> tuple[FindingId, ...]:
        """Record what was said beyond ``about``; return danger signs mentioned in doubt."""
        stage = self._stage
        new = self.news(heard, leave_out=about)
        if new:
            stage.record(new, None, volunteered=True)
        return tuple(
            f
            for f, v in heard.findings.items()
            if v is Reply.UNSURE and f not in about and self._must_be_asked(f)
        )

    def _must_be_asked(self, finding: FindingId) -> bool:
        """A danger sign in doubt that no question to come would clear up.

        Emergencies are cleared up at once; the others have their own question, unless that was
        answered before, or depends on what may never be said (a swollen leg).
        """
        dialog, evidence = self._stage.dialog, self._stage.state.evidence
        if evidence.is_open_or_yes(finding):
            return False
        level = dialog.lone_level.get(finding, Level.SELF_CARE)
        to_come = dialog.findings[finding].asked is Asked.ALWAYS and evidence.get(finding) is None
        return level is Level.EMERGENCY or (level is Level.URGENT and not to_come)
