"""Tables that hold the criteria in their cells, as the headings and lines that say the same.

Extractors print a table with bars, with tabs, or drawn in columns of spaces. Where a cell is a heading of criteria,
each of these becomes

    ## Key inclusion criteria
    1. Exampleitis
    2. Platelets ≥ 100 x 10^9/L
    ## Countries of recruitment | Norway

so that the label of a row ends the criteria of the row above. Other tables stay as they are: their labels are read as
rows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import regex

from trialparse.criteria.heading_forms import places
from trialparse.criteria.markers import read_marker
from trialparse.layouts.residue.columns import Drawn
from trialparse.layouts.residue.dress import criteria_heading
from trialparse.layouts.residue.rows import Cell, Row, Table, is_row, written
from trialparse.lexicon.invitations import invitations
from trialparse.text.layer import Edit, Layer

_HEAD_WORDS = ("inclusion", "exclusion", "eligib")
_EXCLUSION = regex.compile(r"exclusion", regex.IGNORECASE)
_LINE = re.compile(r"(?m)^.*+")
_BORDER = regex.compile(r"\s*+[-:=+|][-:=+|\s]*+")
_SEPARATORS = {"|": regex.compile(r"\|"), "\t": regex.compile(r"\t++")}
_WORD = regex.compile(r"(?:\\ |\S)++")
_WIDEST = 160
_GAP = regex.compile(r"(?<=\S) {2,}+(?=\S)")


def part_tables(layer: Layer) -> Layer:
    """The text with the tables of criteria taken apart."""
    text = layer.text
    if not any(sign in text for sign in ("|", "\t", "  ")):
        return layer
    lines = [match.span() for match in _LINE.finditer(text)]
    if not (heads := sorted({*_heads(text), *_invited(text, lines)})):
        return layer
    tables = list(_tables(text, lines, heads))
    if not tables:
        return layer
    pieces: list[Edit] = []
    done = 0
    for table in tables:
        start = lines[table.first][0]
        pieces.append((done, start, text[done:start]))
        pieces.extend(written(text, table.rows))
        done = min(len(text), lines[table.last - 1][1] + 1)
    pieces.append((done, len(text), text[done:]))
    return layer.stitched(pieces, len(text))


def _heads(text: str) -> Iterable[int]:
    """Where the words of headings of criteria begin, in ascending order."""
    return places(text.replace("İ", "i").lower(), _HEAD_WORDS)


def _invited(text: str, lines: Sequence[Cell]) -> Iterator[int]:
    """Where lines begin on which a site says in its own words, side by side, who may take part and who may not."""
    for start, end in lines:
        if "   " in text[start:end] and end - start <= _WIDEST:
            sections = [invitations().section(part) for part in _GAP.split(text[start:end])]
            if sorted(map(str, sections)) == ["exclusion", "inclusion"]:
                yield start


def _tables(text: str, lines: Sequence[Cell], heads: Iterable[int]) -> Iterator[Table]:
    drawn = Drawn(text, lines)
    done = 0
    for at in dict.fromkeys(bisect_right(lines, (head, len(text))) - 1 for head in heads):
        start, end = lines[at]
        if at < done:
            continue
        separator = next((each for sign, each in _SEPARATORS.items() if text.find(sign, start, end) >= 0), _GAP)
        cells = [cell for cell in _cells(text, start, end, separator) if cell[1] > cell[0]]
        headed = [criteria_heading(text[slice(*cell)]) for cell in cells]
        invited = separator is _GAP and any(_invited(text, lines[at : at + 1]))
        side_by_side = len(cells) == 2 and (invited or (all(headed) and _parts(text, *cells)))
        table: Table | None = None
        if separator is _GAP:
            table = drawn.side_by_side(at, cells) if side_by_side else drawn.rows_at(at, done)
        elif side_by_side:
            table = _columns(text, lines, at, cells, separator)
        elif headed and headed[0]:
            table = _rows(text, lines, at, separator)
        if table and table.rows:
            yield table
        if table:
            done = table.last


def _parts(text: str, left: Cell, right: Cell) -> bool:
    """Whether of two headings one is of exclusion criteria and the other is not: `Eligibility | Inclusion` is a row."""
    return (_EXCLUSION.search(text, *left) is None) != (_EXCLUSION.search(text, *right) is None)


def _cells(text: str, start: int, end: int, separator: regex.Pattern[str]) -> list[Cell]:
    """The cells of a line, empty ones too; a border at either end parts nothing."""
    bounds = [start]
    for match in separator.finditer(text, start, end):
        bounds += match.span()
    bounds.append(end)
    cells = [_trimmed(text, *pair) for pair in zip(bounds[::2], bounds[1::2], strict=True)]
    if len(cells) > 2 and cells[0][0] == cells[0][1]:
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and cells[-1][0] == cells[-1][1] else cells


def _trimmed(text: str, start: int, end: int) -> Cell:
    part = text[start:end]
    first = end - len(part.lstrip()) if part.strip() else start
    return first, first + len(part.strip())


def _rows(text: str, lines: Sequence[Cell], at: int, separator: regex.Pattern[str]) -> Table:
    """Rows of a label and a value from line `at` on; lines without a separator go on with the value."""
    rows: list[Row] = []
    index, last = at, at
    for index in range(at, len(lines)):
        start, end = lines[index]
        if text.startswith("#", start):
            break
        if not text[start:end].strip() or _BORDER.fullmatch(text, start, end):
            continue
        if separator.search(text, start, end) is None:
            rows[-1].value.append((start, end))
        else:
            cells = _cells(text, start, end, separator)
            label, value = cells[0], cells[-1] if len(cells) > 1 else None
            words = text[slice(*label)]
            if words and len(cells) <= 2 and is_row(text, words, value):
                rows.append(Row([label], [value] if value and value[0] < value[1] else []))
            elif words or value is None:
                break
            else:
                rows[-1] = _longer(text, rows[-1], value)
        last = index
    return Table(at, last + 1, rows)


def _longer(text: str, row: Row, line: Cell) -> Row:
    """A row with one more line of its value, which goes on with the one above where that had no room for its word."""
    above = row.value[-1] if row.value else None
    full = above is not None and read_marker(text, *line) is None and _is_full(text, above, line)
    return row._replace(value=[*row.value, line], wrapped=row.wrapped | {line} if full else row.wrapped)


def _is_full(text: str, above: Cell, line: Cell) -> bool:
    """Whether the first word of a line had no room in its cell on the line above, up to the bar that closes it."""
    bar = text.find("|", above[1])
    word = _WORD.match(text, *line)
    return word is not None and above[1] + 1 + len(word.group()) > bar - 1


def _columns(text: str, lines: Sequence[Cell], at: int, heads: Sequence[Cell], separator: regex.Pattern[str]) -> Table:
    """Two columns below their headings: row by row, or one cell after the other with a lone separator between."""
    values: list[list[Cell]] = [[] for _ in heads]
    column, last = 0, at
    for index in range(at + 1, len(lines)):
        start, end = lines[index]
        line = text[start:end]
        if not line.strip(" ") or (separator.search(line) and len(line.strip()) > 1 and _BORDER.fullmatch(line)):
            continue
        if separator.search(line) is None:
            if line.startswith("#") or (column and _parted_off(text, lines, index)):
                break
            values[column].append((start, end))
        elif not separator.sub("", line).strip():
            if column:
                break
            column = 1
        else:
            cells = _cells(text, start, end, separator)
            if len(cells) != len(heads):
                break
            for each, cell in zip(values, cells, strict=True):
                if cell[0] < cell[1]:
                    each.append(cell)
            column = 1
        last = index
    return Table(at, last + 1, [Row([head], value) for head, value in zip(heads, values, strict=True)])


def _parted_off(text: str, lines: Sequence[Cell], index: int) -> bool:
    """Whether a line stands apart from the last cell of the table."""
    above = lines[index - 1]
    return not text[slice(*above)].strip() and read_marker(text, *_trimmed(text, *lines[index])) is None
