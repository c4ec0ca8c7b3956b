"""Labels and values in two columns of spaces, `Sponsor      Example Pharma`, and values that go on below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import regex

from trialparse.layouts.page import label_key
from trialparse.lexicon.fields import labels
from trialparse.text.layer import Edit, Layer

_GAP = "   "
"""What no page without such columns holds behind a word."""
_RUN = regex.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))++", regex.MULTILINE)
_LINE = regex.compile(r"[^\n]++")
_ROW = regex.compile(r"(?P<label>\p{L}(?:[^\n ]| (?! )){0,60}+)(?P<gap> {2,}+)(?=\S)")
_FEWEST = 3
_KNOWN = 2


def align_labels(layer: Layer) -> Layer:
    """Rows of two columns as `Label: value`, each on one line; where too few of the labels are known they stay."""
    if layer.text.count(_GAP) < _FEWEST:
        return layer
    return layer.edited([edit for run in _RUN.finditer(layer.text) for edit in _edits(layer.text, *run.span())])


def _edits(text: str, start: int, end: int) -> Iterator[Edit]:
    lines = [match.span() for match in _LINE.finditer(text, start, end)]
    rows = [(line, match) for line in lines if (match := _ROW.match(text, *line))]
    columns = Counter(match.end() - line[0] for line, match in rows)
    column, often = max(columns.items(), key=lambda item: item[1], default=(0, 0))
    known = sum(1 for line, match in rows if match.end() - line[0] == column and label_key(match["label"]) in labels())
    if often < _FEWEST or known < _KNOWN:
        return
    before: int | None = None  # where the row above ends
    folded = {line: below for line, below in pairwise(lines) if _is_folded(text, line, below, column)}
    for first, last in lines:
        if below := folded.get((first, last)):
            yield last, below[0], " "
        label, value = text[first : min(last, first + column)], text[first + column : last]
        if not value.strip() or not label.endswith(" ") or value[0] == " ":
            before = None
        elif label.strip():
            gap = first + len(label.rstrip())
            yield gap, first + column, " " if text[gap - 1] == ":" else ": "
            before = last
        elif before is not None:
            yield before, first + column, " "
            before = last


def _is_folded(text: str, line: tuple[int, int], below: tuple[int, int], column: int) -> bool:
    """Whether a line is the first part of a label that goes on, with its value, on the line below."""
    label, rest = text[slice(*line)], text[below[0] : min(below[1], below[0] + column)]
    return (
        label[:1].isupper()
        and rest[:1].islower()
        and len(label) < column
        and label[-1] not in ".:;"
        and rest.rstrip().endswith(":")
        and below[1] > below[0] + column
    )
