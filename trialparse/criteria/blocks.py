"""Lines -> blocks: wrapped lines joined, markers read, lists in one paragraph cut into their items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import regex

from trialparse.criteria.inline import split_points
from trialparse.criteria.lines import Block, Line, trimmed
from trialparse.criteria.markers import Marker, read_dubious, read_marker
from trialparse.criteria.wraps import Page

_NUMBERS = frozenset("0123456789(")
_HASHES = regex.compile(r"#{1,6}\s++(?=\S)")
"""The signs of a heading of Markdown, printed or put there where a table was taken apart: no part of its text."""


def read_blocks(text: str, lines: Sequence[Line], page: Page) -> list[Block]:
    """Join wrapped lines and read the markers; a lone paragraph that is a list is cut into its items.

    Args:
        text: readable text.
        lines: of one section.
        page: how the lines are broken.
    """
    blocks: list[Block] = []
    before: Line | None = None
    for line in lines:
        marker = read_marker(text, line.start, line.end)
        if marker and before and _closes(text, before, marker):
            marker = None
        if before is not None and page.continues(blocks[-1], before, line, marker):
            blocks[-1].end = line.end
        elif before is not None and blocks[-1].start == blocks[-1].end and not marker:
            blocks[-1].start, blocks[-1].end = line.start, line.end  # its marker stood alone on a line
        else:
            blocks.append(_block(text, line, marker))
        before = line
    if len(blocks) == 1:
        blocks = _cut(text, blocks[0], lines[0])
    elif blocks and lines[0].broken:
        _line_up(text, blocks)
    _settle_dubious(text, blocks, page)
    families = Counter(block.family for block in blocks)
    for block in blocks:
        # a dash without text stands for none; a number in no list was left behind when the list lost its bullets
        if block.start == block.end or (block.ordinal > 1 and families[block.family] == 1 and families[""] > 1):
            block.unmark()
    _read_second_markers(text, blocks)
    return blocks


def _closes(text: str, before: Line, marker: Marker) -> bool:
    """Whether what looks like the marker `2)` closes a bracket that the line above opened: `(at Visit / 2) and …`."""
    if "(" in marker.family or ")" not in marker.family:
        return False
    return text.rfind("(", before.start, before.end) > text.rfind(")", before.start, before.end)


def _block(text: str, line: Line, marker: Marker | None) -> Block:
    if marker is None:
        hashes = _HASHES.match(text, line.start, line.end)
        start = hashes.end() if hashes else line.start
        return Block(start, line.end, line.start, line.indent, line.indent, line.blank)
    start = line.end - len(text[marker.end : line.end].lstrip())
    # what follows on a line behind a heading hangs at the indent of the line
    column = line.indent if line.broken else line.indent + start - line.start
    return Block(start, line.end, line.start, line.indent, column, line.blank, *marker[1:])


def _line_up(text: str, blocks: Sequence[Block]) -> None:
    """Take the item that stands behind the heading, on its line, to the indent of the list that goes on below."""
    first = blocks[0]
    if not first.family or text[first.end - 1] == ":":
        return
    following = first.ordinal + 1 if first.ordinal else 0
    for block in blocks[1:]:
        if block.family == first.family and block.ordinal == following:
            first.indent = first.column = block.indent
            return


def _cut(text: str, block: Block, line: Line) -> list[Block]:
    points = split_points(text, block.first, block.end)
    if not points:
        return [block]
    lead = points[0] > block.first
    bounds = [block.first, *points] if lead else points
    parts = [trimmed(text, line, start, end) for start, end in pairwise([*bounds, block.end])]
    blocks = [_block(text, part, read_marker(text, part.start, part.end)) for part in parts]
    if lead:
        for item in blocks[1:]:
            item.indent += 2
            item.column += 2
    return blocks


def _settle_dubious(text: str, blocks: Sequence[Block], page: Page) -> None:
    """Take for markers what looks a little like one, where a list counts on with it."""
    dubious = {
        i: marker
        for i, block in enumerate(blocks)
        if not block.family and (marker := read_dubious(text, block.start, block.end))
    }
    if not dubious:
        return
    lists: dict[str, list[tuple[int, int]]] = {}
    for i, block in enumerate(blocks):
        family, ordinal = dubious[i][1:3] if i in dubious else (block.family, block.ordinal)
        lists.setdefault(family, []).append((i, ordinal))
    for i, marker in dubious.items():
        places = lists[marker.family]
        at = places.index((i, marker.ordinal))
        before = places[at - 1] if at else None
        after = places[at + 1] if at + 1 < len(places) else None
        if before and page.ends_open(blocks[before[0]]):
            continue
        if _counts_on(marker.ordinal, before and before[1], after and after[1]):
            _mark(text, blocks[i], marker)


def _counts_on(ordinal: int, before: int | None, after: int | None) -> bool:
    """Whether a number stands in its place between those of the same kind; bullets (0) stand anywhere."""
    if before is None and after is None:
        return False
    begins = ordinal == 1 and after == 2 and before != 1
    return (before in (None, ordinal - 1) or begins or ordinal == 0) and after in (None, ordinal + 1, 1, 0)


def _mark(text: str, block: Block, marker: Marker) -> None:
    block.start = block.end - len(text[marker.end : block.end].lstrip())
    block.column += block.start - block.first
    block.family, block.ordinal = marker.family, marker.ordinal


def _read_second_markers(text: str, blocks: Sequence[Block]) -> None:
    """Numbers after bullets ("* 1. Age over 18") are markers where two items in succession count on."""
    before: tuple[Block, Marker] | None = None
    settled = False
    for block in blocks:
        bullet = block.family and not block.ordinal and text[block.start] in _NUMBERS
        second = read_marker(text, block.start, block.end) if bullet else None
        counts = second and before and second.ordinal == before[1].ordinal + 1
        if counts and before and not settled:
            _move_behind(text, *before)
        if counts and second:
            _move_behind(text, block, second)
        before = (block, second) if second else None
        settled = bool(counts)


def _move_behind(text: str, block: Block, second: Marker) -> None:
    block.start = block.end - len(text[second.end : block.end].lstrip())
    block.family += second.family
    block.ordinal = second.ordinal
