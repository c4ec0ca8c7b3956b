r"""Data frames as R's `dput` prints them: `list(EligibilityCriteria = c("Inclusion Criteria:\n…", …), Gender = c(…))`.

Each vector with a name is a column. Such a text is often cut off at either end; what is whole of it is read.
"""

from __future__ import annotations

import regex

from trialparse.layouts.tree import Element, json_pieces
from trialparse.lexicon.columns import column

_VECTOR = regex.compile(r"(?<![\w.`])(?:`(?P<name>[^`\n]{1,60}+)`|(?P<name>[A-Za-z.][\w.]{0,60}+)) = c\((?=\s*+\")")
_MEMBER = regex.compile(
    r"""
    \s*+ (?: (?:`[^`\n]{1,60}+`|[\w.]{1,60}+) \s=\s )?+                                  # the name of a member
    (?: "(?P<text>(?:[^"\\]++|\\.)*+)"? | (?P<bare>[\w.+-]++) ) \s*+ (?P<end>[,)]|\Z)
    """,
    regex.VERBOSE | regex.DOTALL,
)
_TEXTS = frozenset({"criteria", "inclusion", "exclusion", "text"})


def is_deparsed(text: str) -> bool:
    """Whether a text holds a vector of criteria or pages."""
    return " = c(" in text and any(column(match["name"]) in _TEXTS for match in _VECTOR.finditer(text))


def deparsed_tree(source: str) -> Element:
    """The tree: a child `row` for each member of the vectors that are as long as that of the criteria; never raises."""
    root = Element("", 0)
    columns = [_column(source, match) for match in _VECTOR.finditer(source)]
    sizes = [len(cells) for cells in columns if cells and column(cells[0].name) in _TEXTS]
    columns = [cells for cells in columns if sizes and len(cells) == sizes[0]]
    for cells in zip(*columns, strict=True):
        row = Element("row", min(cell.start for cell in cells))
        row.children = list(cells)
        row.end = max(cell.end for cell in cells)
        root.children.append(row)
    root.end = len(source)
    return root


def _column(source: str, vector: regex.Match[str]) -> list[Element]:
    """The members of a vector; `NA` is empty."""
    cells: list[Element] = []
    at = vector.end()
    while member := _MEMBER.match(source, at):
        start, end = member.span("text" if member["text"] is not None else "bare")
        cell = Element(vector["name"], start)
        cell.end = end
        if member["text"] is not None or not member["bare"].startswith(("NA", "NULL")):
            cell.pieces = [*json_pieces(source, start, end)]
        cells.append(cell)
        at = member.end()
        if member["end"] != ",":
            break
    return cells
