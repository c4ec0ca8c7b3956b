"""Outlines as text, so that a test shows what it expects the way it reads."""

from __future__ import annotations

from trialparse.criteria.node import Outline
from trialparse.criteria.outline import outline
from trialparse.criteria.passage import Passage
from trialparse.models.eligibility import SectionName
from trialparse.text.readable import make_readable


def read(text: str, section: SectionName | None = None) -> Outline:
    """The outline of a whole text."""
    readable = make_readable(text, fragment=True)
    return outline([Passage(readable, 0, len(readable.text), section)])


def printed(result: Outline) -> str:
    """One line a node: indent, marker, text, `#` for a heading, `<any>` for how the children join."""
    lines = []
    for name, roots in (("INCLUSION", result.inclusion), ("EXCLUSION", result.exclusion), ("OTHER", result.other)):
        if roots:
            lines.append(name)
        stack = [(node, 1) for node in reversed(roots)]
        while stack:
            node, depth = stack.pop()
            join = f"<{node.combine}{node.minimum or ''}>" if node.combine else ""
            parts = (node.marker, node.readable.show(node.start, node.end), "#" if node.heading else "", join)
            lines.append("  " * depth + " ".join(filter(None, parts)))
            stack.extend((child, depth + 1) for child in reversed(node.children))
    return "\n".join(lines)
