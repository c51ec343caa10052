"""Write today's transcripts into README and docs/transcripts.md, between their markers.

    .venv/bin/python -m tools.transcripts

The patients are those of ``voice-triage demo``, typed, in region UK: the first of them in README,
all in docs. A test says so when they are out of date.
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

ROOT = Path(__file__).resolve().parent.parent
README, ALL = ROOT / "README.md", ROOT / "docs" / "transcripts.md"
HEADINGS = {
    "emergency": "Emergency now",
    "urgent": "Doctor today",
    "doctor": "Call the doctor",
    "self_care": "Care at home",
}


def transcripts() -> dict[str, str]:
    """Sessions as text by their headings, the most urgent first."""
    language = Language.load()
    world = World(language, language.dialog.regions["UK"])
    patients = load_patients([data_folder("dialogs") / "demo.en.yaml"], language.dialog)
    said = {}
    for patient in sorted(patients, key=lambda p: -p.expect):
        screen = io.StringIO()
        simulate(world, patient, PlainScreen(screen))
        said[f"{HEADINGS[patient.expect.id]}: {patient.title}"] = screen.getvalue()
    return said


def renewed() -> dict[Path, str]:
    """The files with today's transcripts."""
    said = transcripts()
    heading, first = next(iter(said.items()))
    whole = "\n".join(f"## {title}\n\n```\n{text}```\n" for title, text in said.items())
    texts = {README: f"**{heading}**\n\n```\n{first}```\n", ALL: whole}
    return {
        path: _between_markers(path.read_text(encoding="utf-8"), text)
        for path, text in texts.items()
    }


def _between_markers(page: str, text: str) -> str:
    begin, end = (line for line in page.splitlines() if line.startswith("<!-- transcript"))
    before, _, rest = page.partition(begin)
    after = rest.partition(end)[2]
    return f"{before}{begin}\n\n{text}\n{end}{after}"


def main() -> int:
    for path, text in renewed().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
