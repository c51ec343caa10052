"""Finding, checking and installing speech models, with model folders of a few bytes."""

from __future__ import annotations

import io
import stat
import urllib.request
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hearing.models import make_model
from voice_triage.errors import ModelError
from voice_triage.hearing import model_install, model_store
from voice_triage.hearing.model_install import download, install, install_zip
from voice_triage.hearing.model_store import (
    NEEDED_FILES,
    FileSum,
    LocatedModel,
    ModelEntry,
    Registry,
    check_files,
    installed,
    locate,
    registry,
    sha256_of,
    verify,
)


def zipped(path: Path, names: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in names.items():
            file.writestr(name, content)
    return path


def model_zip(path: Path, top: str = "some-model") -> Path:
    return zipped(path, {f"{top}/{name}": name for name in NEEDED_FILES})


@pytest.fixture(autouse=True)
def own_models(tmp_path, monkeypatch):
    folder = tmp_path / "installed"
    monkeypatch.setenv("VOICE_TRIAGE_MODELS", str(folder))
    return folder


def only(monkeypatch, entry):
    known = Registry(entry.name, {entry.name: entry})
    monkeypatch.setattr(model_store, "registry", lambda: known)
    monkeypatch.setattr(model_install, "registry", lambda: known)


def entry_for(archive: Path, name="tiny") -> ModelEntry:
    return ModelEntry(
        name=name,
        title="tiny",
        language="en",
        licence="Apache-2.0",
        bytes=archive.stat().st_size,
        unknown_token="<unk>",
        url="https://models.example/tiny.zip",
        sha256=sha256_of(archive),
    )


def test_the_bundled_model_is_found_whole_and_is_the_default():
    model = locate()
    assert model == locate(registry().default)
    assert model.unknown_token == "[unk]"
    assert verify(model) >= len(NEEDED_FILES)


def test_every_model_of_the_registry_can_be_checked_when_it_arrives():
    for entry in registry().models.values():
        assert entry.files if entry.bundled else (entry.url and len(entry.sha256) == 64)


def test_a_folder_of_ones_own_can_be_named(tmp_path):
    folder = make_model(tmp_path / "mine")
    assert locate(str(folder)).folder == folder
    assert verify(locate(str(folder))) == 0


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ModelError, match=r"vosk-triage-en.*models list"):
        locate("no-such-model")


def test_a_known_model_that_is_not_installed_says_how_to_install_it():
    with pytest.raises(ModelError, match="models install vosk-model-small-en-us"):
        locate("vosk-model-small-en-us-0.15")


@pytest.mark.parametrize("missing", NEEDED_FILES)
def test_an_incomplete_model_folder_is_refused_and_the_file_named(tmp_path, missing):
    with pytest.raises(ModelError, match=f"lacks {missing}"):
        check_files(make_model(tmp_path / "m", without=missing))


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(ModelError, match="no such folder"):
        check_files(tmp_path / "none")


def test_a_static_graph_is_refused_since_it_would_ignore_grammars(tmp_path):
    folder = make_model(tmp_path / "m", without="graph/HCLr.fst")
    (folder / "graph" / "HCLG.fst").touch()
    with pytest.raises(ModelError, match="static graph"):
        check_files(folder)


def test_damage_is_found_by_verification(tmp_path):
    folder = make_model(tmp_path / "m")
    good = FileSum(12, sha256_of(folder / "am/final.mdl"))
    entry = replace(entry_for(folder / "am/final.mdl"), files={"am/final.mdl": good})
    assert verify(LocatedModel("m", folder, entry=entry)) == 1
    (folder / "am" / "final.mdl").write_text("am/final.mdx")
    with pytest.raises(ModelError, match=r"damaged: am/final\.mdl"):
        verify(LocatedModel("m", folder, entry=entry))


def test_a_zip_is_installed_under_its_name_and_can_then_be_named(tmp_path, own_models):
    model = install(str(model_zip(tmp_path / "good.zip")))
    assert model.folder == own_models / "good"
    assert locate("good").folder == model.folder
    assert [m.name for m in installed()] == ["vosk-triage-en", "good"]
    assert [p.name for p in own_models.iterdir()] == ["good"]


def test_a_folder_is_installed_by_copying(tmp_path, own_models):
    assert install(str(make_model(tmp_path / "mine"))).folder == own_models / "mine"


