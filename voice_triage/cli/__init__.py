"""The command line: reads arguments, runs one command, turns errors into messages and codes."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import import_module

from voice_triage.app.exits import exit_code_of
from voice_triage.app.screen.standard import usable_streams

COMMANDS = {
    "run": "talk with a person: by microphone, keyboard or WAV file",
    "demo": "a simulated patient answers by synthesised speech",
    "simulate": "sessions with patients from files",
    "evaluate": "safety figures over many patients",
    "interpret": "what lines of text would be understood as",
    "check": "find mistakes in dialog files",
    "settings": "show every setting, and where its value comes from",
    "doctor": "find out what works on this machine, and what to do about the rest",
    "devices": "list microphones and loudspeakers",
    "models": "list, install, verify or locate speech models",
    "graph": "draw a dialog",
}
"""Each command is the module of that name in this package, with add_arguments and main."""


def parser_for(command: str | None) -> argparse.ArgumentParser:
    """The parser; only ``command``'s own arguments are filled in, to keep starting quick."""
    parser = argparse.ArgumentParser(
        prog="voice-triage",
        description="Offline voice triage for upper back pain. Not a medical device.",
        epilog="In an emergency, call your emergency number; this program never dials.",
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    parser.add_argument("--verbose", action="store_true", help="log details to standard error")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, about in COMMANDS.items():
        sub = commands.add_parser(name, help=about, description=about.capitalize() + ".")
        if name == command:
            import_module(f"voice_triage.cli.{name}").add_arguments(sub)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code of the command line contract."""
    with usable_streams():
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    command = next((w for w in words if w in COMMANDS), None)
    parser = parser_for(command)
    options = parser.parse_args(words)
    if options.version:
        from voice_triage import __version__

        print(f"voice-triage {__version__}")
        return 0
    if options.command is None:
        parser.print_help(sys.stderr)
        return 2
    logging.basicConfig(
        level=logging.INFO if options.verbose else logging.WARNING,
        format="voice-triage: %(message)s",
        stream=sys.stderr,
    )
    command_main = import_module(f"voice_triage.cli.{options.command}").main
    return exit_code_of(lambda: int(command_main(options)))
