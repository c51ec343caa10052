"""Walks every answer path of the shipped dialog and prints what that proves, in under a minute.

    python -m tools.prove [--quick]

``--quick`` leaves out the paths on which a finding is volunteered, and the walk of every turn.
Exit code 1: a claim fails.
"""

from __future__ import annotations

import sys
import time

from tests.contract import UPPER_BACK_PAIN
from voice_triage.content.library import load_dialog
from voice_triage.review.proof import prove


def main() -> int:
    dialog = load_dialog()
    began = time.perf_counter()
    quick = "--quick" in sys.argv[1:]
    told = () if quick else tuple(dialog.findings)
    proof = prove(dialog, UPPER_BACK_PAIN, volunteered=told, by_turns=not quick)
    seconds = time.perf_counter() - began
    print(f"{dialog.title} {dialog.version}, {dialog.ruleset}")
    print(f"states       {proof.states:>12,}   transitions {proof.transitions:>9,}")
    if told:
        what = f"with one of {len(told)} findings volunteered at any moment"
        print(f"  more       {proof.remark_states:>12,}   {proof.remark_transitions:>21,}   {what}")
    what = "at the emergency, whatever is heard: all end"
    print(f"alarm        {'':>12}   {proof.alarm_turns:>21,}   {what}")
    if not quick:
        what = "turn by turn: answered, missed or silent, signs asked back"
        print(f"  turns      {proof.turn_states:>12,}   {proof.turn_transitions:>21,}   {what}")
        print(f"  undoing    {'':>12}   {proof.corrections:>21,}   corrections, at every state")
        print(f"prompts      {proof.most_prompts:>12,}   at most, every reprompt counted")
    print(f"pairs        {proof.pairs:>12,}   “no” beside “unsure”, all else alike")
    print(f"moves        {len(proof.edges):>12,}   from question to question or outcome")
    print(f"answer paths {proof.all.total:>12,}   questions: fewest, median, most")
    for name, tally in [(level.id, t) for level, t in proof.by_level.items()] + [
        ("all", proof.all)
    ]:
        print(f"  {name:<10} {tally.total:>12,}   {tally.fewest}, {tally.median}, {tally.most}")
    print(f"a person who is well answers at most {proof.most_if_well} questions")
    for failure in proof.failures:
        print(f"FAILS: {failure}")
    print(f"{'all claims hold' if not proof.failures else 'NOT PROVED'} ({seconds:.1f} s)")
    return 1 if proof.failures else 0


if __name__ == "__main__":
    sys.exit(main())
