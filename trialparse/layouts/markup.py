"""HTML to the text a reader sees, with the offset map.

What is a tag and what is text, and how far an element reaches, `tags` and `elements` tell by HTML's own rules; `flow`
lays the text out. Scripts, styles and templates are no text. What stands beside the page's text or is hidden is set
aside: it is no part of the text, but not lost.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import regex

from trialparse.layouts.elements import OF_PAGES, Elements
from trialparse.layouts.flow import Flow
from trialparse.layouts.listing import Listing
from trialparse.layouts.tags import (
    CLOSE,
    OPEN,
    RAW,
    REFERENCE,
    TEXT,
    attribute_names,
    attribute_values,
    closes_itself,
    tokens,
)
from trialparse.layouts.tree import Element
from trialparse.models.diagnostic import diagnostic
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable

_HEAD, _TAIL = 4000, 200
_HTML = regex.compile(
    r"""
      <!doctype\s+html | <html[\s>]
    | \A\s*+<(?:
          (?:head|body|\L<raw>)[\s>]
        | \L<elements>(?=[\s/>])[^<>]*+> (?>\s++|<!--(?>[^-]++|-(?!->))*+-->)*+ </?\L<elements>[\s/>]    # <div><p>
      )
    """,
    regex.IGNORECASE | regex.VERBOSE,
    raw=[*RAW],
    elements=[*OF_PAGES],
)
_HTML_END = regex.compile(r"</html\s*+>\s*+\Z", regex.IGNORECASE)
_CLOSING = regex.compile(r"</(?:div|p|li|td|th|tr|h[1-6]|section|table|ul|dd|dl)\s*+>", regex.IGNORECASE)
_ENOUGH_TAGS = 3

_LISTS = frozenset({"ul", "ol"})
_PRINTED = frozenset({"pre", "textarea", "xmp", "plaintext", "listing"})
"""Elements whose line breaks are shown."""
_BESIDE = frozenset({"nav", "noscript"})
"""Elements that are set aside where their own end tag tells how far they reach."""
_ASIDE = _BESIDE | {"title", "svg", "datalist"}
_CLOSED = frozenset({"template", "dialog"})
"""Elements that are hidden unless an attribute shows them."""
_HIDING = ("hidden", "popover")
"""Attributes that hide an element."""
_STRUCK = frozenset({"del", "s", "strike"})
"""Elements whose text no longer holds."""
_UNSEEN = regex.compile(r"\b(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)\b", regex.IGNORECASE)
"""A style that hides."""
_PHRASES = frozenset("a abbr b em font i label li mark small span strong u".split())
"""Elements that a style hides for good; a hidden block may be one that unfolds."""
FOOTNOTE = regex.compile(r"(?:[a-z]|\d{1,2}|[*†‡§¶#]{1,3}+)(?:,\s?(?:[a-z]|\d{1,2}))*+")
"""The mark of a footnote: `a`, `1,2`, `**`; not the `+` of CD4⁺."""
_LONGEST_MARK = 40
"""No mark of a footnote has more characters."""
_MOST_BESIDE = 20
"""What stands beside the page's text is nested no deeper; whatever is stays text."""
_VARIABLE = regex.compile(r"(?<![\p{L}\d])\p{L}$")
"""A letter alone, of which a number above is the power."""
_CHIP = regex.compile(r"\b(?:badge|chip|pill|tag)s?\b", regex.IGNORECASE)
"""A class of phrases that stand by themselves, whatever is beside them."""
_LABEL = regex.compile(r"(?<![a-z])(?:label|key|term|lbl|caption|prop|attr|field-?name)(?![a-z])", regex.IGNORECASE)
"""A class of phrases that name what stands behind them."""
_REVEALED = ("until-found", "tabpanel")
"""Values of attributes of what is hidden only until the reader asks for it."""


class Page(NamedTuple):
    """What a page's markup holds."""

    layer: Layer
    """The text; offsets refer to the markup."""
    aside: list[Readable]
    """Texts that are no part of it: the page's title, navigation, pictures, what is hidden."""
    notes: list[dict[str, Any]]
    """Diagnostics."""


