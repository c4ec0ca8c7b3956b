"""The open elements of a page, by the rules of HTML for what opens inside what and what ends it.

The parts of https://html.spec.whatwg.org/multipage/parsing.html#tree-construction that decide where an element ends,
and so how far something hidden reaches, and what is SVG; no tree is built. Every step takes constant time, whatever is
open.
"""

from __future__ import annotations

from collections import defaultdict

_BLOCKS = frozenset(
    "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer form"
    " header hgroup listing main menu nav ol pre search section summary ul".split()
)
"""What an end tag closes however deep it is open, with all that is open inside."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS_PARAGRAPH = _BLOCKS - {"button"} | HEADINGS | {"p", "hr", "li", "dd", "dt", "table", "xmp", "plaintext"}
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split()
)
_IGNORED = frozenset({"html", "head", "body", "frameset"})
"""Tags that say where the page's parts are, which is known without them."""
_CELLS, _GROUPS = ("td", "th"), ("tbody", "thead", "tfoot")
_PARTS = (*_CELLS, *_GROUPS, "tr", "caption", "colgroup")
_ENDS_IN_TABLE = dict.fromkeys(_PARTS, _PARTS) | dict.fromkeys(_CELLS, _CELLS) | {"tr": (*_CELLS, "tr", "caption")}
"""Parts of a table -> the parts that end where one begins."""
_HOLDS = (
    dict.fromkeys(_PARTS, ("table",)) | dict.fromkeys(_CELLS, ("tr", *_GROUPS, "table")) | {"tr": (*_GROUPS, "table")}
)
"""Parts of a table -> what they stand in; whatever else was opened there ends where they begin."""
_KIND = dict.fromkeys(HEADINGS, "h1")
"""Elements that an end tag of any of them ends -> the name they are kept under."""
_INTEGRATED = frozenset(
    {"svg foreignobject", "svg desc", "svg title", "math mi", "math mo", "math mn", "math ms", "math mtext"}
)
"""Elements of SVG and MathML that hold HTML."""
_SCOPES = frozenset({"applet", "caption", "table", "td", "th", "marquee", "object", "select", "template"}) | _INTEGRATED
"""No end tag inside closes what is open around them."""
_SPECIAL = _BLOCKS | _SCOPES | {"h1", "li", "dd", "dt", "p", "noscript", "select", "xmp", *_PARTS}
_SOFT = frozenset({"address", "div", "p"})
"""Special elements that an item ends with the item before it."""
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""What ends at its end tag though a block inside is open."""
_NOT_IN_ITSELF = frozenset({"a", "nobr"})
"""Formatting that ends where another of its name begins."""
_GONE = "-"
"""What stands on the stack where an element ended before those inside it."""
_OUT_OF_SVG = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta"
    " nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
"""HTML that has no place in SVG and ends it."""

OF_PAGES = _BLOCKS | HEADINGS | _FORMATTING | {*_PARTS, "table", "p", "li", "dt", "dd", "span", "br", "hr", "img"}
"""Elements whose names tell HTML from the records of a program, where two of them stand together."""


class Elements:
    """The stack of open elements."""

    def __init__(self) -> None:
        self.names: list[str] = []
        """From the outermost to the innermost; those of SVG and MathML as "svg path", "math mi"."""
        self.foreign = False
        """Whether the innermost is one of SVG or MathML, and holds no HTML."""
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._cut_off: dict[str, int] = {}  # formatting that ended without its own end tag, by number
        self._cuts = 0
        self._cuts_before: list[int] = []  # for each open scope
        self._scopes = [-1]
        self._special = [-1]
        self._hard = [-1]
        self._html = [-1]  # where HTML begins inside SVG or MathML
        self._walls = (self._scopes, self._special, self._hard, self._html)

    @property
    def admits_cdata(self) -> bool:
        """Whether the innermost element is one of SVG or MathML, be it one that holds HTML."""
        return bool(self.names) and " " in self.names[-1]

    def make_room(self, name: str) -> None:
        """Close what the start tag of `name` closes."""
        if self.foreign:
            if name not in _OUT_OF_SVG:
                return
            while self.foreign:
                self._close_to(len(self.names) - 1)
        kind = _KIND.get(name, name)
        if name in _ENDS_IN_TABLE:
            self._end_in_table(name)
            return
        if name == "table" and self._last("table") > max(map(self._last, ("template", "caption", *_CELLS))):
            self._close_to(self._last("table"))  # a table holds another in its cells alone
        if name in _ENDS_PARAGRAPH and self._places["p"]:
            self._end("p", max(self._scopes[-1], self._last("button")))
        if name == "li":
            self._end("li", self._hard[-1])
        elif name in ("dd", "dt"):
            self._end("dd", self._hard[-1])
            self._end("dt", self._hard[-1])
        elif kind == "h1" or name == "option":
            self._end(kind, len(self.names) - 1)
        elif name == "button":
            self._end(name, self._scopes[-1])
        elif name in _NOT_IN_ITSELF and self._last(name) > self._scopes[-1]:
            self.close(name)

    def push(self, name: str, self_closing: bool) -> bool:
        """Open an element, if `name` stays open; whether it does."""
        if self.foreign or name in ("svg", "math"):
            if not self.foreign:
                self._reopen()
            space = name if not self.foreign else self.names[-1].partition(" ")[0]
            if self_closing:
                return False
            name = f"{space} {name}"
        elif name in _VOID or name in _IGNORED or (name == "form" and self._last("form") >= 0):
            return False
        name = _KIND.get(name, name)
        if name in _ENDS_IN_TABLE and self._last("table") <= self._last("template"):
            return False
        at = len(self.names)
        if self.admits_cdata and " " not in name:
            self._html.append(at)
        self.names.append(name)
        self._places[name].append(at)
        if name in _SCOPES:
            self._scopes.append(at)
            self._cuts_before.append(self._cuts)
        if name in _SPECIAL:
            self._special.append(at)
            if name not in _SOFT:
                self._hard.append(at)
        self.foreign = " " in name and name not in _INTEGRATED
        return True

    def _reopen(self) -> None:
        """Open formatting again that blocks of the innermost scope have ended before its own end tag."""
        before = self._cuts_before[-1] if self._cuts_before else 0
        for name in [name for name, number in self._cut_off.items() if number > before]:
            del self._cut_off[name]
            self.push(name, False)

    def close(self, name: str) -> None:
        """Close what the end tag of `name` closes: nothing, where no such element is open in its reach."""
        self._close(name)
        self._cut_off.pop(name, None)

    def _close(self, name: str) -> None:
        if self.admits_cdata and self._close_foreign(name):
            return
        kind = _KIND.get(name, name)
        if self.names and self.names[-1] == kind:
            self._close_to(len(self.names) - 1)
        elif name in _ENDS_IN_TABLE or name in ("table", "template"):
            self._end(name, -1 if name == "template" else max(self._last("table"), self._last("template")))
        elif name == "p":
            self._end("p", max(self._scopes[-1], self._last("button")))
        elif name == "li":
            self._end("li", max(self._scopes[-1], self._last("ol"), self._last("ul")))
        elif name == "form":
            self._end_early("form", len(self.names))
        elif name in _FORMATTING and self._last(name) < self._special[-1]:
            self._end_early(name, self._special[-1] + 1)
        elif name in _BLOCKS or kind == "h1" or name in ("dd", "dt", "object", "applet", "marquee", "select"):
            self._end(kind, self._scopes[-1])
        else:
            self._end(kind, self._special[-1])

    def _close_foreign(self, name: str) -> bool:
        """Close an element of SVG or MathML; else, where its name says so, leave them."""
        for space in ("svg", "math"):
            place = self._last(f"{space} {name}")
            if place > self._html[-1]:
                self._close_to(place)
                return True
        if name in ("p", "br"):
            while self.foreign:
                self._close_to(len(self.names) - 1)
        return False

    def _end_early(self, name: str, inside: int) -> None:
        """End an element from which others have got out: of those inside, the ones below `inside` stay open."""
        place = self._last(name)
        if max(self._scopes[-1], 0) <= place < inside:
            self._close_to(inside)
            self._places[name].pop()
            self._places[_GONE].append(place)
            self.names[place] = _GONE

    def _end_in_table(self, name: str) -> None:
        table = max(self._last("table"), self._last("template"))
        open_parts = [place for part in _ENDS_IN_TABLE[name] if (place := self._last(part)) > table]
        if open_parts:
            self._close_to(min(open_parts))
        if self._last("table") == table >= 0:
            self._close_to(max(map(self._last, _HOLDS[name])) + 1)

    def _last(self, name: str) -> int:
        places = self._places.get(name)
        return places[-1] if places else -1

    def _end(self, name: str, wall: int) -> None:
        """Close the innermost `name` with all inside it, if it stands at `wall` or further in."""
        place = self._last(name)
        if place >= max(wall, 0):
            self._close_to(place)

    def _close_to(self, size: int) -> None:
        while len(self.names) > size:
            name = self.names.pop()
            at = len(self.names)
            self._places[name].pop()
            if name in _FORMATTING:
                self._cuts += 1
                self._cut_off[name] = self._cuts
            elif name in _SCOPES:
                before = self._cuts_before.pop()
                self._cut_off = {each: number for each, number in self._cut_off.items() if number <= before}
            if name in _SPECIAL or name == _GONE or self._html[-1] == at:
                for walls in self._walls:
                    if walls[-1] == at:
                        walls.pop()
        self.foreign = bool(self.names) and " " in self.names[-1] and self.names[-1] not in _INTEGRATED
