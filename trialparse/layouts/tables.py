"""Tables with bars between their cells, as the lines that say the same: a label, then its values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import regex

from trialparse.text.layer import Layer

_CELL = regex.compile(r"[^|]++")
_SPACED = regex.compile(r"\S++(?: {1,2}\S++)*+")
"""A cell with more than two spaces around it."""
_BETWEEN = regex.compile(r"(?<!\s)(?:\s++[|·•]\s++|\s{3,}+(?=\p{Lu}[\p{L} ]{0,30}:\s))")
_PARTED = regex.compile(r"[|·•:]|\s=\s|[^\S ]|\s{3}")
"""What one of those lines has in it at least that are more than one label or value."""
_SIGN = regex.compile(r"\s?:\s*+|\s=\s")
"""What parts a label from its value among others on a line."""
_COLON = regex.compile(r"(?<=\S):\s")
_LAST_WORDS = regex.compile(r"\S++(?:[ ]\S++){0,3}+$")
_MARK = regex.compile(r"[-*•·#>]++\s++")
_LONGEST_ROW = 400
_BORDER = regex.compile(r"[-:=+| ]++")


_TAB = regex.compile(r"(?<=^\p{L}[^\t\n]{0,60})\t++(?=(?P<list>[-*•]\s|\d{1,2}[.)]\s)|[^\t\n])", regex.MULTILINE)
_LEADER = regex.compile(r"(?<=^\p{L}(?:[^\n.:]|\.(?! ?\.)){0,40})[ .]{0,2}(?:\.{3,}+| \.\.) ++(?=\S)", regex.MULTILINE)
_MANY_TABS = 3


def drop_leaders(layer: Layer) -> Layer:
    """`Status ....... Recruiting` on several lines: a colon in the stead of the dots."""
    if "..." not in layer.text or len(_LEADER.findall(layer.text)) < _MANY_TABS:
        return layer
    return layer.replaced(_LEADER, lambda _: ": ")


def bar_tabs(layer: Layer) -> Layer:
    """The text of a table whose cells stand behind tabs, with bars instead; any other text as it is.

    A list in a cell begins on a line of its own, so that all its items are indented alike.
    """
    if "\t" not in layer.text or len(_TAB.findall(layer.text)) < _MANY_TABS:
        return layer
    return layer.replaced(_TAB, lambda tab: " |\n" if tab["list"] else " | ")


class Line(NamedTuple):
    """A non-blank line without its margins: offsets in readable text."""

    start: int
    end: int


def cells_of(text: str, line: Line) -> list[Line]:
    """The cells of a row, empty ones too, between bars or wide gaps; [] for a line without."""
    found = []
    cell_form = _CELL if "|" in text[line.start : line.end] else _SPACED
    for match in cell_form.finditer(text, line.start, line.end):
        cell = match.group()
        start = match.start() + len(cell) - len(cell.lstrip())
        found.append(Line(start, max(start, match.start() + len(cell.rstrip()))))
    return found


def untabled(text: str, lines: Sequence[Line], is_label: Callable[[str], bool]) -> Iterator[Line]:
    """`lines` with tables taken apart.

    A row of several labels and values, in cells of their own or with colons, becomes one line for each pair; a row of
    labels above rows of values becomes each label with the values below it. Other rows stay as they are.
    """
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not _PARTED.search(text, line.start, line.end):
            yield line
            continue
        if pairs := _pairs(text, line, is_label) or _labelled(text, line, is_label):
            yield from pairs
            continue
        cells = cells_of(text, line)
        labels = [is_label(text[cell.start : cell.end]) for cell in cells]
        if len(cells) > 1 and all(labels) and (rows := _rows_below(text, lines, at, len(cells), is_label)):
            for column, label in enumerate(cells):
                yield label
                yield from (row[column] for row in rows if row[column].end > row[column].start)
            at = next(i for i in range(at, len(lines) + 1) if i == len(lines) or lines[i].start > rows[-1][-1].start)
        elif _alternate(text, cells, labels):
            yield from (Line(label.start, value.end) for label, value in zip(cells[::2], cells[1::2], strict=True))
        else:
            yield line


def _alternate(text: str, cells: Sequence[Line], labels: Sequence[bool]) -> bool:
    """Whether a row is a label, its value, another label, its value: all known, or some and each with a colon."""
    if len(cells) <= 2 or len(cells) % 2 or any(labels[1::2]):
        return False
    return all(labels[::2]) or (any(labels[::2]) and all(text[cell.end - 1] == ":" for cell in cells[::2]))


def _pairs(text: str, line: Line, is_label: Callable[[str], bool]) -> list[Line]:
    """The parts of `Status: Recruiting | Phase: 2 | Sex: All`; [] if one is no label and value, or most are unknown."""
    between = [match.span() for match in _BETWEEN.finditer(text, line.start, line.end)]
    if not between:
        return []
    starts = [line.start, *(end for _, end in between)]
    ends = [*(start for start, _ in between), line.end]
    parts = [Line(start, end) for start, end in zip(starts, ends, strict=True)]
    heads = [_SIGN.split(text[part.start : part.end], maxsplit=1) for part in parts]
    if not all(len(head) > 1 and head[1] for head in heads):
        return []
    return parts if 2 * sum(is_label(head[0]) for head in heads) > len(parts) else []


def _labelled(text: str, line: Line, is_label: Callable[[str], bool]) -> list[Line]:
    """The parts of `Status: Recruiting Phase: 2 Sex: All`, each from its label on; [] if the line begins with none."""
    starts: list[int] = []
    if line.end - line.start > _LONGEST_ROW:
        return []
    first = _first_word(text, line)
    for colon in _COLON.finditer(text, line.start, line.end):
        words = _LAST_WORDS.search(text, starts[-1] if starts else first, colon.start())
        tails = [words.start(), *(at + 1 for at in _spaces(text, *words.span()))] if words else []
        labels = (at for at in tails if text[at].isupper() and is_label(text[at : colon.start()]))
        start = next(labels, None)
        if start is not None:
            starts.append(start)
        elif not starts:
            return []
    if len(starts) < 2 or starts[0] != first:
        return []
    return [Line(at, _stripped(text, at, after)) for at, after in zip(starts, [*starts[1:], line.end], strict=True)]


def _spaces(text: str, start: int, end: int) -> Iterator[int]:
    return (at for at in range(start, end) if text[at] == " ")


def _stripped(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" |;,·•"))


def _first_word(text: str, line: Line) -> int:
    """Where the words of a line begin, behind its bullet."""
    match = _MARK.match(text, line.start, line.end)
    return match.end() if match else line.start


def _rows_below(
    text: str, lines: Sequence[Line], at: int, width: int, is_label: Callable[[str], bool]
) -> list[list[Line]]:
    """The rows of values under a row of labels; [] if one of them has a label of its own."""
    rows: list[list[Line]] = []
    for line in islice(lines, at, None):
        if _BORDER.fullmatch(text, line.start, line.end):
            continue
        cells = cells_of(text, line)
        if len(cells) != width:
            break
        if is_label(text[cells[0].start : cells[0].end]):
            return []
        rows.append(cells)
    return rows


def records(text: str, lines: Sequence[Line], columns: dict[str, str]) -> list[dict[str, Line]]:
    """The rows of a table whose first row names its columns, by what `columns` calls them; [] if it names others."""
    rows = [cells_of(text, line) for line in lines if not _BORDER.fullmatch(text, line.start, line.end)]
    names = [columns.get(text[cell.start : cell.end].lower()) for cell in rows[0]] if rows else []
    if len(names) < 2 or None in names:
        return []
    return [
        {str(name): cell for name, cell in zip(names, row, strict=False) if cell.end > cell.start} for row in rows[1:]
    ]
