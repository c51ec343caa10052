"""For all tests: random examples are drawn from a fixed seed, so that a failure comes back."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("seeded", derandomize=True, deadline=None, database=None)
settings.load_profile("seeded")
