"""Reading a document tree by a table of paths: the formats' counterpart of a page layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import dedent
from typing import Any

import regex

from trialparse.criteria.passage import Passage
from trialparse.layouts.base import Record
from trialparse.layouts.tree import Element
from trialparse.layouts.values import LINE_READERS, Found, is_filler
from trialparse.lexicon.fields import coded
from trialparse.models.diagnostic import diagnostic
from trialparse.models.eligibility import SectionName
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable

_XML_BULLET = regex.compile(r"^([ \t]*+)- {2,3}+(?=\S)", regex.MULTILINE)
"""How the registry's XML prints the bullet that it holds as Markdown's `*`; dots are the sponsor's own."""
Part = tuple[str, str | None]
"""A path below the group's element, or several with bars between, of which the first that holds text counts; and the
table that codes its value, or None for free text."""


@dataclass(frozen=True)
class Format:
    """One file format.

    Args:
        description: one line for people.
        signs: patterns that must match in the source, all of them.
        parse: source text -> root of the tree and diagnostics.
        records: paths at which a record may stand; the first record is read.
        values: meaning of a single value -> its path, and the path of what qualifies it (ACTUAL or ESTIMATED).
        texts: field of free text -> path.
        lists: field that is a list of texts -> paths.
        groups: field -> path of its elements, and their parts.
        criteria: paths of the criteria -> the section, if the path settles it.
        breaks: pattern of what stands for a line break inside texts.
        separator: pattern between the items of a list that is one text.
        single: groups of which a record has one.
        after_criteria: where, in a text of criteria, something else begins.
        doubts: diagnostic code -> pattern of criteria text that the source is known to have corrupted.
    """

    description: str
    signs: tuple[str, ...]
    parse: Callable[[str], tuple[Element, list[dict[str, Any]]]]
    records: tuple[str, ...]
    values: Mapping[str, tuple[str, str]]
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, Mapping[str, Part]]]
    criteria: Mapping[str, SectionName | None]
    breaks: regex.Pattern[str] | None = None
    separator: regex.Pattern[str] | None = None
    single: frozenset[str] = field(default=frozenset({"lead_sponsor", "responsible_party"}))

    after_criteria: regex.Pattern[str] | None = None
    doubts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _doubts(self) -> dict[str, regex.Pattern[str]]:
        return {code: regex.compile(pattern) for code, pattern in self.doubts.items()}

    @cached_property
    def _signs(self) -> list[regex.Pattern[str]]:
        return [regex.compile(sign, regex.IGNORECASE) for sign in self.signs]

    def confidence(self, readable: Readable) -> float:
        """1 where all signs stand in the text."""
        return float(all(sign.search(readable.text) for sign in self._signs))

    def read(self, readable: Readable) -> Record:
        """Read the document; never raises on text."""
        source = readable.source
        root, notes = self.parse(source.text)
        record = Record(notes=notes)
        found = next((elements for path in self.records if (elements := root.all(path))), [])
        if found:
            _Reading(self, source, found[0], record).run()
            record.doubt(self._doubts)
        if len(found) > 1:
            record.notes.append(diagnostic("several_records", None, count=len(found)))
        return record


class _Reading:
    """One record being read."""

    def __init__(self, layout: Format, source: Layer, element: Element, record: Record) -> None:
        self.layout = layout
        self.source = source
        self.element = element
        self.record = record
        self.used: set[int] = set()

    def run(self) -> None:
        layout = self.layout
        for meaning, (path, qualifier) in layout.values.items():
            self._value(meaning, path, qualifier)
        for name, path in layout.texts.items():
            if text := self._text(self.element, path):
                self._fill(name, text, self.element.all(path)[:1])
        for name, paths in layout.lists.items():
            leaves = [leaf for path in paths for leaf in self.element.all(path)]
            items = [item for leaf in leaves for item in self._items(leaf)]
            self._fill(name, list(dict.fromkeys(items)) if name == "secondary_ids" else items, leaves)
        for name, (path, parts) in layout.groups.items():
            elements = self.element.all(path)
            groups = [group for element in elements if (group := self._group(element, parts))]
            self._fill(name, groups[0] if groups and name in layout.single else groups, elements)
        for path, section in layout.criteria.items():
            for leaf in self.element.all(path):
                self.used.add(id(leaf))
                self._criteria(leaf.readable(self.source, layout.breaks), section)
        self._keep()

    def _criteria(self, readable: Readable, section: SectionName | None) -> None:
        behind = self.layout.after_criteria.search(readable.text) if self.layout.after_criteria else None
        size = len(readable.text)
        end = behind.start() if behind else size
        if readable.text[:end].strip():
            self.record.passages.append(Passage(readable, 0, end, section))
        if behind:
            start, stop = readable.span(end, size)
            span = {"start": start, "end": stop}
            text = readable.show_lines(end, size).strip()
            self.record.sections.append({"heading": None, "text": text, "span": span})

    def _fill(self, name: str, value: object, elements: list[Element]) -> None:
        if value and name not in self.record.fields:
            self.record.fields[name] = value
            self.record.places[name] = elements[0].start, elements[-1].end

    def _value(self, meaning: str, path: str, qualifier: str) -> None:
        leaves = self.element.all(path)
        if not leaves:
            return
        kind = self.element.first(qualifier) if qualifier else None
        text = "|".join(" ".join(leaf.shown(self.source, self.layout.breaks).split()) for leaf in leaves)
        found: Found | None = LINE_READERS[meaning](text, kind.text if kind else "")
        if found is None:
            span = (leaves[0].start, leaves[-1].end)
            self.record.notes.append(diagnostic("unreadable_value", span, field=meaning, value=text[:120]))
            return
        self.used.update(map(id, [*leaves, *([kind] if kind else [])]))
        self.record.add(found, (leaves[0].start, leaves[-1].end))

    def _text(self, element: Element, path: str) -> str:
        leaf = next((leaf for each in path.split("|") if (leaf := element.first(each)) and leaf.pieces), None)
        if leaf is None:
            return ""
        self.used.add(id(leaf))
        return _XML_BULLET.sub(r"\1* ", dedent(leaf.shown(self.source, self.layout.breaks)).strip())

    def _items(self, leaf: Element) -> list[str]:
        self.used.add(id(leaf))
        shown = leaf.shown(self.source, self.layout.breaks)
        parts = self.layout.separator.split(shown) if self.layout.separator else [shown]
        return [item for part in parts if (item := " ".join(part.split())) and not is_filler(item)]

    def _group(self, element: Element, parts: Mapping[str, Part]) -> dict[str, Any]:
        group: dict[str, Any] = {}
        for key, (path, table) in parts.items():
            text = self._text(element, path)
            value = coded(table, text) if table else " ".join(text.split()) if key != "description" else text
            if value:
                group[key] = value
        return group

    def _keep(self) -> None:
        """What filled no field, one section for each module of the document."""
        for module in self.element.children:
            for part in module.children if any(child.children for child in module.children) else [module]:
                left = (leaf for leaf in part.leaves() if id(leaf) not in self.used)
                texts = [text for leaf in left if (text := leaf.shown(self.source, self.layout.breaks).strip())]
                if texts:
                    span = {"start": part.start, "end": max(part.end, part.start)}
                    name = make_readable(part.name)
                    heading = name.show(0, len(name.text))
                    self.record.sections.append({"heading": heading, "text": "\n".join(texts), "span": span})
