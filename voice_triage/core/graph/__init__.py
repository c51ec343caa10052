"""A dialog as a picture for review: Mermaid text, or an SVG with a layout of its own. Pure."""

from voice_triage.core.graph.mermaid import mermaid
from voice_triage.core.graph.svg import svg

__all__ = ["mermaid", "svg"]
