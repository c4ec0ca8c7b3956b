"""Tables drawn in columns of spaces, as text browsers and readers of PDF print them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from trialparse.criteria.markers import read_marker
from trialparse.layouts.residue.dress import criteria_heading, is_heading
from trialparse.layouts.residue.rows import Cell, Row, Table, is_row, shown

_GAP = regex.compile(r"(?<=\S) {2,}+(?=\S)")
_RULE = regex.compile(r"[ ]*+-{3,}[- ]*+")
_NARROWEST, _WIDEST = 8, 80
"""No column of labels is narrower, or wider."""
_MOST_FOLDS = 6
"""Over no more lines a label is folded."""


class Drawn:
    """The lines of a page, to be looked at as columns.

    Args:
        text: the page.
        lines: its lines, blank ones too, without line ends.
    """

    def __init__(self, text: str, lines: Sequence[Cell]) -> None:
        self.text = text
        self.lines = lines

    # --- label and value ------------------------------------------------------------------------------------------

    def rows_at(self, at: int, floor: int) -> Table | None:
        """The table of labels and values in which line `at` holds a heading of criteria or a part of one.

        It has no rows where the lines around have columns, but none of them is headed by criteria; no line above
        `floor` is looked at.
        """
        column = self._value_column(at)
        if column is None:
            return None
        first, last = self._reach(at, column, floor - 1), self._reach(at, column, len(self.lines)) + 1
        parts = [self._halves(index, column) for index in range(first, last)]
        rows = [row for row in _rows(self.text, parts) if row.label]
        if not any(criteria_heading(shown(self.text, row.label)) for row in rows):
            return Table(first, last, [])
        below = self._trimmed(*self.lines[last]) if last < len(self.lines) else None
        if below and self._indent(last) < column and not self._is_item(below):  # directly below the table, and no value
            return Table(first, last + 1, [*rows, Row([below], [])])
        return Table(first, last, rows)

    def _value_column(self, at: int) -> int | None:
        """Where the values begin; None if the line is no row."""
        start, end = self.lines[at]
        if gap := _GAP.search(self.text, start, end):
            return gap.end() - start if _NARROWEST <= gap.end() - start <= _WIDEST else None
        column = min((self._indent(near) for near in (at - 1, at + 1)), default=0)
        return column if column > end - start and _NARROWEST <= column <= _WIDEST else None

    def _indent(self, index: int) -> int:
        if not 0 <= index < len(self.lines):
            return 0
        start, end = self.lines[index]
        return end - start - len(self.text[start:end].lstrip())

    def _halves(self, index: int, column: int) -> tuple[Cell | None, Cell | None]:
        """Label and value on a line."""
        start, end = self.lines[index]
        middle = min(end, start + column)
        if _RULE.fullmatch(self.text, start, end):
            return None, None
        return self._trimmed(start, middle), self._trimmed(middle, end)

    def _trimmed(self, start: int, end: int) -> Cell | None:
        part = self.text[start:end]
        body = part.strip()
        first = start + len(part) - len(part.lstrip())
        return (first, first + len(body)) if body else None

    def _reach(self, at: int, column: int, limit: int) -> int:
        """The last line on the way from `at` to `limit`, which is not reached, that has the same columns."""
        reached = at
        ruled = False
        for index in range(at + 1, limit) if limit > at else range(at - 1, limit, -1):
            start, end = self.lines[index]
            if not self.text[start:end].strip():
                if not ruled and not self._ruled(at, column):
                    break
                ruled = True
                continue
            if _RULE.fullmatch(self.text, start, end) or not self._fits(index, column, self._indent(at)):
                break
            reached = index
        return reached

    def _ruled(self, at: int, column: int) -> bool:
        """Whether the row below the blank line may still be of the table: pandoc draws a rule above and below it."""
        start = self.lines[at][0]
        return _RULE.search(self.text, max(0, start - 4000), start) is not None and column > 0

    def _fits(self, index: int, column: int, left: int) -> bool:
        """Whether a line is one of a table whose labels begin in column `left` and whose values in `column`."""
        start, _ = self.lines[index]
        label, value = self._halves(index, column)
        if value is None:
            words = self.text[slice(*label)] if label else ""
            named = words[:1].islower() or words == words.title()
            return label is not None and (is_row(self.text, words, None) or (named and not self._is_item(label)))
        if label is None:
            return True
        apart = self.text[start + column - 1] == " " and not self.text[start + column].isspace()
        # in any line a word may begin there: what stands further left is a label if it begins where they all do
        return apart and (self.text[start + column - 2] == " " or self._indent(index) == left)

    def _is_item(self, cell: Cell) -> bool:
        """Whether a cell with nothing beside it is an item of a list, and no label."""
        return read_marker(self.text, *cell) is not None and not is_row(self.text, self.text[slice(*cell)], None)

    # --- side by side ---------------------------------------------------------------------------------------------

    def side_by_side(self, at: int, heads: Sequence[Cell]) -> Table | None:
        """The columns below two headings on one line."""
        start = self.lines[at][0]
        left, right = heads
        gutter = {column for column in range(left[0] - start, right[1] - start) if self._blank(at, column)}
        gutter &= set(range(left[1] - start - _NARROWEST, right[0] - start))
        last = at + 1
        for index in range(at + 1, len(self.lines)):
            first, stop = self.lines[index]
            if not self.text[first:stop].strip():
                if not self._goes_on(index, gutter):
                    break
                continue
            left_over = {column for column in gutter if self._blank(index, column)}
            if not left_over:
                break
            gutter, last = left_over, index + 1
        if last == at + 1:
            return None
        column = _widest(gutter)
        halves = [self._halves(index, column) for index in range(at + 1, last)]
        return Table(
            at,
            last,
            [
                Row([left], [half[0] for half in halves if half[0]]),
                Row([right], [half[1] for half in halves if half[1]]),
            ],
        )

    def _blank(self, index: int, column: int) -> bool:
        start, end = self.lines[index]
        return start + column >= end or self.text[start + column] == " "

    def _goes_on(self, blank: int, gutter: set[int]) -> bool:
        """Whether the line below a blank one still has text in the right column."""
        if blank + 1 >= len(self.lines):
            return False
        start, end = self.lines[blank + 1]
        if len(_GAP.findall(self.text, start, end)) > 1:
            return False  # another table
        return end - start > max(gutter) and any(self._blank(blank + 1, column) for column in gutter)


def _widest(columns: set[int]) -> int:
    """The column right of the widest run of blank ones."""
    best = run = 0
    after = 0
    for column in sorted(columns):
        run = run + 1 if column - 1 in columns else 1
        if run >= best:
            best, after = run, column + 1
    return after


def _rows(text: str, halves: Sequence[tuple[Cell | None, Cell | None]]) -> Iterator[Row]:
    """Rows from the two halves of each line; a label may stand in the middle of its row, or be folded."""
    kept = [half for half in halves if half[0] or half[1]]
    labels = _labels(text, kept)
    bounds = _bounds(text, kept, labels)
    for (first, size), start, end in zip(labels, bounds, [*bounds[1:], len(kept)], strict=True):
        label = [cell for cell, _ in kept[first : first + size] if cell]
        yield Row(label, [value for _, value in kept[start:end] if value])


def _labels(text: str, halves: Sequence[tuple[Cell | None, Cell | None]]) -> list[tuple[int, int]]:
    """Line on which each label begins, and over how many it is folded: words in lower case go on."""
    found: list[tuple[int, int]] = []
    for index, (label, _) in enumerate(halves):
        if label is None:
            continue
        if found and sum(found[-1]) == index and found[-1][1] < _MOST_FOLDS and text[label[0]].islower():
            folded = [cell for cell, _ in halves[found[-1][0] : index + 1] if cell]
            if criteria_heading(shown(text, folded)) or not is_heading(text[slice(*label)]):
                found[-1] = found[-1][0], found[-1][1] + 1
                continue
        found.append((index, 1))
    return found


def _bounds(
    text: str, halves: Sequence[tuple[Cell | None, Cell | None]], labels: Sequence[tuple[int, int]]
) -> list[int]:
    """Line on which each row begins.

    A label is printed on the first line of its row or in its middle. It is the middle where the row above would
    otherwise take the first item of this one, or where all labels stand in the middle of their rows.
    """
    tops = [at for at, _ in labels]
    if not tops:
        return []
    middle = [0]
    for (at, size), after in pairwise([*labels, (len(halves), 0)]):
        middle.append(2 * at + size - middle[-1] if after[0] < len(halves) else len(halves))
    centred = all(start <= at for start, at in zip(middle, tops, strict=False)) and middle[-1] == len(halves)
    firsts = [index for index, half in enumerate(halves) if _opens(text, half[1])]
    bounds = []
    for number, at in enumerate(tops):
        above = tops[number - 1] + 1 if number else 0
        near = bisect_right(firsts, at)
        opening = firsts[near - 1] if near and firsts[near - 1] >= above else None
        own = _ordinal(text, halves[at][1])
        if opening is not None and (own is None or own > 1):
            bounds.append(opening)
        else:
            between = centred and halves[at][1] is None and any(half[1] for half in halves[at + 1 : middle[number + 1]])
            bounds.append(middle[number] if between else at)
    bounds[0] = 0
    return bounds


def _ordinal(text: str, value: Cell | None) -> int | None:
    marker = read_marker(text, *value) if value else None
    return marker.ordinal if marker and marker.ordinal else None


def _opens(text: str, value: Cell | None) -> bool:
    return _ordinal(text, value) == 1
