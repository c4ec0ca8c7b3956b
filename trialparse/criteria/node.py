"""One criterion as it stands in the text, and the outline of all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from trialparse.models.eligibility import Combine
from trialparse.text.readable import Readable


@dataclass(slots=True)
class Node:
    """A criterion: its own text is `readable.text[start:end]`, without marker and children."""

    readable: Readable
    start: int
    end: int
    marker: str | None = None
    """As printed; it directly precedes the text, but for blanks."""
    heading: bool = False
    """A sub-heading or lead-in that asserts nothing by itself."""
    combine: Combine | None = None
    """How the children join; None without children."""
    minimum: int | None = None
    """How many children must hold when `combine` is "at_least"."""
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The nodes of each section, in the order of the text."""

    inclusion: list[Node] = field(default_factory=list)
    exclusion: list[Node] = field(default_factory=list)
    other: list[Node] = field(default_factory=list)
    """Boilerplate and text that is neither."""
    headings: list[tuple[int, int]] = field(default_factory=list)
    """Source offsets of the section headings."""
    rows: list[tuple[Readable, tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    """Rows of the page's fields behind the criteria: the text, and in it the offsets of label and value."""
    notes: list[dict[str, Any]] = field(default_factory=list)
    """Diagnostics, ready for `Diagnostic`."""
