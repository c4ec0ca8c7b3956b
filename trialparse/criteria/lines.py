"""Readable text -> lines, and what becomes of them: a block is an item, a heading or a paragraph."""

from __future__ import annotations

from dataclasses import dataclass


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
    again: bool = False
    """Whether the same number comes a second time in what follows."""

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
