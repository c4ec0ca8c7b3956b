"""Tables of limits inside a criterion: each row is an item of the criterion above, its heads are no criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from trialparse.layouts.residue.dress import is_heading
from trialparse.layouts.tables import Line, cells_of
from trialparse.text.layer import Edit, Layer

_ROW = regex.compile(r"(?m)^[ ]*+(?P<row>\S[^\n|\t]*+[|\t][^\n]*+)$|^[ ]*+(?P<row>\|[^\n]++)$")
_BORDER = regex.compile(r"[-:=+| ]++")
_NUMBER = regex.compile(r"[<>≤≥]|\d")
_LIMIT = regex.compile(
    r"[<>≤≥]|\d\s?(?:%|/\p{L}|[x×]\s?(?:U|10))|\b(?:at least|at most|no more than|up to|between)\s\d"
)
_EDGES = "| \t"
_ITEM = "  * "
_MOST_CELLS = 4


def part_limits(layer: Layer) -> tuple[Layer, list[Line]]:
    """The text with such rows as items, and where their heads stand in `layer`."""
    text = layer.text
    if not ("|" in text or "\t" in text):
        return layer, []
    edits: list[Edit] = []
    heads: list[Line] = []
    for table in _tables(text):
        rows = [row for row in table if not _BORDER.fullmatch(text, *row)]
        if not _is_of_limits(text, rows):
            continue
        heads.append(_stripped(text, rows[0]))
        for row in table:
            inner = _stripped(text, row)
            if row == rows[0] or row not in rows:
                edits.append((*row, ""))
            else:
                edits += [(row.start, inner.start, _ITEM), *_bars(text, inner), (inner.end, row.end, "")]
    return layer.edited(edit for edit in edits if edit[0] < edit[1] or edit[2]), heads


def _tables(text: str) -> Iterator[list[Line]]:
    """Rows on neighbouring lines."""
    rows = [Line(*match.span("row")) for match in _ROW.finditer(text)]
    table = rows[:1]
    for above, row in pairwise(rows):
        if text.count("\n", above.end, row.start) > 1:
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _is_of_limits(text: str, rows: Sequence[Line]) -> bool:
    """Whether the first row names columns and every other has a name and then a limit; fields of a page have labels."""
    if len(rows) < 2 or _NUMBER.search(text, *rows[0]):
        return False
    cells = [_cells(text, row) for row in rows]
    if not 1 < len(cells[0]) <= _MOST_CELLS or any(len(row) != len(cells[0]) for row in cells):
        return False
    if not all(any(_LIMIT.search(text, *cell) for cell in row[1:]) for row in cells[1:]):
        return False
    return not any(is_heading(text[slice(*row[0])]) for row in cells)


def _cells(text: str, row: Line) -> list[Line]:
    inner = _stripped(text, row)
    return [cell for part in _split_tabs(text, inner) for cell in cells_of(text, part) if cell.end > cell.start]


def _split_tabs(text: str, row: Line) -> Iterator[Line]:
    start = row.start
    for part in text[row.start : row.end].split("\t"):
        yield Line(start, start + len(part))
        start += len(part) + 1


def _bars(text: str, row: Line) -> Iterator[Edit]:
    """Tabs between the cells as bars."""
    for match in regex.finditer(r"\t++", text, pos=row.start, endpos=row.end):
        yield *match.span(), " | "


def _stripped(text: str, row: Line) -> Line:
    part = text[row.start : row.end]
    start = row.start + len(part) - len(part.lstrip(_EDGES))
    return Line(start, max(start, row.start + len(part.rstrip(_EDGES))))
