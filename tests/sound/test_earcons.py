"""Short tones."""

from __future__ import annotations

import pytest

from voice_triage.sound.audio import (
    dbfs,
)
from voice_triage.sound.earcons import Earcon, tone


@pytest.mark.parametrize("earcon", Earcon)
def test_tones_are_short_clear_and_begin_and_end_without_a_click(earcon):
    clip = tone(earcon, 16000)
    assert 0.05 < clip.seconds < 1
    assert -25 < dbfs(clip.samples) < -12
    assert abs(clip.samples[0]) < 50
    assert abs(clip.samples[-1]) < 800
