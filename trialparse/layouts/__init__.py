"""Pages and files of every known kind -> one record. Layouts are found by their file and loaded when first needed."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import Protocol

from trialparse.layouts import formats, pages
from trialparse.layouts.base import Layout, Record
from trialparse.layouts.linked_data import add_linked_data
from trialparse.layouts.residue import PageText, page_text
from trialparse.models.diagnostic import diagnostic
from trialparse.text.readable import Readable

GENERIC = "generic"
_ENOUGH = 0.5
"""Below this confidence a page counts as unknown."""


class Reader(Protocol):
    """What every layout and format can do."""

    description: str

    def confidence(self, readable: Readable) -> float:
        """How sure we may be that the text has this layout, 0..1."""

    def read(self, readable: Readable) -> Record:
        """Read it; never raises on text."""


@cache
def _modules() -> dict[str, str]:
    found = {GENERIC: f"{__name__}.generic"}
    for package in (pages, formats):
        for module in pkgutil.iter_modules(package.__path__):
            found[module.name] = f"{package.__name__}.{module.name}"
    return found


def names() -> tuple[str, ...]:
    """The names of all layouts, sorted."""
    return tuple(sorted(_modules()))


@cache
def load(name: str) -> Reader:
    """The layout of that name, loaded on first use.

    Raises:
        ValueError: no layout has this name.
    """
    if name not in _modules():
        raise ValueError(f"unknown layout {name!r}; known are {', '.join(names())}")
    found: Reader = import_module(_modules()[name]).LAYOUT
    return found


def scores(readable: Readable) -> dict[str, float]:
    """The confidence of every layout but the generic one, best first."""
    found = {name: load(name).confidence(readable) for name in names() if name != GENERIC}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def read(readable: Readable, layout: str | None = None) -> Record:
    """Read a page or file in the layout that fits it best, or in the one named.

    Raises:
        ValueError: no layout has this name.
    """
    page = page_text(readable.source)
    text = page.readable if page.markup else readable
    ranking = scores(text) if layout is None else {}
    name = layout or next((each for each, score in ranking.items() if score >= _ENOUGH), GENERIC)
    record = _read(name, readable, page)
    if layout is None and name != GENERIC and not record.passages and isinstance(load(name), Layout):
        other = _read(GENERIC, readable, page)
        if other.passages:
            other.notes.append(diagnostic("layout_refused", layout=name))
            name, record = GENERIC, other
    if name == GENERIC and layout is None:
        record.notes.append(diagnostic("unknown_layout"))
    record.layout, record.scores = name, ranking
    record.why = {each: _signs(each, text) for each, score in ranking.items() if score}
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
