"""The dialog as an SVG picture: questions down the left, follow-ups beside them, outcomes below.

A layout of our own, so that no graph tool is needed: one row for each question, so that lines run
in the empty half of a row and never through a box. Lengths are in pixels.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from textwrap import wrap

from voice_triage.content.dialog import Dialog
from voice_triage.review.drawing.outline import Step, in_words, outline, shortened
from voice_triage.values import Level, QuestionId

BOX_WIDTH = 470
BOX_HEIGHT = 46
ROW_HEIGHT = 66
LEFT = 40
TOP = 110
INDENT = 560
"""Left edge of the follow-ups."""
RAIL = 1080
"""Where the emergency line runs down."""
WIDTH = 1140
TEXT_LENGTH = 64
"""Characters of a question that fit into a box at 13 px."""
LINE_HEIGHT = 16
CARD_GAP = 20
CARD_LETTERS = 36
"""Characters in a line of an outcome card at 12 px."""

_FILL = {
    None: ("#f2f4f7", "#475467"), Level.DOCTOR: ("#fffbd1", "#7a6a00"),
    Level.SELF_CARE: ("#e2f4e4", "#1b6b2a"), Level.URGENT: ("#fff0d6", "#b25e00"),
    Level.EMERGENCY: ("#fde0e0", "#b00020"),
}  # fmt: skip


def svg(dialog: Dialog) -> str:
    """A picture of at least 1140 px width with a title and a description for screen readers."""
    steps = outline(dialog)
    bottom = TOP + len(steps) * ROW_HEIGHT + 30
    cards, height = _cards(dialog, bottom)
    body = [_heading(dialog), *_lines(steps, bottom), *_boxes(steps), *cards]
    description = (
        f"{len(steps)} questions in order, {sum(s.follow_up for s in steps)} of them follow-ups. "
        "A red line leads from questions about danger signs to the emergency outcome."
    )
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="system-ui, sans-serif" font-size="13" fill="#111">',
        f'<title id="title">{escape(dialog.title)}: dialog</title>',
        f'<desc id="desc">{escape(description)}</desc>',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker>'
        "</defs>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *body,
        "</svg>",
    ]) + "\n"  # fmt: skip


def _heading(dialog: Dialog) -> str:
    legend = "".join(
        f'<rect x="{LEFT + at * 190}" y="62" width="14" height="14" fill="{_FILL[level][0]}" '
        f'stroke="{_FILL[level][1]}"/><text x="{LEFT + 20 + at * 190}" y="74">{label}</text>'
        for at, (level, label) in enumerate((
            (Level.EMERGENCY, "a sign is an emergency"), (Level.URGENT, "seen today"),
            (Level.DOCTOR, "doctor soon"), (None, "no level by itself"),
        ))
    )  # fmt: skip
    title = f"{dialog.title} ({dialog.id} {dialog.version})"
    return f'<text x="{LEFT}" y="40" font-size="22">{escape(title)}</text>{legend}'


def _x(step: Step) -> int:
    return INDENT if step.follow_up else LEFT


def _y(row: int) -> int:
    return TOP + row * ROW_HEIGHT


def _boxes(steps: tuple[Step, ...]) -> list[str]:
    drawn = []
    for row, step in enumerate(steps):
        x, y = _x(step), _y(row)
        fill, edge = _FILL[step.level]
        name = f"{row + 1}  {step.id}"
        reason = f"if {step.condition}" if step.follow_up else ""
        drawn.append(
            f'<g><title>{escape(step.text)}</title><rect x="{x}" y="{y}" width="{BOX_WIDTH}" '
            f'height="{BOX_HEIGHT}" rx="6" fill="{fill}" stroke="{edge}" stroke-width="1.5"/>'
            f'<text x="{x + 10}" y="{y + 18}" font-weight="bold">{escape(name)}</text>'
            f'<text x="{x + BOX_WIDTH - 10}" y="{y + 18}" text-anchor="end" font-size="12" '
            f'font-style="italic">{escape(shortened(reason, 44))}</text>'
            f'<text x="{x + 10}" y="{y + 37}">{escape(shortened(step.text, TEXT_LENGTH))}</text>'
            "</g>"
        )
    return drawn


def _lines(steps: tuple[Step, ...], bottom: int) -> list[str]:
    rows = {step.id: row for row, step in enumerate(steps)}
    main = [row for row, step in enumerate(steps) if not step.follow_up]
    x = LEFT + 24
    drawn = [_path(f"M{x} {_y(a) + BOX_HEIGHT}V{_y(b) - 1}", "#475467") for a, b in pairwise(main)]
    if main:
        stem, lane = _y(main[-1]) + BOX_HEIGHT, bottom - 18
        for level in (Level.SELF_CARE, Level.DOCTOR, Level.URGENT):
            across = _card_x(level) + _card_width() // 2
            drawn.append(_path(f"M{x} {stem}V{lane}H{across}V{bottom - 1}", "#475467"))
    for row, step in enumerate(steps):
        drawn += [_follow_up(steps, rows, source, row) for source in step.sources]
        if step.emergencies:
            y = _y(row) + BOX_HEIGHT // 2
            drawn.append(
                f'<path d="M{_x(step) + BOX_WIDTH} {y}H{RAIL}" stroke="#b00020" fill="none" '
                f'stroke-dasharray="6 3"/><circle cx="{RAIL}" cy="{y}" r="3" fill="#b00020"/>'
            )
    danger = [row for row, step in enumerate(steps) if step.emergencies]
    if danger:
        top = _y(danger[0]) + BOX_HEIGHT // 2
        target = _card_x(Level.EMERGENCY) + _card_width() // 2
        drawn.append(
            _path(f"M{RAIL} {top}V{bottom - 18}H{target}V{bottom - 1}", "#b00020", width=2)
        )
    return drawn


def _follow_up(
    steps: tuple[Step, ...], rows: dict[QuestionId, int], source: QuestionId, row: int
) -> str:
    """From the source down the gap between the columns, or along the right of the follow-ups."""
    start, y = rows[source], _y(row) + BOX_HEIGHT // 2
    if steps[start].follow_up:
        lane = INDENT + BOX_WIDTH + 14
        begin = _y(start) + BOX_HEIGHT - 10
        end = INDENT + BOX_WIDTH
        return _path(f"M{end} {begin}H{lane}V{y}H{end + 1}", "#1849a9")
    lane = LEFT + BOX_WIDTH + 24
    begin = _y(start) + BOX_HEIGHT - 10
    return _path(f"M{LEFT + BOX_WIDTH} {begin}H{lane}V{y}H{INDENT - 1}", "#1849a9")


def _path(steps: str, colour: str, width: float = 1.3) -> str:
    return (
        f'<path d="{steps}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'marker-end="url(#tip)"/>'
    )


def _card_width() -> int:
    return (RAIL - LEFT - 3 * CARD_GAP) // 4


def _card_x(level: Level) -> int:
    """The most urgent outcome stands to the right, under the emergency line."""
    return LEFT + level * (_card_width() + CARD_GAP)


def _cards(dialog: Dialog, top: int) -> tuple[list[str], int]:
    """The four outcomes side by side, each with its rules; and the height of the whole picture."""
    texts = {level: _card_lines(dialog, level) for level in Level}
    height = (max(map(len, texts.values())) + 2) * LINE_HEIGHT
    drawn = []
    for level in Level:
        x = _card_x(level)
        fill, edge = _FILL[level]
        lines = "".join(
            f'<tspan x="{x + 10}" dy="{LINE_HEIGHT}">{escape(line)}</tspan>'
            for line in texts[level]
        )
        drawn.append(
            f'<rect x="{x}" y="{top}" width="{_card_width()}" height="{height}" rx="6" '
            f'fill="{fill}" stroke="{edge}" stroke-width="2"/><text x="{x + 10}" y="{top + 6}" '
            f'font-size="12">{lines}</text>'
        )
    return drawn, top + height + 30


def _card_lines(dialog: Dialog, level: Level) -> list[str]:
    head = dialog.outcomes[level].head.replace("{emergency_number}", "the emergency number")
    lines = [level.id.replace("_", " ").upper(), *wrap(head, CARD_LETTERS), ""]
    for rule in dialog.rules:
        if rule.level is level:
            lines += wrap(f"• {in_words(rule.when)}", CARD_LETTERS, subsequent_indent="\u2003")
    if level is Level.SELF_CARE:
        lines.append("• when no rule holds")
    return lines
