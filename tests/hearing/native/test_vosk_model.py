"""The traps of the Vosk library, with the bundled model."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from voice_triage.errors import InternalError, ModelError
from voice_triage.hearing.model_store import LocatedModel, locate
from voice_triage.hearing.vosk_model import Pause, VoskModel

pytestmark = pytest.mark.native


@pytest.mark.parametrize("phrases", [["floccinauci pain"], [""], [" "], ['yes"]'], ["yes", "}{"]])
def test_unchecked_phrases_never_reach_vosk(model, phrases):
    with pytest.raises(InternalError, match="Unchecked phrases"):
        model.recogniser(16000, phrases, Pause.ANSWER)


def test_sound_that_is_too_poor_never_reaches_vosk(model):
    with pytest.raises(InternalError, match="4000 Hz"):
        model.recogniser(4000, ["yes"], Pause.ANSWER)


def test_a_second_thread_may_not_feed_a_recogniser(model):
    recogniser = model.recogniser(16000, ["yes"], Pause.ANSWER)
    errors = []

    def feed():
        try:
            recogniser.feed(bytes(3200))
        except InternalError as error:
            errors.append(error)

    thread = threading.Thread(target=feed)
    thread.start()
    thread.join()
    assert len(errors) == 1


def test_before_any_sound_there_is_no_guess(model):
    recogniser = model.recogniser(16000, ["yes"], Pause.ANSWER)
    assert recogniser.partial() == ""
    assert recogniser.finish() == ()


def test_the_vocabulary_can_be_asked(model):
    assert model.known("breathe")
    assert not model.known("floccinaucinihilipilification")
    assert model.unknown_token == "[unk]"


def test_the_wrong_folder_is_refused_before_vosk_sees_it(tmp_path):
    with pytest.raises(ModelError, match=r"lacks am/final\.mdl"):
        VoskModel(LocatedModel("empty", tmp_path))


def test_damaged_files_end_in_an_error_message_not_in_a_crash(tmp_path):
    """In a process of its own: Vosk may yet decide to abort."""
    good = locate().folder
    for name in ("am/final.mdl", "conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((good / name).read_bytes()[:1000])
    code = (
        "import sys, pathlib\n"
        "from voice_triage.errors import ModelError\n"
        "from voice_triage.hearing.vosk_model import load_model\n"
        "try: load_model(pathlib.Path(sys.argv[1]))\n"
        "except ModelError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=30
    )
    assert "cannot be loaded" in done.stdout
