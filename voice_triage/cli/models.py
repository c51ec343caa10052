"""``voice-triage models``: list, install, verify or locate speech models."""

from __future__ import annotations

import argparse

from voice_triage.hearing.model_install import install
from voice_triage.hearing.model_store import installed, locate, registry, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="models that are here, and those known by name")
    what = {
        "install": "from a zip file, a folder, or by name from the network",
        "verify": "compare a model's files with their checksums",
        "path": "print the folder of a model",
    }
    for action, about in what.items():
        sub = actions.add_parser(action, help=about, description=about.capitalize() + ".")
        optional = {} if action == "install" else {"nargs": "?"}
        sub.add_argument("model", metavar="NAME|DIR|FILE.zip", **optional)  # type: ignore[arg-type]


def main(options: argparse.Namespace) -> int:
    match options.action:
        case "list":
            _list()
        case "install":
            print(f"installed in {install(options.model).folder}")
        case "verify":
            model = locate(options.model)
            count = verify(model)
            print(f"{model.name}: " + (f"{count} files as they should be" if count else
                  "usable; no checksums are known for it"))  # fmt: skip
        case _:
            print(locate(options.model).folder)
    return 0


def _list() -> None:
    here = {model.name: model for model in installed()}
    for name, model in here.items():
        print(f"{name}  {model.folder}")
    for name in registry().models:
        if name not in here:
            print(f"{name}  not installed; voice-triage models install {name}")
