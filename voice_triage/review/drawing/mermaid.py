"""The dialog as a Mermaid flowchart, for documents and code review."""

from __future__ import annotations

from voice_triage.content.dialog import Dialog
from voice_triage.review.drawing.outline import Step, outline, shortened
from voice_triage.values import Level

_LABEL_LENGTH = 60
_STYLES = {
    Level.EMERGENCY: "fill:#fde0e0,stroke:#b00020,color:#111",
    Level.URGENT: "fill:#fff0d6,stroke:#b25e00,color:#111",
    Level.DOCTOR: "fill:#fffbd1,stroke:#7a6a00,color:#111",
    Level.SELF_CARE: "fill:#e2f4e4,stroke:#1b6b2a,color:#111",
}


def mermaid(dialog: Dialog) -> str:
    """Questions top down; dotted edges are emergencies, labelled edges lead to follow-ups."""
    steps = outline(dialog)
    lines = ["flowchart TD", f"  opening([{_quoted(dialog.title)}])"]
    lines += [_node(step) for step in steps]
    lines += [
        f"  {level.id}[[{_quoted(_head(dialog, level))}]]:::{level.id}" for level in reversed(Level)
    ]
    main = [step for step in steps if not step.follow_up]
    if main:
        lines.append(f"  opening --> {_id(main[0])}")
    lines += _edges(steps)
    last = _id(main[-1]) if main else "opening"
    for level in reversed(Level):
        if level is not Level.EMERGENCY:
            lines.append(f"  {last} -->|{_quoted('highest rule: ' + level.id)}| {level.id}")
    lines += [f"  classDef {level.id} {style}" for level, style in _STYLES.items()]
    return "\n".join(lines) + "\n"


def _node(step: Step) -> str:
    text = f"{step.id}: {shortened(step.text, _LABEL_LENGTH)}"
    style = f":::{step.level.id}" if step.level is not None else ""
    shape = f"({_quoted(text)})" if step.follow_up else f"[{_quoted(text)}]"
    return f"  {_id(step)}{shape}{style}"


def _edges(steps: tuple[Step, ...]) -> list[str]:
    lines = []
    for at, step in enumerate(steps):
        following = next((s for s in steps[at + 1 :] if not s.follow_up), None)
        if following is not None:
            lines.append(f"  {_id(step)} --> {_id(following)}")
        for source in step.sources:
            lines.append(f"  q_{source} -->|{_quoted(step.condition)}| {_id(step)}")
        if step.emergencies:
            signs = " or ".join(step.emergencies)
            lines.append(f"  {_id(step)} -.->|{_quoted(signs)}| {Level.EMERGENCY.id}")
    return lines


def _id(step: Step) -> str:
    """Prefixed: a question called ``end`` would be a keyword."""
    return f"q_{step.id}"


def _head(dialog: Dialog, level: Level) -> str:
    return dialog.outcomes[level].head.replace("{emergency_number}", "the emergency number")


def _quoted(text: str) -> str:
    return '"' + text.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;") + '"'