def test_an_installed_model_is_never_overwritten(tmp_path):
    install(str(model_zip(tmp_path / "good.zip")))
    with pytest.raises(ModelError, match="there already"):
        install(str(tmp_path / "good.zip"))


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "some-model/../../evil", "C:\\evil", "a\\..\\..\\evil"]
)
def test_a_zip_that_writes_outside_of_its_folder_is_refused(tmp_path, own_models, name):
    archive = zipped(tmp_path / "evil.zip", {name: "x"})
    with pytest.raises(ModelError, match="unsafe entry"):
        install_zip(archive, own_models)
    assert list(own_models.iterdir()) == []


def test_a_zip_with_a_symbolic_link_is_refused(tmp_path, own_models):
    info = zipfile.ZipInfo("some-model/am")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as file:
        file.writestr(info, "/etc")
    with pytest.raises(ModelError, match="unsafe entry"):
        install_zip(tmp_path / "link.zip", own_models)


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_what_is_no_zip_is_refused(tmp_path, own_models, content):
    path = tmp_path / "bad.zip"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="cannot be unpacked"):
        install(str(path))


def test_a_zip_without_a_model_leaves_nothing_behind(tmp_path, own_models):
    with pytest.raises(ModelError, match="holds 0 Vosk models"):
        install_zip(zipped(tmp_path / "x.zip", {"readme": "x"}), own_models)
    assert list(own_models.iterdir()) == []


def test_a_static_model_in_a_zip_is_refused(tmp_path, own_models):
    archive = zipped(tmp_path / "x.zip", {"m/am/final.mdl": "", "m/graph/HCLG.fst": ""})
    with pytest.raises(ModelError, match="static graph"):
        install_zip(archive, own_models)


def test_a_known_model_with_another_checksum_is_refused(tmp_path, own_models, monkeypatch):
    archive = model_zip(tmp_path / "tiny.zip")
    only(monkeypatch, replace(entry_for(archive), sha256="0" * 64))
    with pytest.raises(ModelError, match="not the tiny that is known"):
        install(str(archive))


class Answer(io.BytesIO):
    """What a web server sends."""


@pytest.mark.parametrize("sent", ["whole", "short", "long", "changed"])
def test_a_download_is_kept_only_if_it_is_what_the_registry_says(
    tmp_path, own_models, monkeypatch, sent
):
    archive = model_zip(tmp_path / "any.zip")
    entry = entry_for(archive)
    content = archive.read_bytes()
    body = {
        "whole": content,
        "short": content[:-1],
        "long": content + b"x" * 10,
        "changed": bytes([content[0] ^ 1]) + content[1:],
    }[sent]
    only(monkeypatch, entry)
    monkeypatch.setattr(urllib.request, "urlopen", lambda url, timeout: Answer(body))
    if sent == "whole":
        model = install("tiny")
        assert (model.folder, model.unknown_token) == (own_models / "tiny", "<unk>")
    else:
        with pytest.raises(ModelError, match="nothing was installed"):
            install("tiny")
        assert list(own_models.iterdir()) == []


def test_without_a_network_the_way_by_hand_is_told(tmp_path, own_models, monkeypatch):
    def offline(url, timeout):
        raise OSError("no route to host")

    monkeypatch.setattr(urllib.request, "urlopen", offline)
    entry = registry().models["vosk-model-small-en-us-0.15"]
    with pytest.raises(ModelError, match=r"no route to host.*models install FILE\.zip"):
        download(entry, own_models)


def test_only_safe_addresses_are_fetched(tmp_path, own_models):
    entry = replace(registry().models["vosk-model-small-en-us-0.15"], url="http://x/y.zip")
    with pytest.raises(ModelError, match="no safe address"):
        download(entry, own_models)


def test_installing_the_bundled_model_or_nonsense_is_refused():
    with pytest.raises(ModelError, match="nothing to install"):
        install("vosk-triage-en")
    with pytest.raises(ModelError, match="no zip file, no folder and no known model"):
        install("rubbish")


def test_a_language_has_the_default_model_or_its_own_or_none():
    assert locate(language="en") == locate()
    with pytest.raises(ModelError, match=r"No speech model of the language “de”.*--model"):
        locate(language="de")
