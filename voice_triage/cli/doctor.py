"""``voice-triage doctor``: what works here, and what to do about the rest."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict

from voice_triage.app.self_check import NO_ANSWER, Verdict, examine
from voice_triage.app.settings import session_settings
from voice_triage.cli.options import add_json, add_model, add_region
from voice_triage.errors import EXIT_OK, EXIT_UNAVAILABLE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    add_region(parser)
    add_json(parser, "one JSON object per finding")


def main(options: argparse.Namespace) -> int:
    failed = hung = False
    for finding in examine(session_settings(options)):
        failed = failed or finding.verdict is Verdict.FAILED
        hung = hung or NO_ANSWER in finding.detail
        if options.json:
            print(json.dumps(asdict(finding), ensure_ascii=False), flush=True)
        else:
            print(f"{finding.verdict.value:8} {finding.part}: {finding.detail}", flush=True)
            if finding.advice:
                print(f"         -> {finding.advice}", flush=True)
    if hung:  # closing the sound library would wait for ever too
        sys.stderr.flush()
        os._exit(EXIT_UNAVAILABLE)
    return EXIT_UNAVAILABLE if failed else EXIT_OK
