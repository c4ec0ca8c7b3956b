"""A document as one kind of tree, whose texts know where they stand in the source; JSON and tables as one.

An array is the repetition of its member. Documents that are cut off or broken give the tree of what came before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import regex

from trialparse.text.decode import well_formed
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable

_TRANSPORT = regex.compile(r"[\\&<\r]|_x00")
Piece = tuple[int, int, str]
"""Source start, source end, text: equal lengths mean the text stands there as it is."""


class Element:
    """One value of a document: children, or text, or both."""

    __slots__ = ("children", "end", "key", "name", "pieces", "start")

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.key = name.lower()
        """The name as paths compare it."""
        self.start = start
        self.end = start
        self.children: list[Element] = []
        self.pieces: list[Piece] = []

    def all(self, path: str) -> list[Element]:
        """The descendants at a path of names: `location/facility/name`."""
        found = [self]
        for name in filter(None, path.split("/")):
            found = [child for element in found for child in element.children if child.name == name]
        return found

    def first(self, path: str) -> Element | None:
        """The first of `all`, or None."""
        return next(iter(self.all(path)), None)

    def walk(self) -> Iterator[Element]:
        """The element and its descendants, in order."""
        todo = [self]
        while todo:
            element = todo.pop()
            yield element
            todo.extend(reversed(element.children))

    def leaves(self) -> Iterator[Element]:
        """The descendants that hold text, in order."""
        return (element for element in self.walk() if element.pieces)

    @property
    def text(self) -> str:
        """The text as the format decodes it."""
        return "".join(text for _, _, text in self.pieces).strip()

    def shown(self, source: Layer, breaks: regex.Pattern[str] | None = None) -> str:
        """The text as a reader sees it, escapes resolved."""
        text = "".join(text for _, _, text in self.pieces)
        if not _TRANSPORT.search(text) and not (breaks and breaks.search(text)):  # most texts: nothing to resolve
            return text
        readable = self.readable(source, breaks)
        return readable.show_lines(0, len(readable.text))

    def readable(self, source: Layer, breaks: regex.Pattern[str] | None = None) -> Readable:
        """The text, ready for reading, over `source`; matches of `breaks` are line breaks."""
        return make_readable(self.layer(source, breaks), fragment=True)

    def layer(self, source: Layer, breaks: regex.Pattern[str] | None = None) -> Layer:
        """As `readable`, before it is made ready."""
        layer = source.stitched(self.pieces, self.pieces[-1][1] if self.pieces else self.start)
        return layer.replaced(breaks, lambda _: "\n") if breaks else layer


class Tree(NamedTuple):
    """A document that was read, as far as it could be."""

    root: Element
    refused: bool = False
    """Whether the reading stopped at a declaration of entities."""
    broken: int | None = None
    """Where it stopped because the document is broken, or ends."""


_FOLDED = regex.compile(r"[ \t]*+\n(?P<indent>[ \t]++)\S[^\n]*+(?:\n(?P=indent)\S[^\n]*+)++\s*+")
_FOLD = regex.compile(r"\n[ \t]++(?=\p{Ll}(?![.)]))")


def unfolded(layer: Layer) -> Layer:
    """The text of an element whose lines a program broke and indented to fit the document: small letters go on."""
    if not _FOLDED.fullmatch(layer.text):
        return layer
    return layer.replaced(_FOLD, lambda _: " ")


# --- JSON -------------------------------------------------------------------------------------------------------------

_TOKEN = regex.compile(r'(?:([{}\[\],:])|"((?:[^"\\]++|\\.)*+)("|\Z|\\\Z)|([^\s{}\[\],:"]++))', regex.DOTALL)
_ESCAPES = regex.compile(r"(?:\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)")


def json_tree(source: str) -> Element:
    """The tree of a JSON text; never raises."""
    root = Element("", 0)
    stack: list[tuple[Element, str | None]] = [(root, "")]  # where values go, and the name of the array around them
    name = ""
    for match in _TOKEN.finditer(source):
        parent, array_name = stack[-1]
        mark = match[1]
        if mark == "[":  # its members are children of the object around it
            name = name or "item"
            stack.append((parent, name))
        elif mark == "{":
            top = len(stack) == 1 and not root.children
            if top:
                root.start = match.start(1)
            elif len(stack) == 1 and root.end:
                _part(root)
            stack.append((root if top else child_of(parent, name, match.start(1)), None))
            name = ""
        elif mark in ("}", "]"):
            if len(stack) > 1:
                stack.pop()
                parent.end = match.end()
            name = stack[-1][1] or ""
        elif mark == ",":
            name = array_name or ""
        elif mark is None:
            group = 2 if match[2] is not None else 4
            if group == 2 and array_name is None and not name and _is_key(source, match.end()):
                name = _decoded(match[2])
                continue
            element = child_of(parent, name, match.start(group))
            element.end = match.end(group)
            if match[4] != "null":
                element.pieces = list(json_pieces(source, *match.span(group)))
    for element, _ in stack:
        element.end = len(source)
    return root


def _part(root: Element) -> None:
    """Make the object that was taken for the whole document a child of it: another one follows."""
    first = Element("", root.start)
    first.children, first.end = root.children, root.end
    root.children, root.start, root.end = [first], 0, 0


def _is_key(source: str, at: int) -> bool:
    return source[at : at + 40].lstrip().startswith(":")


def child_of(parent: Element, name: str, start: int) -> Element:
    """A new last child of an element."""
    element = Element(name, start)
    parent.children.append(element)
    return element


def json_pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a string of JSON between its quotes, escapes decoded."""
    done = start
    escapes = _ESCAPES.finditer(source, start, end) if source.find("\\", start, end) >= 0 else ()
    for match in escapes:
        if match.start() > done:
            yield done, match.start(), source[done : match.start()]
        yield match.start(), match.end(), _decoded(match.group())
        done = match.end()
    if done < end:
        yield done, end, source[done:end]


