"""Reading a document tree by a table of paths: the formats' counterpart of a page layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import dedent
from typing import Any

import regex

from trialparse.criteria.passage import Passage
from trialparse.layouts.base import Record
from trialparse.layouts.documents import document_tree
from trialparse.layouts.field_markup import field_readable, has_blocks
from trialparse.layouts.leftover import Told, texts
from trialparse.layouts.paths import Document, find, reference, terms
from trialparse.layouts.tree import Element, Piece, Tree, unfolded
from trialparse.layouts.values import LINE_READERS, Found, is_filler, value_type
from trialparse.lexicon.fields import coded, spelling
from trialparse.models.diagnostic import diagnostic
from trialparse.models.eligibility import SectionName
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable

_XML_BULLET = regex.compile(r"^([ \t]*+)- {2,3}+(?=\S)", regex.MULTILINE)
"""How the registry's XML prints the bullet that it holds as Markdown's `*`; dots are the sponsor's own."""
_LINE_BREAK = regex.compile(r"\r?\n|\r")
_BULLETS = " \t*"
_OWN_BULLET = regex.compile(r"\s*+(?:[*•-]|\(?\d{1,3}[.)])\s")
_STARS = regex.compile(r"(?<=^[ ]*+)(\*{2,6}+)(?=\s)", regex.MULTILINE)
"""Bullets that say by their number how deep they stand."""
_TOO_MANY_NAMES = 200
Part = tuple[str, str | None]
"""A path below the group's element, and the table that codes its value, or None for free text."""


@dataclass(frozen=True)
class Format:
    """One file format. Where it speaks of paths, `layouts/paths.py` says how they are written.

    Args:
        description: one line for people.
        signs: texts of which all stand in such a document; of several with bars between, one. Those in lower case
            match capitals as well.
        record: paths of which each holds something in an element that is a record, and in no smaller one. A record may
            stand anywhere: alone, in an array, in whatever other programs wrapped it in. The first one is read.
        values: meaning of a single value -> its path, and the path of what qualifies it (ACTUAL or ESTIMATED).
        flags: meaning -> path of a yes or no -> what a yes says.
        texts: field of free text -> path.
        lists: field that is a list of texts -> paths.
        groups: field -> path of its elements, and their parts.
        criteria: paths of the criteria -> the section, if the path settles it.
        each: paths of criteria at which every text is one criterion -> their section.
        codes: meaning -> the format's own spelling of a value -> what it stands for; "" says that nothing is stated.
        edits: pattern and replacement for what the format writes around values and the items of lists.
        breaks: pattern of what stands for a line break inside texts.
        separator: pattern between the items of a list that is one text.
        single: groups of which a record has one.
        after_criteria: where, in a text of criteria, something else begins.
        doubts: diagnostic code -> pattern of criteria text that the source is known to have corrupted.
        refers: paths of references to what stands elsewhere in the document and belongs to the record.
        term: pattern of what stands in texts for a value that stands elsewhere; its first group names the value.
        meanings: a record -> what each such name stands for.
    """

    description: str
    signs: tuple[str, ...]
    record: tuple[str, ...]
    values: Mapping[str, str | tuple[str, str]]
    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, Mapping[str, Part]]] = field(default_factory=dict)
    criteria: Mapping[str, SectionName | None] = field(default_factory=dict)
    each: Mapping[str, SectionName] = field(default_factory=dict)
    flags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    edits: tuple[tuple[str, str], ...] = ()
    breaks: regex.Pattern[str] | None = None
    separator: regex.Pattern[str] | None = None
    single: frozenset[str] = field(default=frozenset({"lead_sponsor", "responsible_party"}))
    after_criteria: regex.Pattern[str] | None = None
    doubts: Mapping[str, str] = field(default_factory=dict)
    refers: tuple[str, ...] = ()
    term: regex.Pattern[str] | None = None
    meanings: Callable[[Element], Mapping[str, str]] = lambda _: {}

    @cached_property
    def doubt_patterns(self) -> dict[str, regex.Pattern[str]]:
        """`doubts`, compiled."""
        return {code: regex.compile(pattern) for code, pattern in self.doubts.items()}

    @cached_property
    def own_codes(self) -> dict[str, dict[str, str]]:
        """`codes` by the key under which spellings are looked up."""
        return {name: {spelling(own): value for own, value in table.items()} for name, table in self.codes.items()}

    @cached_property
    def _edits(self) -> list[tuple[regex.Pattern[str], str]]:
        return [(regex.compile(pattern), replacement) for pattern, replacement in self.edits]

    def edited(self, text: str) -> str:
        """A value without what the format writes around it."""
        for pattern, replacement in self._edits:
            text = pattern.sub(replacement, text)
        return text.strip()

    def confidence(self, readable: Readable) -> float:
        """1 where all signs stand in the text."""
        return self.fits(readable.source.text)

    def fits(self, text: str) -> float:
        """As `confidence`, of the source itself."""
        return float(len(self.signs_in(text)) == len(self.signs))

    def signs_in(self, text: str) -> list[str]:
        """The signs that stand in a source, of alternatives the first."""
        low = text.lower()
        ways = (
            [each for each in sign.split(" | ") if each in (low if each.islower() else text)] for sign in self.signs
        )
        return [found[0] for found in ways if found]

    def records(self, root: Element) -> list[Element]:
        """The elements of a document that are records, in order."""
        found: list[Element] = []
        todo = [root]
        while todo:
            element = todo.pop()
            if all(find(element, path) for path in self.record):
                found.append(element)
            else:
                todo.extend(reversed(element.children))
        return found

    def divide(self, source: str) -> list[str]:
        """The text of each record in a source, with what it refers to; nothing where there is none."""
        telling = [regex.split(r"[/\[\].= ]++", path.strip("]"))[-1].lower() for path in self.record[0].split(" | ")]
        if (found := sum(map(source.lower().count, telling))) < 2:  # no two have what a record has
            return [source] * found
        root = document_tree(source).root
        records = self.records(root)
        others = Document(root).by_id if self.refers and len(records) > 1 else {}
        texts = []
        for record in records:
            names = dict.fromkeys(reference(leaf) for path in self.refers for leaf in find(record, path))
            parts = [record, *(others[name] for name in names if name in others)]
            texts.append("\n".join(source[part.start : part.end] for part in parts))
        return texts

    def read(self, readable: Readable) -> Record:
        """Read the document; never raises on text."""
        source = readable.source
        tree = document_tree(source.text)
        record = Record(notes=remarks(tree, source))
        found = self.records(tree.root)
        if found:
            _Reading(self, source, found[0], record, Document(tree.root)).run()
            record.doubt(self.doubt_patterns)
        if len(found) > 1:
            record.notes.append(several_records(self._name(source, element) for element in found))
        return record

    def _name(self, source: Layer, element: Element) -> str:
        other = Record()
        reading = _Reading(self, source, element, other, Document(element))
        reading.value("trial_id", self.values["trial_id"])
        return str(other.fields.get("trial_id", "?"))


