"""The program holds no back pain: a dialog of another domain, as data alone, goes the whole way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.training.material import fingerprint, sources
from voice_triage.app.screen.plain import NoScreen
from voice_triage.app.wiring import Language
from voice_triage.cli import main
from voice_triage.content.library import load_dialog, read_yaml
from voice_triage.errors import ModelError
from voice_triage.review.problems import check_dialog
from voice_triage.review.proof import prove
from voice_triage.review.proof.contract import parse_contract
from voice_triage.simulation.patient_file import load_patients
from voice_triage.simulation.sessions import simulate
from voice_triage.simulation.world import Acoustics, World, patient_voice
from voice_triage.understanding.weights import Weights

HERE = Path(__file__).parent
FILE = HERE / "neck_pain.en.yaml"


@pytest.fixture(scope="module")
def world():
    language = Language.load(FILE)
    return World(language, language.dialog.regions["UK"])


@pytest.fixture(scope="module")
def patients(world):
    return load_patients([HERE / "patients.yaml"], world.language.dialog)


def test_its_files_have_no_problems():
    assert [str(problem) for problem in check_dialog(FILE)] == []


def test_its_reader_was_trained_from_its_replies():
    """scripts/train --dialog tests/another_domain/neck_pain.en.yaml --replies … --into …"""
    reader = HERE / "reader-en"
    made_of = fingerprint(sources(HERE / "replies", reader))
    assert Weights.read(reader).material == made_of, "train it anew"


def test_every_patient_reaches_the_level_expected(world, patients):
    reached = {p.id: simulate(world, p, NoScreen()).level for p in patients}
    assert reached == {p.id: p.expect for p in patients}


def test_nothing_that_is_said_or_recorded_names_the_back(world, patients):
    for patient in patients:
        for event in simulate(world, patient, NoScreen()).events:
            assert "your back" not in str(event).lower()
            assert "upper back" not in str(event).lower()


def test_every_path_keeps_its_contract():
    dialog = load_dialog(FILE)
    contract = parse_contract(
        read_yaml(HERE / "contract.yaml"), str(HERE / "contract.yaml"), dialog
    )
    proof = prove(dialog, contract, volunteered=tuple(dialog.findings), by_turns=True)
    assert proof.failures == ()


def test_it_can_be_drawn(capsys):
    assert main(["graph", "--dialog", str(FILE), "--format", "mermaid"]) == 0
    assert "whiplash" in capsys.readouterr().out


def test_a_reader_of_another_domain_is_refused_with_the_way_to_a_new_one(tmp_path):
    path = tmp_path / "neck_pain.en.yaml"
    path.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ModelError, match=r"has not learned arm_loss.*scripts/train --dialog"):
        Weights.of(load_dialog(path))
    assert [problem.code for problem in check_dialog(path)] == ["D170"]


def test_an_option_that_the_reader_has_not_learned_is_refused_too(tmp_path):
    folder = tmp_path / "neck"
    shutil.copytree(HERE, folder)
    path = folder / "neck_pain.en.yaml"
    text = path.read_text(encoding="utf-8").replace("[pillow, screen,", "[pillow, screen, quarrel,")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="has not learned trigger"):
        Weights.of(load_dialog(path))


@pytest.mark.native
@pytest.mark.speech
@pytest.mark.parametrize("patient_id", ["nk-pillow", "nk-jolt", "nk-swallow"])
def test_a_spoken_session_reaches_the_level_expected(world, patients, patient_id):
    from voice_triage.hearing.model_store import locate
    from voice_triage.hearing.vosk_model import VoskModel

    (patient,) = (p for p in patients if p.id == patient_id)
    with patient_voice("en-us") as render:
        spoken = World(world.language, world.region, VoskModel(locate()), Acoustics(render))
        assert simulate(spoken, patient, NoScreen()).level is patient.expect
