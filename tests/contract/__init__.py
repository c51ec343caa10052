"""Clinical contracts as data, transcribed apart from the dialogs."""

from __future__ import annotations

from pathlib import Path

from voice_triage.content.library import load_dialog, read_yaml
from voice_triage.review.proof.contract import Contract, parse_contract

FILE = Path(__file__).with_name("upper_back_pain.yaml")
UPPER_BACK_PAIN: Contract = parse_contract(read_yaml(FILE), str(FILE), load_dialog())
"""For dialogs/upper_back_pain.en.yaml."""