def remarks(tree: Tree, source: Layer) -> list[dict[str, Any]]:
    """What is to be said of a document that was not read to its end."""
    found = [diagnostic("entities_refused")] if tree.refused else []
    if tree.broken is not None:
        found.append(diagnostic("broken_document", source.to_source(tree.broken, len(source.text))))
    return found


def several_records(names: Iterable[str]) -> dict[str, Any]:
    """The remark that a source holds more records than the one that was read, by their names."""
    all_names = list(names)
    more = f" and {len(all_names) - _TOO_MANY_NAMES} more" if len(all_names) > _TOO_MANY_NAMES else ""
    listed = ", ".join(all_names[:_TOO_MANY_NAMES]) + more
    return diagnostic("several_records", None, count=len(all_names), names=listed)


def _broken(piece: Piece, mark: str) -> Iterator[Piece]:
    """A piece of text with `mark` for each line break."""
    start, end, text = piece
    if end - start != len(text):  # an escape
        yield start, end, _LINE_BREAK.sub(mark, text) if text != "\r" else ""
        return
    done = 0
    for match in _LINE_BREAK.finditer(text):
        yield start + done, start + match.start(), text[done : match.start()]
        yield start + match.start(), start + match.end(), mark
        done = match.end()
    yield start + done, end, text[done:]


