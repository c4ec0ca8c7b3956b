"""Pages and files of every known kind -> one record. Layouts are found by their file and loaded when first needed."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from itertools import pairwise
from types import ModuleType
from typing import Protocol, cast, runtime_checkable

from trialparse import plugins
from trialparse.layouts import formats, pages
from trialparse.layouts.base import Layout, Record
from trialparse.layouts.identifiers import trial_id
from trialparse.layouts.linked_data import add_linked_data
from trialparse.layouts.residue import PageText, page_text
from trialparse.layouts.residue.tei import is_tei
from trialparse.layouts.rows import Rows, is_document
from trialparse.layouts.structured import Format, several_records
from trialparse.models.diagnostic import diagnostic
from trialparse.text.readable import Readable, make_readable

GENERIC = "generic"
_NEAR = 500
"""Characters in which a record that begins says its number."""
_ENOUGH = 0.5
"""Below this confidence a page counts as unknown."""
_ADDED: dict[str, plugins.Group] = {pages.__name__: "layouts", formats.__name__: "formats"}
"""Package -> what plug-ins add to it."""


@runtime_checkable
class Reader(Protocol):
    """What every layout and format can do."""

    description: str

    def confidence(self, readable: Readable) -> float:
        """How sure we may be that the text has this layout, 0..1."""

    def read(self, readable: Readable) -> Record:
        """Read it; never raises on text."""


class Divider(Reader, Protocol):
    """What every format can do besides."""

    def fits(self, text: str) -> float:
        """As `confidence`, of the source itself."""

    def divide(self, source: str) -> list[str]:
        """The text of each record in a source, with what it refers to; nothing where there is none."""


@cache
def _modules() -> dict[str, str]:
    found = {GENERIC: f"{__name__}.generic"}
    for package in (pages, formats):
        for module in pkgutil.iter_modules(package.__path__):
            found[module.name] = f"{package.__name__}.{module.name}"
    for folder, group in _ADDED.items():
        if taken := found.keys() & plugins.added(group).keys():
            raise ValueError(
                f"trialparse has a layout {', '.join(sorted(taken))} itself; give the plug-in another name"
            )
        found |= {name: f"{folder}.{name}" for name in plugins.added(group)}
    return found


def names() -> tuple[str, ...]:
    """The names of all layouts, sorted."""
    return tuple(sorted(_modules()))


def format_names() -> tuple[str, ...]:
    """Those of them that are formats of documents."""
    return tuple(_names(formats))


def _names(package: ModuleType) -> list[str]:
    return sorted(name for name, module in _modules().items() if module.startswith(package.__name__))


@cache
def load(name: str) -> Reader:
    """The layout of that name, loaded on first use.

    Raises:
        ValueError: no layout has this name.
    """
    if name not in _modules():
        raise ValueError(f"unknown layout {name!r}; known are {', '.join(names())}")
    module = _modules()[name]
    group = _ADDED.get(module.rpartition(".")[0])
    added = group is not None and name in plugins.added(group)
    found: Reader = plugins.loaded(group, name) if group and added else import_module(module).LAYOUT
    if not isinstance(found, Reader):
        raise TypeError(f"the plug-in {name!r} is no layout, but {found!r}; see `trialparse.layouts.base.Layout`")
    return found


def scores(readable: Readable) -> dict[str, float]:
    """The confidence of every layout but the generic one, best first."""
    found = _ranking(readable, pages) | _ranking(readable, formats)
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _ranking(readable: Readable, package: ModuleType) -> dict[str, float]:
    """How sure each layout or format of a package is, best first."""
    found = {name: load(name).confidence(readable) for name in _names(package)}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def read(readable: Readable, layout: str | None = None) -> Record:
    """Read a page or file in the layout that fits it best, or in the one named.

    Raises:
        ValueError: no layout has this name.
    """
    text = readable.source.text
    if layout is None and not is_tei(text) and (document := _read_document(readable)):
        return document
    starts = _starts(text)
    if len(starts) < 2:
        return _read_page(readable, page_text(readable.source), layout)
    first = make_readable(text[: starts[1]])
    record = _read_page(first, page_text(first.source), layout)
    record.notes.append(several_records(_first_id(text[start : start + _NEAR]) for start in starts))
    return record


def _first_id(text: str) -> str:
    found = trial_id(text)
    return str(found["trial_id"]) if found else "?"


def divide(text: str) -> list[str]:
    """The texts of the records that a source holds, each of which can be read by itself; of one record, the source."""
    readers = [cast("Divider", load(name)) for name in _names(formats)] if is_document(text) else []
    for fit, reader in sorted(((reader.fits(text), reader) for reader in readers), key=lambda pair: -pair[0]):
        if fit >= _ENOUGH and (parts := reader.divide(text)):
            return parts if len(parts) > 1 else [text]
    starts = _starts(text)
    return [text[start:end] for start, end in pairwise([0, *starts[1:], len(text)])] if len(starts) > 1 else [text]


def _starts(text: str) -> list[int]:
    """Where each record of a page begins that shows several."""
    for name in _names(pages):
        layout = load(name)
        if isinstance(layout, Layout) and (starts := layout.starts(text)):
            return starts
    return []


def _read_document(readable: Readable) -> Record | None:
    """A record in the file format that fits best and in which there is a record; None for a page."""
    text = readable.source.text
    if '":' not in text and "</" not in text and not is_document(text):
        return None
    ranking = _ranking(readable, formats)
    for name, score in ranking.items():
        if score < _ENOUGH:
            return None
        reader = load(name)
        if isinstance(reader, Rows) and (page := reader.page(readable)):
            return _read_page(page, PageText(page, False, [], [], []), None)
        record = reader.read(readable)
        if record.fields or record.passages or isinstance(reader, Rows):
            record.layout, record.scores = name, ranking
            record.why = {name: reader.signs_in(text) if isinstance(reader, Format) else [reader.description]}
            return record
    return None


def _read_page(source: Readable, page: PageText, layout: str | None) -> Record:
    """A page in the layout that fits it best, or in the one named; `source` is what a format reads."""
    ranking = _ranking(page.readable, pages) if layout is None else {}
    name = layout or next((each for each, score in ranking.items() if score >= _ENOUGH), GENERIC)
    record = _read(name, source, page)
    if layout is None and name != GENERIC and not record.passages:
        other = _read(GENERIC, source, page)
        if other.passages:
            other.notes.append(diagnostic("layout_refused", layout=name))
            name, record = GENERIC, other
    if name == GENERIC and layout is None:
        record.notes.append(diagnostic("unknown_layout"))
    record.layout, record.scores = name, ranking
    record.why = {each: _signs(each, page.readable) for each, score in ranking.items() if score}
    return record


def _read(name: str, readable: Readable, page: PageText) -> Record:
    reader = load(name)
    if not isinstance(reader, Layout):
        return reader.read(readable)
    record = reader.read(page.readable)
    record.sections += [{"heading": None, "text": text, "span": _span(*place)} for text, place in page.furniture]
    record.keep_aside(page.aside)
    record.notes += page.notes
    if page.markup:
        add_linked_data(readable.source.text, record)
    return record


def _signs(name: str, text: Readable) -> list[str]:
    reader = load(name)
    return reader.signs_in(text) if isinstance(reader, Layout) else [reader.description]


def _span(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}
