"""What text extractors leave of a page: taken out or put right, in order, before a layout reads the text.

Each step goes from layer to layer, so that every offset finds home.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from trialparse.layouts.markup import Page, html_page, looks_like_html
from trialparse.layouts.residue.aligned import align_labels
from trialparse.layouts.residue.boxes import redraw
from trialparse.layouts.residue.cells import part_tables
from trialparse.layouts.residue.dress import undress
from trialparse.layouts.residue.flattened import put_lines
from trialparse.layouts.residue.forms import print_forms
from trialparse.layouts.residue.furniture import Furniture, drop_furniture
from trialparse.layouts.residue.inline import (
    comments,
    drop_emphasis,
    drop_links,
    drop_tags,
    join_limits,
    join_powers,
    raise_powers,
    struck_texts,
)
from trialparse.layouts.residue.limits import part_limits
from trialparse.layouts.residue.tei import as_html
from trialparse.layouts.tables import bar_tabs, drop_leaders
from trialparse.models.diagnostic import diagnostic
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable
from trialparse.text.steps import Step, unify_line_ends

_STEPS: tuple[Step, ...] = (
    print_forms,
    part_tables,
    align_labels,
    bar_tabs,
    drop_leaders,
    drop_tags,
    raise_powers,
    join_powers,
    drop_links,
    undress,
    drop_emphasis,
    join_limits,
)


class PageText(NamedTuple):
    """A page, ready for reading."""

    readable: Readable
    """Its text without residue."""
    markup: bool
    """Whether the source is HTML."""
    furniture: list[Furniture]
    """The lines that are not the record's."""
    aside: list[Readable]
    """Texts of the markup that are no part of the page's own."""
    notes: list[dict[str, Any]]
    """Diagnostics."""


def page_text(source: Layer) -> PageText:
    """The text of a page, from its markup or from what an extractor made of it. Never raises on text."""
    page, markup = _text(source)
    layer, heads = part_limits(redraw(page.layer))
    bare, gone = drop_furniture(layer)
    columns = [(page.layer.text[slice(*head)], page.layer.to_source(*head)) for head in heads]
    dropped = {"struck_text": struck_texts(bare), "hidden_text": comments(bare)}
    apart = [
        (code, bare.text[slice(*place)], bare.to_source(*place)) for code, places in dropped.items() for place in places
    ]
    notes = [diagnostic(code, place) for code, _, place in apart]
    kept = columns + gone + [(text, place) for _, text, place in apart]
    return PageText(_finished(put_lines(bare)), markup, kept, page.aside, page.notes + notes)


def block_text(source: Layer) -> tuple[Readable, list[dict[str, Any]]]:
    """The text of a block of criteria or of one criterion, in which every line counts; diagnostics. Never raises."""
    page, markup = _text(source, fewest=1)
    struck = (page.layer.to_source(*place) for place in struck_texts(page.layer))
    notes = [*page.notes, *(diagnostic("struck_text", place) for place in struck)]
    return _finished(page.layer, fragment=not markup), notes


def _text(source: Layer, fewest: int = 3) -> tuple[Page, bool]:
    """The text as it was extracted, or from HTML: of a page with so many ends of blocks; and whether it was HTML."""
    if (html := as_html(source)) is not None:
        return html_page(html), True
    if looks_like_html(source.text, fewest):
        return html_page(source), True
    return Page(unify_line_ends(source), [], []), False


def _finished(layer: Layer, fragment: bool = False) -> Readable:
    for step in _STEPS:
        layer = step(layer)
    return make_readable(layer, fragment=fragment)
