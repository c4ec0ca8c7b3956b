"""An XML document as a tree: an attribute is a child whose name begins with "@", HTML inside a field is its text.

Of a document that is cut off or broken, what stands behind is a text without a name.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from trialparse.layouts.tree import Element, Tree, child_of
from trialparse.text.fragments import BLOCKS, INLINE, MEANT

_CONTROL = {code: " " for code in range(32) if code not in (9, 10, 13)}
_NO_MARKUP = re.compile(rb"(&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);))|<(?![A-Za-z_:/!?])")
"""Signs that XML wants escaped, and many writers do not: `Q&A`, `age < 18`, `&nbsp;`."""
_STAND_INS = {0x80: "&", 0x81: "<", 0x82: "<"}
"""What the parser sees in their place: characters that are nowhere else, since all others are ASCII by then."""
_HTML_SIGN = "\x82"
"""What it sees where a tag of HTML begins inside a record: text like any other, whether it is escaped or not."""
_HTML = rf"(?:{BLOCKS}|{INLINE}|{MEANT})(?=[\s/>])".encode()
_HTML_TAG = re.compile(rb"<(?=/?" + _HTML + rb"[^<>]*>)", re.IGNORECASE)
_RECORD = re.compile(rb"<(?!" + _HTML + rb")([A-Za-z_][^\s<>/]*)", re.IGNORECASE)
"""The element that holds all others, whatever HTML is around it."""
_TAG = re.compile(r"<[A-Za-z_:/!?][^<>]*>")


class EntityRefusedError(ValueError):
    """The document declares entities of its own, which could expand without bound or read files."""


def xml_tree(source: str) -> Tree:
    """The tree of an XML text; never raises."""
    return _Reader(source).read()


class _Reader:
    """A document being read."""

    def __init__(self, source: str) -> None:
        self.source = source
        # one byte a character, so that the parser's byte offsets are the source's; the texts come from the source
        plain = source.translate(_CONTROL).encode("ascii", "replace")
        self.plain = _html_as_text(_NO_MARKUP.sub(lambda match: b"\x80" if match[1] else b"\x81", plain))
        self.root = Element("", 0)
        self.stack = [self.root]
        self.with_html: set[Element] = set()
        self.parser = expat.ParserCreate("iso-8859-1")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = _refuse

    def read(self) -> Tree:
        refused, broken = False, None
        try:
            self.parser.Parse(self.plain, True)
        except EntityRefusedError:
            refused = True
        except expat.ExpatError:
            at = self.parser.ErrorByteIndex
            # the tag is whole that is wrong here
            broken = max(self.source.rfind("<", 0, at), self.source.rfind(">", 0, at) + 1)
            last = self.stack[-1] if len(self.stack) > 1 or not self.root.children else self.root.children[-1]
            _add_rest(last, self.source, broken)
        for element in self.stack:
            element.end = len(self.source)
        return Tree(self.root, refused, broken)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        element = child_of(self.stack[-1], _local(name), at)
        self.stack.append(element)
        for key, value in attributes.items():
            attribute = child_of(element, f"@{_local(key)}", at)
            attribute.pieces, attribute.end = [(at, at + 1, value.translate(_STAND_INS))], at + 1

    def _end(self, _: str) -> None:
        at = self.parser.CurrentByteIndex
        element = self.stack.pop()
        element.end = self.plain.find(b">", at) + 1 if self.plain.startswith(b"</", at) else at
        if element in self.with_html:  # whoever reads it resolves the escapes: `&lt;` begins no tag there
            element.pieces = [(start, end, self.source[start:end]) for start, end, _ in element.pieces]

    def _data(self, text: str) -> None:
        at = self.parser.CurrentByteIndex
        size = len(text)
        element = self.stack[-1]
        if _HTML_SIGN in text:
            self.with_html.add(element)
        if self.plain[at : at + size] == text.encode("latin-1", "replace"):
            element.pieces.append((at, at + size, self.source[at : at + size]))
        else:
            close = self.plain.find(b";", at) + 1 if self.plain[at : at + 1] == b"&" else at + 2
            element.pieces.append((at, close, text))


def _refuse(*_: object) -> None:
    raise EntityRefusedError


def _html_as_text(plain: bytes) -> bytes:
    """The document with a stand-in for what opens each tag of HTML inside its outermost element."""
    record = _RECORD.search(plain)
    if record is None:
        return plain
    last = plain.rfind(b"</" + record[1])
    start, end = record.end(), last if last >= 0 else len(plain)
    return plain[:start] + _HTML_TAG.sub(_HTML_SIGN.encode("latin-1"), plain[start:end]) + plain[end:]


def _add_rest(element: Element, source: str, at: int) -> None:
    """Add what stands from `at` on as a text, without its tags."""
    rest = child_of(element, "", at)
    rest.end = len(source)
    for tag in _TAG.finditer(source, at):
        rest.pieces += [(at, tag.start(), source[at : tag.start()]), (tag.start(), tag.end(), "\n")]
        at = tag.end()
    rest.pieces.append((at, len(source), source[at:]))


def _local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]
