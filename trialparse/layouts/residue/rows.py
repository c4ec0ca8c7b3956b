"""What a table of criteria is made of, and the text that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from trialparse.layouts.page import label_key
from trialparse.layouts.residue.dress import criteria_heading
from trialparse.lexicon.fields import labels
from trialparse.text.layer import Edit

Cell = tuple[int, int]
"""Offsets of a cell's text or of one of its lines."""

_MARK = "## "
_LABEL = regex.compile(r"\p{Lu}[^|\t\n]{1,59}+(?<![.;,])")
_LIMIT = regex.compile(r"[<>≤≥=~\d]")


class Row(NamedTuple):
    """A label, perhaps folded over several lines, and the lines of its value."""

    label: list[Cell]
    value: list[Cell]
    wrapped: frozenset[Cell] = frozenset()
    """The lines of the value that go on with the line above."""


class Table(NamedTuple):
    """A table in a page: the lines it takes up, half-open, and its rows."""

    first: int
    last: int
    rows: list[Row]


def shown(text: str, cells: Sequence[Cell]) -> str:
    """The text of a label."""
    return " ".join(text[start:end] for start, end in cells)


def is_row(text: str, label: str, value: Cell | None) -> bool:
    """Whether a row of two cells is a label and its value, and no row of a table of limits."""
    if label_key(label) in labels() or criteria_heading(label):
        return True
    return value is not None and _LABEL.fullmatch(label) is not None and not _LIMIT.match(text, *value)


def written(text: str, rows: Sequence[Row]) -> Iterator[Edit]:
    """Each row as a heading with its value behind or below it."""
    for row in rows:
        label = shown(text, row.label)
        start, at = row.label[0]
        yield start, start, _MARK
        if row.value and row.value[0] < row.label[-1]:
            yield start, at, label  # a folded label stands where it begins: between its words are lines of its value
        else:
            for index, (start, end) in enumerate(row.label):
                yield at, start, " " if index else ""
                yield start, end, text[start:end]
                at = end
        below = criteria_heading(label)
        for index, (start, end) in enumerate(row.value):
            between = " " if (start, end) in row.wrapped else "\n" if below or index else " | "
            yield at, at, between
            yield start, end, text[start:end]
            at = end
        yield at, at, "\n"
