"""A model with another end-of-speech rule."""

from __future__ import annotations

from tests.hearing.models import CONF, make_model
from voice_triage.hearing.endpoint import endpoint_overlay, with_endpoint
from voice_triage.hearing.model_store import (
    check_files,
)


def test_an_endpoint_rule_is_replaced_and_the_rest_of_the_settings_kept():
    text = with_endpoint(CONF, 1.2)
    assert "--endpoint.rule2.min-trailing-silence=1.2\n" in text
    assert "=0.7" not in text
    assert "--beam=13.0\n" in text
    assert "--endpoint.silence-phones=1:2\n" in text


def test_only_true_silence_ends_an_utterance_not_words_that_the_model_lacks():
    conf = "--endpoint.silence-phones=1:2:3:4:5:6:7:8:9:10\n"
    assert "--endpoint.silence-phones=1:2:3:4:5\n" in with_endpoint(conf, 0.7)


def test_an_overlay_leaves_the_model_untouched_and_vanishes(tmp_path):
    folder = make_model(tmp_path / "m")
    for path in [*folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)  # as shipped on a read-only disk
    with endpoint_overlay(folder, 1.2) as overlay:
        check_files(overlay)
        assert (overlay / "am").is_symlink()
        assert "=1.2" in (overlay / "conf" / "model.conf").read_text()
    assert not overlay.exists()
    assert (folder / "conf" / "model.conf").read_text() == CONF
