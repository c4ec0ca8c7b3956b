"""Reading rows: records of no known format, whose fields are found by the names of their columns or keys."""

from __future__ import annotations

import json
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

import regex

from trialparse.criteria.passage import Passage
from trialparse.layouts.base import Record
from trialparse.layouts.deparsed import is_deparsed
from trialparse.layouts.documents import document_tree
from trialparse.layouts.elements import OF_PAGES
from trialparse.layouts.field_markup import field_readable
from trialparse.layouts.fields import BLOCK_READERS
from trialparse.layouts.leftover import Told, texts
from trialparse.layouts.markup import html_readable, looks_like_html
from trialparse.layouts.page import CRITERIA, Value, lines_of
from trialparse.layouts.structured import remarks, several_records
from trialparse.layouts.tags import RAW
from trialparse.layouts.tree import Element, delimiter_of
from trialparse.layouts.values import LINE_READERS, Found, is_filler
from trialparse.lexicon.columns import column
from trialparse.lexicon.fields import spelling
from trialparse.models.diagnostic import diagnostic
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable

_DOCUMENT = regex.compile(
    r"""\ufeff?\s*+(?: \{\s*+(?:"|\}) | \[\s*+[\[{"\]]                             # JSON
                     | <\?xml\b | <!DOCTYPE\s++(?!html\b)                                         # XML
                     | <(?!!|\?|(?:html|head|body)\b|/)[A-Za-z_][\w.:-]*+[^<>]*+>\s*+< )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_JSON = regex.compile(r"\ufeff?\s*+[\[{]")
_OUTERMOST = regex.compile(r"\ufeff?\s*+(?:<\?[^>]*+>\s*+|<!--(?>[^-]++|-(?!->))*+-->\s*+)*+<([A-Za-z_][\w.:]*+)[\s>]")
_HTML = OF_PAGES | RAW | {"html", "head", "body", "meta", "link", "base", "label"}
_TELLING = frozenset({"trial_id", "brief_title", "official_title", "acronym", "text", *CRITERIA})
_CONTENT = frozenset({"text", "criteria", "inclusion", "exclusion"})
_ANYWHERE = frozenset({*CRITERIA, "minimum_age", "maximum_age", "ages", "sex", "healthy_volunteers"})
"""What is believed of keys that stand deeper in a row as well; a `title` there is the title of something else."""
_DEEPEST = 4
_ENOUGH = 3
"""So many names that say something make a row of what has a title or a number."""
_PARTS = 2
"""So many parts with such names make one row of what holds them."""
_HEAD = 4000
_KEY = regex.compile(r'["<](\w[\w -]{1,30}+)["> ]')
"""What may be the name of a key or an element."""
_LONGEST_NAME = 80
_NO_NAME = regex.compile(r"[={}<>;]|\)\)|\.\s")
_WORD = regex.compile(r"[\p{L}\p{N}]")
_TILDES = regex.compile(r"~(?=\s*+(?:[*•-]|\(?\d{1,2}[.)])\s)|~\s*+(?=\S)|~\s*+$")
_TILDE_BREAK = regex.compile(r":\s*+~|~\s*+(?:[*•-]|\(?\d{1,2}[.)])\s")
_QUOTED = regex.compile(r"""'((?:[^'\\]++|\\.)*+)'|"((?:[^"\\]++|\\.)*+)\"""")
_SEPARATORS = "|;\n"
_LISTS = frozenset({"conditions", "keywords", "secondary_ids", "collaborators", "interventions"})
_CODES: Mapping[str, Mapping[str, str]] = {
    "sex": {"a": "All", "b": "All", "f": "Female", "m": "Male"},
    "healthy_volunteers": {"t": "yes", "f": "no", "1": "yes", "0": "no", "y": "yes", "n": "no"},
}
"""Values that mean something only in a column of that name."""


def is_document(text: str) -> bool:
    """Whether a text is JSON, XML, a table or a data frame of R, and no page for people."""
    return _DOCUMENT.match(text) is not None or is_table(text) or is_deparsed(text)


def is_table(text: str) -> bool:
    """Whether a text begins with a row that names columns, and one of them may hold criteria or a page."""
    header, _, rest = text[:_HEAD].lstrip("\ufeff\n\r").partition("\n")
    names = names_in(header)
    meanings = {meaning for name in names if (meaning := column(name))}
    return len(names) > 1 and bool(rest) and len(meanings & _TELLING) > 1


def names_in(header: str) -> list[str]:
    """The names of columns in the first row of a table; none if it holds what is no name."""
    names = [name.strip().strip('"') for name in header.strip("\ufeff\r\n").split(delimiter_of(header))]
    return names if all(len(name) < _LONGEST_NAME and not _NO_NAME.search(name) for name in names) else []


