"""For all tests: nobody's own settings; random examples from a fixed seed, so that a failure comes
back."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("seeded", derandomize=True, deadline=None, database=None)
settings.load_profile("seeded")

os.environ["XDG_CONFIG_HOME"] = "/nowhere"
for _name in [name for name in os.environ if name.startswith("VOICE_TRIAGE_")]:
    if _name not in ("VOICE_TRIAGE_MODELS", "VOICE_TRIAGE_SHARED"):
        del os.environ[_name]
