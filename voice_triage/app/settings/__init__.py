"""What the person chose for a session: by flag, variable, file, or not at all."""

from voice_triage.app.settings.region import choose_region
from voice_triage.app.settings.session import SessionSettings
from voice_triage.app.settings.sources import session_settings

__all__ = ["SessionSettings", "choose_region", "session_settings"]
