"""A dialog as a picture for review: Mermaid text, or an SVG with a layout of its own. Pure."""

from voice_triage.review.drawing.mermaid import mermaid
from voice_triage.review.drawing.svg import svg

__all__ = ["mermaid", "svg"]
