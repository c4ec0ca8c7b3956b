"""A text derived from another text, with the way back for every offset."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any

import regex

from trialparse.text.decode import well_formed

Edit = tuple[int, int, str]
"""Start, end (half-open) and the replacement of that stretch."""


class Layer:
    """A text and, unless it is the caller's own string made well-formed, where its characters stood in its parent's.

    It is made of runs: characters from offset `own[i]` on stood in the parent from offset `up[i]` on. Each character of
    a replacement is a run of its own that leads to where the replaced stretch began.
    """

    __slots__ = ("_own", "_up", "parent", "text")

    def __init__(
        self, text: str, parent: Layer | None = None, own: array[int] | None = None, up: array[int] | None = None
    ) -> None:
        self.text = text if parent else well_formed(text)
        self.parent = parent
        self._own = own
        self._up = up

    def _place(self, offset: int) -> int:
        if self._own is None or self._up is None:
            return offset
        run = bisect_right(self._own, offset) - 1
        return self._up[run] + offset - self._own[run]

    def to_parent(self, start: int, end: int) -> tuple[int, int]:
        """The parent offsets of `text[start:end]`; an empty stretch stays empty."""
        if self._own is None:
            return start, end
        first = self._place(start)
        if end <= start:
            return first, first
        # characters of one replacement share their place: the stretch ends where the next original begins
        last, size = self._place(end - 1), len(self.text)
        while (after := self._place(end)) == last and end < size:
            end += 1
        return first, after

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of `text[start:end]` in the caller's string."""
        layer = self
        while layer.parent is not None:
            start, end = layer.to_parent(start, end)
            layer = layer.parent
        return start, end

    def stitched(self, pieces: Iterable[Edit], end: int) -> Layer:
        """A layer above this one made of `pieces`: stretches of this text, each as it stands or with a replacement.

        `end` is the offset at which the last stretch ends.
        """
        texts: list[str] = []
        own, up = array("i"), array("i")
        size = 0
        for start, stop, text in pieces:
            if stop - start == len(text):
                own.append(size)
                up.append(start)
            else:
                own.extend(range(size, size + len(text)))
                up.extend(repeat(start, len(text)))
            texts.append(text)
            size += len(text)
        own.append(size)
        up.append(end)
        return Layer("".join(texts), self, own, up)

    def edited(self, edits: Iterable[Edit]) -> Layer:
        """A layer above this one with `edits` (ascending, not overlapping) applied; itself when there are none."""
        text = self.text
        pieces: list[Edit] = []
        done = 0
        for start, end, replacement in edits:
            if start > done:
                pieces.append((done, start, text[done:start]))
            pieces.append((start, end, replacement))
            done = end
        if not pieces:
            return self
        pieces.append((done, len(text), text[done:]))
        return self.stitched(pieces, len(text))

    def replaced(self, pattern: regex.Pattern[str] | re.Pattern[str], replace: Callable[[Any], str]) -> Layer:
        """A layer with every match that `replace` changes replaced."""
        found: Iterator[Any] = pattern.finditer(self.text)
        edits = ((match.start(), match.end(), new) for match in found if (new := replace(match)) != match.group())
        return self.edited(edits)

    def exchanged(self, pattern: re.Pattern[str], table: Mapping[str, str]) -> Layer:
        """A layer with the single characters that `pattern` finds exchanged for single characters: all offsets stay."""
        text = pattern.sub(lambda match: table[match.group()], self.text)
        return self if text == self.text else Layer(text, self)