def _decoded(raw: str) -> str:
    if "\\" not in raw:
        return raw
    try:
        return well_formed(str(json.loads(f'"{raw}"', strict=False)))
    except ValueError:
        return raw


# --- CSV --------------------------------------------------------------------------------------------------------------

_DELIMITERS = ",;\t|"
_HEADER = regex.compile(r"[^\n]*+")


@cache
def _cell(delimiter: str) -> regex.Pattern[str]:
    mark = regex.escape(delimiter)
    return regex.compile(rf'[ ]*+(?:"((?:[^"]++|"")*+)"?|([^{mark}\n\r"]*+))[ ]*+({mark}|\r?\n|\r|$)')


def delimiter_of(header: str) -> str:
    """The character that most often stands between the names in the first row of a table."""
    return max(_DELIMITERS, key=header.count)


def csv_tree(source: str) -> Element:
    """The tree of a table whose first row names the columns: one child `row` for each further row; never raises."""
    root = Element("", 0)
    names: list[str] = []
    row = root
    column, at = 0, 0
    header = True
    first = _HEADER.search(source)
    cell_of = _cell(delimiter_of(first.group() if first else ""))
    while at < len(source):
        match = cell_of.match(source, at)
        if match is None or match.end() == at:
            at += 1
            continue
        group = 1 if match[1] is not None else 2
        if header:
            names.append(match[group].strip().lstrip("\ufeff"))
        elif match[group]:
            row = child_of(root, "row", at) if column == 0 or row is root else row
            cell = child_of(row, names[column] if column < len(names) else "", match.start(group))
            cell.end = row.end = match.end(group)
            cell.pieces = [*_quote_pieces(source, *match.span(group))]
        at = match.end()
        column += 1
        if match[3][:1] in "\r\n":
            header, column, row = False, 0, root
    root.end = len(source)
    return root


def _quote_pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    done = start
    while (at := source.find('""', done, end)) >= 0:
        yield done, at + 1, source[done : at + 1]
        done = at + 2
    if done < end:
        yield done, end, source[done:end]
