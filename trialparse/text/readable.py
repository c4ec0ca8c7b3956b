"""The text every later stage works on, and its two ways home: to what is shown and to the caller's offsets."""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.text.fragments import AFTER, BEFORE
from trialparse.text.layer import Layer
from trialparse.text.repairs import Repair, repair
from trialparse.text.steps import ASCII_SIGNS, DISPLAY, FOLD


class Readable:
    """Readable text over a source.

    `text` is folded for matching (look-alikes unified). All offsets that stages hand to each other are offsets into
    `text`; only `span` turns them into source offsets and only `show` into what a reader sees.
    """

    __slots__ = ("_display", "_folded", "_last", "_shown", "repairs", "text")

    def __init__(self, display: Layer, folded: Layer, repairs: Sequence[Repair] = ()) -> None:
        self._display = display
        self._folded = folded
        self._last, self._shown = (0, 0), ""  # a criterion that is all prose is shown twice, and both are one string
        self.text = folded.text
        self.repairs = repairs
        """Signs that had been read in the wrong encoding or font, each kind once."""

    @property
    def source(self) -> Layer:
        """The caller's own string."""
        layer = self._folded
        while layer.parent is not None:
            layer = layer.parent
        return layer

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the caller's string of `text[start:end]`."""
        return self._folded.to_source(start, end)

    def show(self, start: int, end: int) -> str:
        """`text[start:end]` as a reader sees it: escapes resolved, characters as printed, white space folded."""
        if self._last != (start, end):
            self._last, self._shown = (start, end), " ".join(self.show_lines(start, end).split())
        return self._shown

    def show_lines(self, start: int, end: int) -> str:
        """As `show`, with line breaks and inner spaces kept."""
        layer = self._folded
        while layer is not self._display:
            start, end = layer.to_parent(start, end)
            assert layer.parent is not None
            layer = layer.parent
        return layer.text[start:end]


def make_readable(source: str | Layer, *, fragment: bool = False) -> Readable:
    """Resolve transport escapes and fold look-alikes, keeping the offset map.

    Args:
        source: the caller's string, or a layer over it (for example the value of a JSON string).
        fragment: whether it is the text of one field, in which tags and signs for line breaks are only in the way.
    """
    layer = Layer(source) if isinstance(source, str) else source
    for step in (*BEFORE, *DISPLAY, *AFTER) if fragment else DISPLAY:
        layer = step(layer)
    display = layer
    repairs: list[Repair] = []
    if not layer.text.isascii() or any(sign in layer.text for sign in ASCII_SIGNS):
        layer, repairs = repair(layer)
        for step in FOLD:
            layer = step(layer)
    return Readable(display, layer, repairs)
