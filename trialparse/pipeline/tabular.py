"""Rows of delimited text. A bad quote costs its own line: what it swallowed is read again."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from trialparse.pipeline.record import ID_FIELDS, SURPLUS, URL_FIELDS

_LONGEST_CELL = 1 << 30


class _Feed:
    """Lines for the csv module, which can be taken back."""

    def __init__(self, lines: Iterable[str], longest: int) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self._longest = longest

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._row.append(line)
        self._size += len(line)
        if self._size > self._longest:
            raise csv.Error(f"a row of more than {self._longest:,} characters is not read")
        return line

    @property
    def repeats(self) -> bool:
        """Whether lines that were taken back are being read."""
        return bool(self._again)

    def take(self) -> None:
        """The row is whole."""
        self._row.clear()
        self._size = 0

    def take_back(self) -> str:
        """The row is broken: its first line; the others are given again."""
        first, *others = self._row or [""]
        self._again.extendleft(reversed(others))
        self.take()
        return first


def table_rows(
    lines: Iterable[str], delimiter: str, fields: Iterable[str], longest: int
) -> Iterator[dict[str, Any] | tuple[str, ValueError]]:
    """Each row as column -> cell; a line that is no row comes with the reason.

    Args:
        lines: the text, line ends kept.
        delimiter: what parts the cells.
        fields: columns that may hold the text.
        longest: characters of a row.

    Raises:
        ValueError: two columns that are needed have the same name.
    """
    csv.field_size_limit(_LONGEST_CELL)
    feed = _Feed(lines, longest)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    names: list[str] | None = None
    while True:
        repeats = feed.repeats
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield feed.take_back(), ValueError(str(error))
            continue
        feed.take()
        if names is None:
            names = _header(cells, {*fields, *URL_FIELDS, *ID_FIELDS})
        elif repeats and 0 < len(cells) < len(names):  # most likely the rest of what is broken
            yield delimiter.join(cells), ValueError("the row has fewer cells than the header")
        elif cells:
            yield _row(names, cells)


def _header(cells: list[str], needed: set[str]) -> list[str]:
    for name in cells:
        if name in needed and cells.count(name) > 1:
            raise ValueError(f"two columns are named {name!r}; rename one")
    return cells


def _row(names: list[str], cells: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(names)
    row.update(zip(names, cells, strict=False))
    if len(cells) > len(names):
        row[SURPLUS] = cells[len(names) :]
    return row