class _Reading:
    """One record being read."""

    def __init__(self, layout: Format, source: Layer, element: Element, record: Record, document: Document) -> None:
        self.layout = layout
        self.source = source
        self.element = element
        self.document = document
        self.record = record
        self.used: set[int] = set()
        self.criteria: set[int] = set()

    def run(self) -> None:
        layout = self.layout
        for meaning, path in layout.values.items():
            self.value(meaning, path)
        for meaning, answers in layout.flags.items():
            self._flags(meaning, answers)
        for name, path in layout.texts.items():
            if text := self._text(self.element, path):
                self._fill(name, text, find(self.element, path, self.document)[:1])
        for name, paths in layout.lists.items():
            leaves = [leaf for path in paths for leaf in find(self.element, path, self.document) if leaf.pieces]
            items = [item for leaf in leaves for item in self._items(leaf)]
            if name.endswith("_ids"):
                items = [item for item in dict.fromkeys(items) if item != self.record.fields.get("trial_id")]
            self._fill(name, items, leaves)
        for name, (path, parts) in layout.groups.items():
            elements = find(self.element, path, self.document)
            groups = [group for element in elements if (group := self._group(element, parts))]
            self._fill(name, groups[0] if groups and name in layout.single else groups, elements)
        for path, section in layout.criteria.items():
            for leaf in self._leaves(path):
                self._criteria(field_readable(unfolded(self._layer(leaf))), section)
        whole = [passage.readable.text for passage in self.record.passages if passage.section is None]
        said = {line.strip(_BULLETS) for text in whole for line in text.splitlines()}
        for path, section in layout.each.items():
            # a document may list what its text of all criteria says already
            if leaves := [
                leaf for leaf in self._leaves(path) if field_readable(self._layer(leaf)).text.strip() not in said
            ]:
                self._criteria(self._listed(leaves), section)
        self._keep()

    def _leaves(self, path: str) -> list[Element]:
        leaves = [leaf for leaf in find(self.element, path, self.document) if leaf.pieces]
        self.used.update(map(id, leaves))
        self.criteria.update(map(id, leaves))
        return leaves

    # --- criteria -----------------------------------------------------------------------------------------------------

    def _layer(self, leaf: Element) -> Layer:
        """A text with what its terms stand for."""
        layer = leaf.layer(self.source, self.layout.breaks)
        term, meanings = self.layout.term, self._meanings
        return layer.replaced(term, lambda match: meanings.get(match[1]) or f"[{match[1]}]") if term else layer

    @cached_property
    def _meanings(self) -> Mapping[str, str]:
        return self.layout.meanings(self.element)

    def _listed(self, leaves: list[Element]) -> Readable:
        """Texts of which each is one criterion, as a list with a bullet for each."""
        whole = Element("", leaves[0].start)
        markup = any(has_blocks(leaf.text) for leaf in leaves)
        before, behind = ("<ul><li>", "</li></ul>") if markup else ("* ", "\n")
        for leaf in leaves:
            inner = "" if has_blocks(leaf.text) else "<br>" if markup else "\n  "
            own = not markup and _OWN_BULLET.match(leaf.text)
            whole.pieces.append((leaf.start, leaf.start, "" if own else before))
            whole.pieces += [part for piece in leaf.pieces for part in (_broken(piece, inner) if inner else [piece])]
            whole.pieces.append((leaf.end, leaf.end, behind))
        layer = self._layer(whole).replaced(_STARS, lambda match: "  " * (len(match[1]) - 1) + "*")
        return field_readable(layer)

    def _criteria(self, readable: Readable, section: SectionName | None) -> None:
        behind = self.layout.after_criteria.search(readable.text) if self.layout.after_criteria else None
        size = len(readable.text)
        end = behind.start() if behind else size
        if readable.text[:end].strip() and not is_filler(readable.text[:end]):
            self.record.passages.append(Passage(readable, 0, end, section))
        if behind:
            start, stop = readable.span(end, size)
            span = {"start": start, "end": stop}
            self.record.sections.append({"heading": None, "text": readable.show_lines(end, size).strip(), "span": span})

    # --- fields -------------------------------------------------------------------------------------------------------

    def _fill(self, name: str, value: object, elements: list[Element]) -> None:
        if value and name not in self.record.fields:
            self.record.fields[name] = value
            self.record.places[name] = elements[0].start, elements[-1].end

    def value(self, meaning: str, declared: str | tuple[str, str]) -> None:
        """Read a coded value."""
        path, qualifier = (declared, "") if isinstance(declared, str) else declared
        leaves, texts = self._terms(path)
        if not leaves:
            return
        kind = next(iter(find(self.element, qualifier, self.document)), None) if qualifier else None
        text = " ".join(texts)
        text = self.layout.own_codes.get(meaning, {}).get(spelling(text), text)
        span = (leaves[0].start, leaves[-1].end)
        found: Found | None = LINE_READERS[meaning](text, kind.text if kind else "") if text else {}
        if found is None:
            self.record.notes.append(diagnostic("unreadable_value", span, field=meaning, value=text[:120]))
            return
        self.used.update(map(id, leaves))
        if kind and (value_type(kind.text, "") or is_filler(kind.text)):
            self.used.add(id(kind))
        self.record.add(found, span)

    def _terms(self, path: str) -> tuple[list[Element], list[str]]:
        """The elements at the terms of a path, and what they and the format's own texts say."""
        leaves: list[Element] = []
        texts: list[str] = []
        for term in terms(path):
            if term.startswith("'"):
                texts.append(term.strip("'"))
                continue
            found = [leaf for leaf in find(self.element, term, self.document) if leaf.pieces]
            leaves += found
            texts.append("|".join(self.layout.edited(self._line(leaf)) for leaf in found))
        return leaves, texts

    def _line(self, leaf: Element) -> str:
        return " ".join(leaf.shown(self.source, self.layout.breaks).split())

    def _flags(self, meaning: str, answers: Mapping[str, str]) -> None:
        leaves = {
            leaf: said
            for path, said in answers.items()
            for leaf in find(self.element, path, self.document)
            if leaf.pieces
        }
        said = [said for leaf, said in leaves.items() if coded("yes_no", leaf.text) == "yes"]
        found = LINE_READERS[meaning]("|".join(said), "") if said else None
        if found:
            self.used.update(map(id, leaves))
            self.record.add(found, (next(iter(leaves)).start, max(leaf.end for leaf in leaves)))

    def _text(self, element: Element, path: str, table: str | None = None) -> str:
        """What stands at a path, "" for a site's way to say that nothing does; a code of `table` is never that."""
        leaf = next((leaf for leaf in find(element, path, self.document) if leaf.pieces), None)
        if leaf is None:
            return ""
        self.used.add(id(leaf))
        readable = field_readable(self._layer(leaf))
        shown = _XML_BULLET.sub(r"\1* ", dedent(readable.show_lines(0, len(readable.text))).strip())
        if table and coded(table, shown):
            return shown
        return "" if is_filler(shown) or not self.layout.edited(shown) else shown

    def _items(self, leaf: Element) -> list[str]:
        self.used.add(id(leaf))
        shown = leaf.shown(self.source, self.layout.breaks)
        parts = self.layout.separator.split(shown) if self.layout.separator else [shown]
        items = (self.layout.edited(" ".join(part.split())) for part in parts)
        return [item for item in items if item and not is_filler(item)]

    def _group(self, element: Element, parts: Mapping[str, Part]) -> dict[str, Any]:
        group: dict[str, Any] = {}
        for key, (path, table) in parts.items():
            text = self._text(element, path, table)
            if key != "description":
                text = self.layout.edited(" ".join(text.split()))
            if value := coded(table, text) if table else text:
                group[key] = value
            elif text:
                span = (element.start, max(element.start, element.end))
                self.record.notes.append(diagnostic("unreadable_value", span, field=key, value=text[:120]))
        return group

    def _keep(self) -> None:
        """What filled no field, or says more than the field it filled, one section for each module of the document."""
        own_codes = (code for table in self.layout.codes.values() for code in table)
        told = Told(texts([self.record.fields, self.record.eligibility]), own_codes)
        for module in self._modules():
            left = [text for leaf in module.leaves() if (text := self._left(leaf, told))]
            if left:
                span = {"start": module.start, "end": max(module.end, module.start)}
                name = make_readable(module.name)
                heading = name.show(0, len(name.text)) or None
                self.record.sections.append({"heading": heading, "text": "\n".join(left), "span": span})

    def _left(self, leaf: Element, told: Told) -> str:
        """The text of a leaf that no field holds, or ""."""
        if id(leaf) in self.criteria:
            return ""
        text = leaf.shown(self.source, self.layout.breaks).strip()
        return text if id(leaf) not in self.used or told.lacks(text) else ""

    def _modules(self) -> Iterator[Element]:
        for module in self.element.children:
            yield from module.children if any(child.children for child in module.children) else [module]