def looks_like_html(source: str, fewest: int = _ENOUGH_TAGS) -> bool:
    """Whether `source` is a page's markup, not its text: it holds `fewest` ends of blocks, or says so."""
    if "<" not in source:
        return False
    if _HTML.search(source, 0, _HEAD) or _HTML_END.search(source, max(0, len(source) - _TAIL)):
        return True
    closing = _CLOSING.finditer(source)
    return sum(1 for _ in zip(range(fewest), closing, strict=False)) == fewest


def html_readable(source: Layer) -> Readable:
    """The text of a page alone. Never raises on text."""
    return make_readable(html_page(source).layer)


def html_page(source: Layer) -> Page:
    """The text of a page and what stands beside it. Never raises on text."""
    return _Reader(source).read()


class _Mark(NamedTuple):
    """An open element whose end matters."""

    depth: int
    """How many elements are open around it."""
    name: str
    at: int
    around: Flow | None = None
    """Where the text around it goes, if its own is set aside."""
    hidden: bool = False
    held: int = 0
    """How many pieces of text stood before it."""


class _Reader:
    """A page being read."""

    def __init__(self, source: Layer) -> None:
        self.source = source
        self.elements = Elements()
        self.flow = Flow()
        self.marks: list[_Mark] = []
        self.chip = -1
        """How many elements are open around the chip that is."""
        self.label = -1
        """The same for a label."""
        self.closed = -1
        """Where the end tag of a phrase has just ended."""
        self.beside = 0
        """How many of the open elements stand beside the page's text unless they are left open."""
        self.aside: list[Readable] = []
        self.notes: list[dict[str, Any]] = []

    def read(self) -> Page:
        text = self.source.text
        for kind, start, end, name, attributes in tokens(text, self.elements):
            if kind == TEXT:
                self.flow.text(text, start, end)
            elif kind == OPEN:
                if name in _PHRASES:
                    touching = start == self.closed and text[end : end + 1].isupper()
                    self._part(name, attributes, start, touching=touching)
                self._open(name, attributes, start)
            elif kind == CLOSE:
                self._close(name, start)
                self.closed = end if name in _PHRASES else -1
            elif kind == REFERENCE:
                self.flow.reference(text[start:end], start)
            else:
                self._note("unclosed_markup", start, end, what=name)
        self._end_marks(0, len(text))
        layer = self.source.stitched(self.flow.element.pieces, len(text))
        return Page(layer, self.aside, self.notes)

    def _note(self, code: str, start: int, end: int, **details: object) -> None:
        self.notes.append(diagnostic(code, self.source.to_source(start, end), **details))

    def _part(self, name: str, attributes: str, at: int, touching: bool) -> None:
        """Part a phrase that stands by itself from what is beside it."""
        if self.elements.foreign:
            return
        if _says(attributes, "class", _CHIP):
            self.flow.part(at, spaced=self.flow.chipped == len(self.flow.element.pieces))
            self.chip = len(self.elements.names)
        elif name == "label" or _says(attributes, "class", _LABEL):
            self.label = len(self.elements.names)
        elif touching:
            self.flow.part_tile(at)

    def _open(self, name: str, attributes: str, at: int) -> None:
        elements = self.elements
        elements.make_room(name)
        depth = len(elements.names)
        if self.marks:
            self._end_marks(depth, at)
        foreign = elements.foreign
        opened = elements.push(name, closes_itself(attributes))
        if foreign:
            return
        hidden = _hides(name, attributes)
        if opened and (hidden or self._is_aside(name)):
            if name == "nav":
                self.flow.break_line(at)
            self.beside += name in _BESIDE
            self.marks.append(_Mark(depth, name, at, self.flow, hidden))
            self.flow = Flow(at)
            return
        self.flow.open(name, at, attributes)
        if name in _LISTS:
            self.flow.lists.append(Listing.of(name, attributes))
        self.flow.printed += name in _PRINTED
        if opened and (name in _LISTS or name in _PRINTED or name == "sup"):
            self.marks.append(_Mark(depth, name, at, held=len(self.flow.element.pieces)))

    def _is_aside(self, name: str) -> bool:
        """Whether the text of an element is set aside, hidden or not."""
        return name in _ASIDE and (name not in _BESIDE or self.beside < _MOST_BESIDE)

    def _close(self, name: str, at: int) -> None:
        foreign = self.elements.foreign
        self.elements.close(name)
        if self.marks:
            self._end_marks(len(self.elements.names), at, name)
        if not foreign:
            self.flow.close(name, at)
            if len(self.elements.names) == self.chip:
                self.flow.chipped, self.chip = len(self.flow.element.pieces), -1
            if len(self.elements.names) == self.label:
                self.flow.labelled, self.label = len(self.flow.element.pieces), -1

    def _end_marks(self, depth: int, at: int, name: str = "") -> None:
        """What happens where elements end, up to those with so many around them; `name` is the end tag's."""
        while self.marks and self.marks[-1].depth >= depth:
            mark = self.marks.pop()
            if mark.around is not None:
                self._set_aside(mark, at, by_itself=mark.name == name and mark.depth == depth)
            elif mark.name in _LISTS:
                self.flow.lists.pop()
            elif mark.name == "sup":
                self._set_mark_aside(mark)
            else:
                self.flow.printed -= 1

    def _set_mark_aside(self, mark: _Mark) -> None:
        """Set a footnote's mark aside; a power stays, and so does whatever is longer."""
        pieces = self.flow.element.pieces
        if len(pieces) - mark.held > _LONGEST_MARK:
            return
        raised = "".join(text[: _LONGEST_MARK + 1] for _, _, text in pieces[mark.held :])
        before = "".join(text[-_LONGEST_MARK:] for _, _, text in pieces[max(0, mark.held - 2) : mark.held])
        if not before.strip() or len(raised) > _LONGEST_MARK or not FOOTNOTE.fullmatch(raised.strip()):
            return
        if raised.strip().isdigit() and _VARIABLE.search(before):
            return
        element = Element("", mark.at)
        element.pieces = pieces[mark.held :]
        del pieces[mark.held :]
        self.aside.append(make_readable(element.layer(self.source)))

    def _set_aside(self, mark: _Mark, at: int, by_itself: bool) -> None:
        """Put the text of an element where it belongs, now that it ends with its own end tag or with what is around."""
        inner, self.flow = self.flow, mark.around or self.flow
        self.beside -= mark.name in _BESIDE
        if mark.name in _BESIDE and not mark.hidden and not by_itself:  # no one meant it to reach so far
            self.flow.go_on(inner, at)
        shown = any(not text.isspace() for _, _, text in inner.element.pieces)
        if shown and not (mark.name == "template" and by_itself):
            self.aside.append(make_readable(inner.element.layer(self.source)))
            if mark.hidden:
                self._note("struck_text" if mark.name in _STRUCK else "hidden_text", mark.at, at)


def _says(attributes: str, name: str, what: regex.Pattern[str]) -> bool:
    """Whether the attribute of that name says so; most tags are told apart without reading their attributes."""
    return what.search(attributes) is not None and what.search(attribute_values(attributes).get(name, "")) is not None


def _hides(name: str, attributes: str) -> bool:
    """Whether HTML itself says that an element is not shown."""
    if not attributes and name not in _CLOSED and name not in _STRUCK:
        return False
    written = attributes.lower()
    if name in _STRUCK or (name in _PHRASES and _says(written, "style", _UNSEEN)):
        return True
    if name == "template":
        return "shadowrootmode" not in written
    if name == "dialog":
        return "open" not in attribute_names(written)
    if not any(word in written for word in _HIDING) or any(word in written for word in _REVEALED):
        return False
    names = attribute_names(written)
    return any(word in names for word in _HIDING)
