"""A text derived from another text, with the way back for every offset."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable

from regex import Match, Pattern

Edit = tuple[int, int, str]
"""Start, end (half-open) and the replacement of that stretch."""


class Layer:
    """A text and, unless it is the caller's own string, where each of its characters stood in its parent's text.

    `starts[i]` is the parent offset of character i, and `starts[len(text)]` the offset at which the parent ends.
    """

    __slots__ = ("parent", "starts", "text")

    def __init__(self, text: str, parent: Layer | None = None, starts: array[int] | None = None) -> None:
        self.text = text
        self.parent = parent
        self.starts = starts

    def to_parent(self, start: int, end: int) -> tuple[int, int]:
        """The parent offsets of `text[start:end]`; an empty stretch stays empty."""
        starts = self.starts
        if starts is None:
            return start, end
        if end <= start:
            return starts[start], starts[start]
        # characters of one replacement share their start: the stretch ends where the next original begins
        last, stop, size = starts[end - 1], end, len(starts)
        while stop < size and starts[stop] == last:
            stop += 1
        return starts[start], starts[min(stop, size - 1)]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of `text[start:end]` in the caller's string."""
        layer = self
        while layer.parent is not None:
            start, end = layer.to_parent(start, end)
            layer = layer.parent
        return start, end

    def edited(self, edits: Iterable[Edit]) -> Layer:
        """A layer above this one with `edits` (ascending, not overlapping) applied; itself when there are none."""
        text = self.text
        pieces: list[str] = []
        starts = array("i")
        done = 0
        for start, end, replacement in edits:
            pieces.append(text[done:start])
            starts.extend(range(done, start))
            pieces.append(replacement)
            starts.extend([start] * len(replacement))
            done = end
        if not pieces:
            return self
        pieces.append(text[done:])
        starts.extend(range(done, len(text) + 1))
        return Layer("".join(pieces), self, starts)

    def replaced(self, pattern: Pattern[str], replace: Callable[[Match[str]], str]) -> Layer:
        """A layer with every match that `replace` changes replaced."""
        return self.edited(
            (match.start(), match.end(), new)
            for match in pattern.finditer(self.text)
            if (new := replace(match)) != match.group()
        )

    def translated(self, table: dict[int, str]) -> Layer:
        """A layer with single characters exchanged for single characters, so that all offsets stay."""
        text = self.text.translate(table)
        return self if text == self.text else Layer(text, self)
