"""Readable text -> lines, and lines -> blocks: an item, a heading or a paragraph each, with wrapped lines joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from trialparse.criteria.inline import split_points
from trialparse.criteria.markers import Marker, read_marker

_WIDEST_WRAP = 130
_SLACK = 2
"""Columns by which escapes that are gone now, and wide signs, may have shortened a line since it was wrapped."""
_NUMBERS = frozenset("0123456789(")
_FINAL = frozenset(".:;!?")
_LONGEST_CONNECTIVE = 12
_CONNECTIVE = regex.compile(r"\W*+(?:and\s*/\s*or|or|and)\W*+$", regex.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line, or a part of one, without surrounding blanks; `start` and `end` are offsets into the readable text."""

    start: int
    end: int
    indent: int
    until: int
    """Column in which the printed line ends."""
    blank: bool
    """Whether a blank line stands before it."""

    @property
    def broken(self) -> bool:
        """Whether a heading stands before it on the printed line."""
        return self.until - (self.end - self.start) > self.indent


@dataclass(slots=True)
class Block:
    """One item, heading or paragraph."""

    start: int
    """Of the own text, after the marker."""
    end: int
    first: int
    """Of the marker, or else of the text."""
    indent: int
    column: int
    """Column in which the text begins, after the marker."""
    blank: bool
    family: str = ""
    """Equal for the markers of one list; empty without marker."""
    ordinal: int = 0
    roman: int = 0

    def unmark(self) -> None:
        """Take the marker for text."""
        self.start, self.column, self.family, self.ordinal = self.first, self.indent, "", 0


def read_lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of `text[start:end]` that are not blank."""
    lines = []
    position, blank = start, True
    for raw in text[start:end].split("\n"):
        body = raw.lstrip()
        if body:
            indent = len(raw) - len(body)
            first = position + indent
            size = len(body.rstrip())
            lines.append(Line(first, first + size, indent, indent + size, blank))
        blank = not body
        position += len(raw) + 1
    return lines


def trimmed(text: str, line: Line, start: int, end: int) -> Line:
    """The part `text[start:end]` of a line, without blanks at its ends."""
    part = text[start:end]
    body = part.lstrip()
    first = end - len(body)
    last = first + len(body.rstrip())
    return Line(first, last, line.indent, line.until - (line.end - last), line.blank or start > line.start)


def wrap_width(text: str, lines: Sequence[Line]) -> int:
    """The column at which the text was wrapped, or 0 for a text whose line breaks are the author's."""
    width = max((line.until for line in lines), default=0)
    if width > _WIDEST_WRAP:
        return 0
    margin = min((line.indent for line in lines), default=0)
    full = loose = hanging = 0
    for before, line in pairwise(lines):
        if line.blank or read_marker(text, line.start, line.end):
            continue
        if is_full(text, before, line, width):
            full += 1
            hanging += line.indent > margin or text[line.start].islower()
        else:
            loose += 1
    return width if hanging and full >= loose else 0


def is_full(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether the first word of the line after it would not have fitted on this line."""
    room = width - line.until - 1 - _SLACK
    return " " not in text[after.start : min(after.end, after.start + room + 1)] if room > 0 else True


def read_blocks(text: str, lines: Sequence[Line], width: int) -> list[Block]:
    """Join wrapped lines and read the markers; a lone paragraph that is a list is cut into its items.

    Args:
        text: readable text.
        lines: of one section.
        width: as `wrap_width` says.
    """
    blocks: list[Block] = []
    before: Line | None = None
    for line in lines:
        marker = read_marker(text, line.start, line.end)
        if marker and before and _closes(text, before, marker):
            marker = None
        if before is not None and (
            (line.end - line.start <= _LONGEST_CONNECTIVE and _CONNECTIVE.match(text, line.start, line.end))
            or (line.blank and not marker and _goes_on(text, blocks[-1], line))
            or (not line.blank and _continues(text, blocks[-1], before, line, marker, width))
        ):
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
        return Block(line.start, line.end, line.start, line.indent, line.indent, line.blank)
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


def _goes_on(text: str, block: Block, line: Line) -> bool:
    """Whether a paragraph is the rest of an unfinished item: one that was wrapped before blank lines were put in."""
    return block.family != "" and text[line.start].islower() and text[block.end - 1] not in _FINAL


def _continues(text: str, block: Block, before: Line, line: Line, marker: Marker | None, width: int) -> bool:
    """Whether a line without a blank line before it goes on with the block of the line above."""
    if width and is_full(text, before, line, width):
        # in a wrapped text a number or dash at the start of a line may be in the middle of a sentence
        hanging = line.indent == block.column and (block.column > block.indent or line.indent > 0)
        return marker is None or hanging
    if marker is not None or block.start == block.end:
        return False
    return (block.family != "" and line.indent >= block.column > 0) or text[line.start].islower()
