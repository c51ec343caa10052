"""Write today's transcripts into README, between its markers, so that they stay real.

    .venv/bin/python -m tools.transcripts [--check]

The patients are those of ``voice-triage demo``, typed, in region UK. ``--check`` changes nothing
and exits with 1 if README is out of date.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from voice_triage.app.screen.plain import PlainScreen
from voice_triage.app.wiring import Language
from voice_triage.places import data_folder
from voice_triage.simulation.patient_file import load_patients
from voice_triage.simulation.sessions import simulate
from voice_triage.simulation.world import World

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = (
    "<!-- transcripts: begin (made by tools/transcripts.py) -->",
    "<!-- transcripts: end -->",
)
HEADINGS = {
    "emergency": "Emergency now",
    "urgent": "Doctor today",
    "doctor": "Call the doctor",
    "self_care": "Care at home",
}


def transcripts() -> str:
    """All sessions as Markdown, the most urgent first."""
    language = Language.load()
    region = language.dialog.regions["UK"]
    world = World(language, region)
    patients = load_patients([data_folder("dialogs") / "demo.en.yaml"], language.dialog)
    parts = []
    for patient in sorted(patients, key=lambda p: -p.expect):
        screen = io.StringIO()
        simulate(world, patient, PlainScreen(screen))
        heading = (
            f"<details><summary><b>{HEADINGS[patient.expect.id]}</b>: {patient.title}</summary>"
        )
        parts.append(f"{heading}\n\n```\n{screen.getvalue()}```\n\n</details>")
    return "\n\n".join(parts)


def renewed(text: str) -> str:
    """README with today's transcripts."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{transcripts()}\n\n{END}{after}"


def main() -> int:
    old = README.read_text(encoding="utf-8")
    new = renewed(old)
    if "--check" in sys.argv[1:]:
        print("README is up to date" if new == old else "README is out of date")
        return int(new != old)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
