"""HTML to the text a reader sees, with the offset map: one line a block, lists as bullets, rows of tables and of
definitions with bars.

The tags are read here because no HTML library says where each character of a text came from, and the standard
library's parser needs quadratic time on hostile markup.
"""

from __future__ import annotations

import html

import regex

from trialparse.layouts.tree import Element
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable

_HEAD = 4000
_DEEPEST = 20
_HTML = regex.compile(r"<!doctype\s+html|<html[\s>]", regex.IGNORECASE)
_CLOSING = regex.compile(r"</(?:div|p|li|td|th|tr|h[1-6]|section|table|ul|dd|dl)\s*+>", regex.IGNORECASE)
_ENOUGH_TAGS = 3
_TOKEN = regex.compile(
    r"""
      <!--(?:[^-]++|-(?!->))*+(?:-->|\Z)                                                 # a comment, perhaps unclosed
    | <(?P<open>[A-Za-z][A-Za-z0-9]*+)(?:[^<>"']++|"[^"]{0,5000}+"|'[^']{0,5000}+')*+>   # <td class="x">
    | </(?P<close>[A-Za-z][A-Za-z0-9]*+)[^<>]*+>
    | <[!?/][^<>]*+>                                                                     # <!DOCTYPE html>
    | (?P<space>\s++)
    | (?P<reference>&(?:\#x?[0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{1,30});)
    | (?P<word>[^<&\s]++|[<&])
    """,
    regex.VERBOSE | regex.DOTALL,
)

_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "head", "nav"})
_BLOCKS = frozenset(
    "address article aside blockquote body caption details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr main nav ol option p pre section select summary table tbody tfoot thead title tr ul".split()
)
_BASES = frozenset("0123456789m")
"""What a numeric superscript raises, in 10⁹ and m²; after other letters it is a footnote."""
_APART = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 ol p section table ul".split())
"""Blocks with a blank line around them."""


def looks_like_html(source: str, fewest: int = _ENOUGH_TAGS) -> bool:
    """Whether `source` is a page's markup, not its text: it holds `fewest` ends of blocks, or says so."""
    if _HTML.search(source, 0, _HEAD):
        return True
    closing = _CLOSING.finditer(source)
    return sum(1 for _ in zip(range(fewest), closing, strict=False)) == fewest


def html_readable(source: Layer) -> Readable:
    """The text of a page, ready for reading; offsets refer to the markup. Never raises on text."""
    return make_readable(html_layer(source))


def html_layer(source: Layer) -> Layer:
    """The text of a page; offsets refer to the markup. Never raises on text."""
    renderer = _Renderer()
    text = source.text
    for match in _TOKEN.finditer(text):
        match match.lastgroup:
            case "open":
                renderer.open(match["open"].lower(), match.start())
            case "close":
                renderer.close(match["close"].lower(), match.start())
            case "space":
                renderer.space(match.start())
            case "reference":
                renderer.reference(match.group(), match.start())
            case "word":
                renderer.put(match.group(), match.start(), match.end())
    return source.stitched(renderer.element.pieces, len(text))


class _Renderer:
    """Collects pieces of text with the places they come from."""

    def __init__(self) -> None:
        self.element = Element("", 0)
        self.lists: list[int] = []
        """For each open list, the number of its next item, or 0 for bullets."""
        self.skipped = 0
        self.at_start = True
        self.gap: int | None = None
        """Where the white space before the next word stands."""
        self.raised = False
        """Whether a superscript has just begun."""
        self.marked = False
        """Whether the marker of an item has just been printed."""

    def put(self, text: str, start: int, end: int) -> None:
        """Add visible text."""
        if self.skipped:
            return
        if self.raised and text[0].isdigit() and self.element.pieces and self.element.pieces[-1][2][-1:] in _BASES:
            self.element.pieces.append((start, start, "^"))
        self.raised = False
        if self.at_start and self.lists and not self.marked:  # more of the item, below its first line
            self.element.pieces.append((start, start, "  " * min(len(self.lists), _DEEPEST) + " "))
        elif self.gap is not None and not self.at_start:
            self.element.pieces.append((self.gap, start, " "))
        self.gap, self.at_start, self.marked = None, False, False
        self.element.pieces.append((start, end, text))

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
        self.at_start, self.gap = True, None

    def open(self, tag: str, at: int) -> None:
        """Open a block, a list, an item or a cell."""
        if tag in _SKIPPED:
            self.skipped += 1
        elif self.skipped:
            return
        elif tag == "sup":
            self.raised = self.gap is None
        elif tag == "br":
            self.element.pieces.append((at, at, "\n"))
            self.at_start, self.gap, self.marked = True, None, False
        elif tag == "dt":
            self.break_line(at)
        elif tag in ("td", "th", "dd"):
            if not self.at_start:
                self.element.pieces.append((at, at, " | "))
                self.gap = None
        elif tag == "li":
            self.marked = False
            self.break_line(at)
            self.open_item(at)
        elif tag in _BLOCKS:
            self.break_line(at, tag == "p" or (tag in _APART and not self.lists))
            if tag in ("ul", "ol"):
                self.lists.append(int(tag == "ol"))

    def open_item(self, at: int) -> None:
        """Print the bullet or number of a list item, indented by its depth."""
        number = self.lists[-1] if self.lists else 0
        if number:
            self.lists[-1] += 1
        depth = min(len(self.lists), _DEEPEST)
        marker = "  " * max(0, depth - 1) + (f"{number}. " if number else "* ")
        self.element.pieces.append((at, at, marker))
        self.marked = True

    def close(self, tag: str, at: int) -> None:
        """Close a block."""
        if tag in _SKIPPED:
            self.skipped = max(0, self.skipped - 1)
        elif not self.skipped and (tag in _BLOCKS or tag in ("li", "dd")):
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            self.marked = self.marked and tag != "li"
            self.break_line(at, tag in _APART and not self.lists)

    def reference(self, written: str, at: int) -> None:
        """A character reference; a no-break space is a space."""
        text = html.unescape(written)
        if text.isspace():
            self.space(at)
        else:
            self.put(text, at, at + len(written))
