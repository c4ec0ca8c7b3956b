"""The text of a page's markup as a reader sees it, while it is laid out: one line a block, lists as bullets, cells with
bars between them."""

from __future__ import annotations

import re

from trialparse.layouts.elements import HEADINGS
from trialparse.layouts.listing import BULLET, Listing
from trialparse.layouts.tags import referred
from trialparse.layouts.tree import Element

_DEEPEST = 20
_WIDEST = 40
"""No line is indented further."""
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"(?P<end>\r\n?|\n)|[^\r\n]+")
_BLOCKS = frozenset(
    "address article aside blockquote body caption center details dialog dir div dl fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr legend listing main menu nav ol optgroup option p plaintext pre search"
    " section select summary table tbody textarea tfoot thead tr ul xmp".split()
)
_BASES = frozenset("0123456789m")
"""What a numeric superscript raises, in 10⁹ and m²; after other letters it is a footnote."""
_APART = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 ol p section table ul".split())
"""Blocks with a blank line around them."""


class Flow:
    """Collects pieces of text with the places they come from."""

    def __init__(self, at: int = 0) -> None:
        self.element = Element("", at)
        self.lists: list[Listing] = []
        """The open lists."""
        self.headed: int | None = None
        """How many pieces stand before the first heading."""
        self.printed = 0
        """How many of the open elements show line breaks as they are."""
        self.at_start = True
        self.gap: int | None = None
        """Where the white space before the next word stands."""
        self.chipped = -1
        """How many pieces there were when the last chip ended."""
        self.labelled = -1
        """How many pieces there were when a label ended that its markup calls one."""
        self.raised = False
        """Whether a superscript has just begun."""
        self.marked = False
        """Whether the marker of an item has just been printed."""
        self.indent = 0
        """How many no-break spaces stand at the start of the line."""
        self.rank = ""
        """The signs of the heading that has just begun, as Markdown has them."""
        self.celled = False
        """Whether the cell before, in the same row, has ended its last line itself."""
        self.cell = 0
        """How many pieces stand before the text of the open cell."""

    def text(self, source: str, start: int, end: int) -> None:
        """Add `source[start:end]`; a run of white space is one space."""
        run = source[start:end]
        if self.printed:
            self._lines(source, start, end)
            return
        if self.at_start and "\u00a0" in run:
            self.indent += run[: len(run) - len(run.lstrip())].count("\u00a0")
        words = run.split()
        if not words:
            if run:
                self.space(start)
            return
        body = run.strip()
        first = start + len(run) - len(run.lstrip())
        if first > start:
            self.space(start)
        if " ".join(words) == body:
            last = first + len(body)
            self.put(body, first, last)
        else:
            last = first
            for word in _WORD.finditer(source, first, end):
                if word.start() > last:
                    self.space(last)
                last = word.end()
                self.put(word.group(), word.start(), last)
        if last < end:
            self.space(last)

    def _lines(self, source: str, start: int, end: int) -> None:
        for line in _LINE.finditer(source, start, end):
            if line["end"]:
                self.element.pieces.append((*line.span(), "\n"))
                self.at_start, self.gap, self.marked = True, None, False
            elif line.group().isspace():
                self.space(line.start())
            else:
                self.put(line.group(), *line.span())

    def reference(self, written: str, at: int) -> None:
        """Add what a character reference stands for; a no-break space is a space, or indents the line."""
        text = referred(written)
        self.indent += self.at_start and text == "\u00a0"
        if text.isspace():
            self.space(at)
        elif text:
            self.put(text, at, at + len(written))

    def put(self, text: str, start: int, end: int) -> None:
        """Add visible text."""
        pieces = self.element.pieces
        if self.raised and text[0].isdigit() and pieces and pieces[-1][2][-1:] in _BASES:
            pieces.append((start, start, "^"))
        self.raised = False
        if self.at_start and self.lists and not self.marked:  # more of the item, below its first line
            pieces.append((start, start, "  " * min(len(self.lists), _DEEPEST) + " "))
        elif self.at_start and self.indent:
            pieces.append((start, start, " " * min(self.indent, _WIDEST)))
        elif not self.at_start and self.labelled == len(pieces) and pieces[-1][2][-1:].isalnum():
            pieces.append((start if self.gap is None else self.gap, start, " | "))
        elif self.gap is not None and not self.at_start:
            pieces.append((self.gap, start, " "))
        if self.rank:
            pieces.append((start, start, self.rank))
        self.gap, self.at_start, self.marked, self.indent, self.rank = None, False, False, 0, ""
        pieces.append((start, end, text))

    def space(self, at: int) -> None:
        """Remember white space; a run of it is one space."""
        if self.gap is None:
            self.gap = at

    def break_line(self, at: int, blank: bool = False) -> None:
        """End the line, unless it is only a marker; leave a blank one if asked."""
        if self.marked:
            return
        last = [text for _, _, text in self.element.pieces[-2:]]
        ends = 2 if last == ["\n", "\n"] else int(last[-1:] == ["\n"])
        wanted = (2 if blank else 1) if self.element.pieces else 0
        self.element.pieces.extend([(at, at, "\n")] * max(0, wanted - ends))
        self.at_start, self.gap, self.indent = True, None, 0

    def part(self, at: int, spaced: bool = False) -> None:
        """Part what comes from a word that it touches, or even is `spaced` from, as a cell from the one before."""
        pieces = self.element.pieces
        if not self.at_start and (spaced or self.gap is None) and pieces and pieces[-1][2][-1:].isalnum():
            pieces.append((at, at, " | "))
            self.gap = None

    def part_tile(self, at: int) -> None:
        """Part a phrase, outside lists, from the one that it touches: a figure and what it is of."""
        pieces = self.element.pieces
        if not (self.lists or self.at_start) and self.gap is None and pieces and pieces[-1][2][-1:].isalnum():
            self.break_line(at)

    def open(self, tag: str, at: int, attributes: str = "") -> None:
        """Open a block, an item or a cell."""
        if tag == "sup":
            self.raised = self.gap is None
        elif tag == "br":
            self.element.pieces.append((at, at, "\n"))
            self.at_start, self.gap, self.marked, self.indent = True, None, False, 0
        elif tag == "dt":
            self.break_line(at)
        elif tag in ("td", "th", "dd"):
            if not self.at_start:
                self.element.pieces.append((at, at, " | "))
                self.gap = None
            elif self.celled:
                self.element.pieces += ((at, at, "|"), (at, at, "\n"))
            self.celled, self.cell = False, len(self.element.pieces)
        elif tag == "li":
            self.marked = False
            self.break_line(at)
            self._open_item(at, attributes)
        elif tag in _BLOCKS:
            self.break_line(at, tag == "p" or (tag in _APART and not self.lists))
            if tag in HEADINGS:
                self._head(tag)

    def _head(self, tag: str) -> None:
        """Have a heading begin, unless it stands inside a line or an item."""
        if self.headed is None:
            self.headed = len(self.element.pieces)
        inside = self.lists or self.marked or not self.at_start
        self.rank = "" if inside else f"{'#' * int(tag[1])} "

    def _open_item(self, at: int, attributes: str) -> None:
        """Print the bullet or number of a list item, indented by its depth."""
        marker = self.lists[-1].marker(attributes) if self.lists else BULLET
        depth = min(len(self.lists), _DEEPEST)
        self.element.pieces.append((at, at, f"{'  ' * max(0, depth - 1)}{marker} "))
        self.marked, self.rank = True, ""  # what stands in an item is no heading of the page

    def close(self, tag: str, at: int) -> None:
        """Close a block."""
        if tag in _BLOCKS or tag in ("li", "dd"):
            self.rank = ""
            self.celled = False
            self.marked = self.marked and tag != "li"
            self.break_line(at, tag in _APART and not self.lists)
        elif tag in ("td", "th"):
            self.celled = self.at_start and len(self.element.pieces) > self.cell

    def go_on(self, other: Flow, at: int) -> None:
        """Go on with what was laid out apart, from its first heading on; what stands before stays there."""
        self.break_line(at)
        self.element.pieces.extend(other.element.pieces[other.headed or 0 :])
        del other.element.pieces[other.headed or 0 :]
        self.at_start, self.gap, self.marked = other.at_start, other.gap, other.marked