@dataclass(frozen=True)
class Cell:
    """One column of a row: its name and what it holds."""

    name: str
    meaning: str
    leaves: list[Element]

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the source."""
        return self.leaves[0].start, self.leaves[-1].end

    def layer(self, source: Layer) -> Layer:
        """Its text; the members of a list stand on lines of their own, and so does what stands between tildes.

        Nothing goes on behind what other columns say in between.
        """
        whole = Element(self.name, self.leaves[0].start)
        for leaf in self.leaves:
            for _, end, _ in whole.pieces[-1:]:  # so that what is read of the member before reaches no further
                apart = _WORD.search(source.text[end : leaf.start].replace(leaf.name, ""))
                whole.pieces.append((end, end, "\n\n" if apart else "\n"))
            whole.pieces += leaf.pieces
        layer = whole.layer(source)
        if "\n" not in layer.text and _TILDE_BREAK.search(layer.text):
            layer = layer.replaced(_TILDES, lambda _: "\n")
        return layer

    def readable(self, source: Layer) -> Readable:
        """The same, ready for reading."""
        layer = self.layer(source)
        return html_readable(layer) if looks_like_html(layer.text) else field_readable(layer)

    def apart(self) -> list[Cell]:
        """It in parts: none goes on behind criteria of another column that stand within it, as XML admits."""
        inner = (each for leaf in self.leaves for each in leaf.walk() if each is not leaf)
        cuts = sorted(each.start for each in inner if column(each.name) in CRITERIA)
        parts: dict[int, list[Element]] = {}
        for leaf in self.leaves:
            for at, pieces in groupby(leaf.pieces, lambda piece: bisect(cuts, piece[0])):
                part = Element(leaf.name, leaf.start)
                part.end, part.pieces = leaf.end, [*pieces]
                parts.setdefault(at, []).append(part)
        return [replace(self, leaves=part) for part in parts.values()]

    def text(self) -> str:
        """Its text without places."""
        return "\n".join(leaf.text for leaf in self.leaves).strip()


class Rows:
    """The format of rows."""

    description = "a row of a table, or an unknown record in JSON or XML, by the names of its columns"

    def confidence(self, readable: Readable) -> float:
        """Less than that of any format that is known, and nothing for a page."""
        return self.fits(readable.source.text)

    def fits(self, text: str) -> float:
        """As `confidence`, of the source itself."""
        return (
            0.6 if is_document(text) and (_JSON.match(text) or not looks_like_html(text) or self._is_xml(text)) else 0.0
        )

    def _is_xml(self, text: str) -> bool:
        """Whether a text that holds HTML is a document of rows, whose fields hold it."""
        outermost = _OUTERMOST.match(text)
        if outermost is None or outermost[1].lower() in _HTML or not text.rstrip().endswith(f"</{outermost[1]}>"):
            return False
        return bool(self.records(document_tree(text).root))

    def records(self, root: Element) -> list[Element]:
        """The elements of a document that are rows, in order."""
        found: list[Element] = []
        todo = [root]
        while todo:
            element = todo.pop()
            if _is_row(_meanings(element)) or _is_row(_spread(element)):
                found.append(element)
            else:
                todo.extend(reversed(element.children))
        return found

    def divide(self, source: str) -> list[str]:
        """The text of each row in a source."""
        if _JSON.match(source) and source.count("{") < 2:  # one object
            return [source]
        root = document_tree(source).root
        rows = self.records(root)
        if rows and (is_table(source) or is_deparsed(source)):  # without its header a line says little
            rows = root.children  # those that say nothing too
            return [json.dumps({leaf.name: leaf.text for leaf in row.children}, ensure_ascii=False) for row in rows]
        return [source[row.start : row.end] for row in rows]

    def page(self, readable: Readable) -> Readable | None:
        """The page that the first row holds, if a column holds one."""
        source = readable.source
        if not any(column(match[1]) == "text" for match in _KEY.finditer(source.text)):
            return None
        root = document_tree(source.text).root
        rows = self.records(root)
        cells = {cell.meaning: cell for cell in self._cells(rows[0])} if len(rows) == 1 else {}
        return cells["text"].readable(source) if "text" in cells and cells.keys().isdisjoint(CRITERIA) else None

    def read(self, readable: Readable) -> Record:
        """Read the first row; never raises on text."""
        source = readable.source
        tree = document_tree(source.text)
        record = Record(notes=remarks(tree, source))
        rows = self.records(tree.root)
        row = rows[0] if rows else tree.root
        cells = list(self._cells(row))
        used = {id(leaf) for cell in cells if _read(cell, source, record) for leaf in cell.leaves}
        told = Told(texts([record.fields, record.eligibility]))
        coded_leaves = (leaf for cell in cells if cell.meaning not in CRITERIA for leaf in cell.leaves)
        used -= {id(leaf) for leaf in coded_leaves if told.lacks(leaf.text)}  # they say more than the field they filled
        self._keep(row, used, source, record)
        if len(rows) > 1:
            record.notes.append(several_records(self._name(each) for each in rows))
        if cells:
            taken = ", ".join(f"{cell.meaning} from {cell.name!r}" for cell in cells)
            record.notes.append(diagnostic("columns_read", None, columns=taken))
        filled = record.fields.keys() | record.eligibility.keys()
        numbered = "trial_id" in filled and filled > {"trial_id", "registry"}
        if not record.passages and not numbered and not filled & {"brief_title", "official_title"}:
            names = dict.fromkeys(leaf.name for leaf in row.leaves() if leaf.name)
            record.notes.append(diagnostic("no_usable_text", None, columns=", ".join(names)[:400]))
        return record

    def _name(self, row: Element) -> str:
        ids = (cell.text() for cell in self._cells(row) if cell.meaning == "trial_id")
        found = next((value for text in ids if (value := LINE_READERS["trial_id"](text, ""))), None)
        return str(found["trial_id"]) if found else "?"

    def _cells(self, row: Element) -> Iterator[Cell]:
        """The columns of a row whose names say something, each meaning once, the nearest to the row first."""
        seen: dict[str, Cell] = {}
        level, depth = [row], 0
        parts = 0 if _is_row(_meanings(row)) else 1  # a row may be made of objects that each hold some of it
        while level and depth < _DEEPEST:
            named: dict[str, list[Element]] = {}
            for element in level:
                for child in element.children:
                    if child.pieces and child.text:
                        named.setdefault(child.name, []).append(child)
            for name, leaves in named.items():
                meaning = column(name)
                if meaning is None or (depth > parts and meaning not in _ANYWHERE):
                    continue
                held = seen.get(meaning)
                # of several that may be the number, such as `id` and `nct_id`, the one that is one
                if held is None or (meaning == "trial_id" and not _is_id(held)):
                    seen[meaning] = Cell(name, meaning, leaves)
            children = [child for element in level for child in element.children if child.children]
            names = Counter(child.name for child in children)
            level = [child for child in children if names[child.name] == 1]
            depth += 1
        yield from seen.values()

    def _keep(self, row: Element, used: set[int], source: Layer, record: Record) -> None:
        for leaf in row.leaves():
            text = "" if id(leaf) in used else leaf.shown(source).strip()
            if text:
                name = make_readable(leaf.name)
                span = {"start": leaf.start, "end": max(leaf.end, leaf.start)}
                heading = name.show(0, len(name.text)) or None
                record.sections.append({"heading": heading, "text": text, "span": span})


def _meanings(element: Element) -> set[str]:
    """What the columns of an element hold that say something."""
    return {meaning for child in element.children if child.pieces and (meaning := column(child.name))}


def _spread(element: Element) -> set[str]:
    """The same of its parts, where none of them repeats or is a row of its own but for its criteria."""
    parts = [child for child in element.children if child.children]
    meanings = [_meanings(part) for part in parts]
    if len({part.name for part in parts}) < len(parts) or sum(bool(each & _TELLING) for each in meanings) < _PARTS:
        return set()
    return set().union(*meanings)


def _is_row(meanings: set[str]) -> bool:
    telling = len(meanings & _TELLING)
    return bool(meanings & _CONTENT) or telling > 1 or (telling > 0 and len(meanings) >= _ENOUGH)


def _is_id(cell: Cell) -> bool:
    return LINE_READERS["trial_id"](cell.text(), "") is not None


def _read(cell: Cell, source: Layer, record: Record) -> bool:
    """Fill the record from one column; whether its text was used."""
    if cell.meaning in CRITERIA:
        for readable in (part.readable(source) for part in cell.apart()):
            text = readable.text
            if text.strip() and not is_filler(text):
                record.passages.append(Passage(readable, 0, len(text), CRITERIA[cell.meaning]))
        return True
    if cell.meaning in ("text", "url"):
        return False
    found = _value(cell, source)
    if found is None:
        if cell.meaning != "trial_id":
            note = diagnostic("unreadable_value", cell.place, field=cell.meaning, value=cell.text()[:120])
            record.notes.append(note)
        return False
    return record.add(found, cell.place)


def _value(cell: Cell, source: Layer) -> Found | None:
    readable = cell.readable(source)
    own = _CODES.get(cell.meaning, {}).get(spelling(cell.text()))
    if cell.meaning in LINE_READERS:
        text = own or readable.show(0, len(readable.text))
        text = text.replace("_", " ") if cell.meaning == "ages" else text  # ADULT, OLDER_ADULT
        items = _members(text)
        return LINE_READERS[cell.meaning]("|".join(items) if items else text, "")
    if cell.meaning in _LISTS and (items := _items(readable.show_lines(0, len(readable.text)))):
        readable = make_readable("\n".join(items))
    value = Value(readable, cell.name, lines_of(readable.text))
    reader = BLOCK_READERS.get(cell.meaning)
    return reader(value) if reader and value.lines else {}


def _members(text: str) -> list[str]:
    """The texts of a list as programs print one: `['a', "b"]`."""
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]")) or "{" in text:
        return []
    return [single or double for single, double in _QUOTED.findall(text)]


def _items(text: str) -> list[str]:
    """The items of a list in one cell: members, or what stands between bars, semicolons or line breaks."""
    members = _members(text)
    if members:
        return members
    separator = next((each for each in _SEPARATORS if each in text), None)
    return [item for part in text.split(separator) if (item := part.strip())] if separator else []
