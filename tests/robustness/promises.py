"""What must hold for whatever is parsed: no exception, nothing lost, every span a true slice of the source."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import regex

import trialparse
from tests.coverage import lost, misplaced, overlapping, placed, said, shown
from trialparse.layouts.markup import html_readable, looks_like_html
from trialparse.layouts.residue import block_text, page_text
from trialparse.models.base import Span
from trialparse.models.eligibility import Eligibility
from trialparse.models.trial import Trial
from trialparse.text.decode import decode
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable

_WORD = regex.compile(r"[\p{L}\d]++")
_BETWEEN = regex.compile(r'(?<!\\)"\s*+,\s*+(?:"[^"\\]*+"\s*+:\s*+)?+"')
_ESCAPE = regex.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u.{4}|\\.", regex.DOTALL)


def check_page(source: str | bytes, layout: str | None = None) -> None:
    """Parse a page or document and check the trial against its source."""
    trial = trialparse.parse(source, layout=layout)
    text = source if isinstance(source, str) else decode(source)[0]
    assert trial.source.length == len(text)
    _none(_misplaced(text, trial))
    _none(overlapping(trial.eligibility))
    spans = [section.span for section in trial.sections]
    spans += [remark.span for remark in trial.diagnostics if remark.span is not None]
    assert all(span.start <= span.end <= len(text) for span in spans)
    assert Trial.model_validate_json(trial.model_dump_json()) == trial


def check_criteria(text: str) -> None:
    """Parse a block of criteria and check the tree against the text."""
    eligibility = trialparse.parse_criteria(text)
    _none(misplaced(text, eligibility, as_block=True))
    _none(overlapping(eligibility))
    if looks_like_html(text):  # whose slices say other things than the whole
        _none(_unowned(text, eligibility))
    else:
        _none(lost(text, eligibility, Span(start=0, end=len(text)), as_block=True))


def check_criterion(text: str) -> None:
    """Parse one line and check its span."""
    criterion = trialparse.parse_criterion(text)
    assert criterion.text == shown(text[criterion.span.start : criterion.span.end])


def _unowned(text: str, eligibility: Eligibility) -> list[str]:
    """The words of a block of markup that stand in no criterion, heading or marker."""
    readable, _ = block_text(Layer(text))
    markers = " ".join(node.marker or "" for _, node in eligibility.criteria())
    spans = [*eligibility.headings, *(node.span for _, node in eligibility.criteria())]
    places = {at for span in spans for at in range(span.start, span.end)}
    words = ((match.group(), readable.span(*match.span())) for match in _WORD.finditer(readable.text))
    return [word for word, (start, end) in words if word not in markers and not places.issuperset(range(start, end))]


def _none(faults: Sequence[object]) -> None:
    assert not faults, faults


def _misplaced(text: str, trial: Trial) -> list[str]:
    """As `misplaced`, where markup and escapes of a file format stand between source and text.

    A slice of a document is no document, so that only the letters and digits can be compared, and in XML not even
    those of elements inside the text. Of a page that extractors made something of, the slice of the page is compared.
    """
    ways: tuple[_Way, ...]
    if looks_like_html(text):
        ways = (_HTML, _Way(_within_page(text), _worded_alike))
    elif text.lstrip()[:1] == "<":
        ways = (_XML,)
    elif text.lstrip()[:1] in ("{", "["):  # what is no JSON, whatever it begins with, is read as the text it is
        ways = (_TABLE, _JSON)
    elif "\t" in text or trial.source.layout in ("ictrp_export", "row"):
        ways = (_TABLE, _Way(_within_page(text), _spelled_alike))
    else:
        ways = (_TEXT, _Way(_within_page(text), str.__eq__))
    return [
        f"{place['text']!r} is not {piece.text!r}"
        for place, denied in placed(trial.eligibility.model_dump(mode="json"))
        if not _agree(
            ways, piece := _Piece(text[slice(*place["span"].values())], *place["span"].values()), place, denied
        )
    ]


def _agree(ways: Sequence[_Way], piece: _Piece, place: dict[str, Any], denied: bool) -> bool:
    return any(way.same(each, place["text"]) for way in ways for each in said(way.printed(piece), place, denied))


class _Piece(NamedTuple):
    """A slice of a source."""

    text: str
    start: int
    end: int


class _Way(NamedTuple):
    """How a kind of source is compared with what was read of it."""

    printed: Callable[[_Piece], str]
    """What a reader sees of a slice."""
    same: Callable[[str, str], bool]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _of_html(piece: _Piece) -> str:
    readable = html_readable(Layer(piece.text))
    return readable.show(0, len(readable.text))


def _within_page(source: str) -> Callable[[_Piece], str]:
    """What a page shows of a slice that by itself is none: it cuts elements in two, or looks like another kind."""

    @cache
    def page() -> tuple[Readable, list[int]]:
        readable = page_text(Layer(source)).readable
        return readable, [readable.span(at, at)[0] for at in range(len(readable.text))]

    def printed(piece: _Piece) -> str:
        readable, places = page()
        inside = [at for at, place in enumerate(places) if piece.start <= place < piece.end]
        return readable.show(inside[0], inside[-1] + 1) if inside else ""

    return printed


def _of_json(piece: _Piece) -> str:
    """The values of one key are lines of one text."""
    return shown(_ESCAPE.sub(_unescaped, _BETWEEN.sub("\n", piece.text)))


def _unescaped(match: regex.Match[str]) -> str:
    """An escape of JSON; one that is none stays."""
    try:
        return str(json.loads(f'"{match.group()}"', strict=False))
    except ValueError:
        return match.group()


def _within(printed: str, text: str) -> bool:
    """Whether the letters of the text are printed, in that order."""
    rest = iter(_letters(printed))
    return all(letter in rest for letter in _letters(text))


def _spelled_alike(printed: str, text: str) -> bool:
    return _letters(printed) == _letters(text)


def _worded_alike(printed: str, text: str) -> bool:
    """Digits aside: the numbers of list items are the renderer's own."""
    return "".join(filter(str.isalpha, printed)) == "".join(filter(str.isalpha, text))


_HTML = _Way(_of_html, _worded_alike)
_XML = _Way(lambda piece: shown(piece.text), _within)
_JSON = _Way(_of_json, _spelled_alike)
_TABLE = _Way(lambda piece: shown(piece.text), _spelled_alike)
"""Cells are read as if bars stood between them, and quotes in quoted cells are doubled."""
_TEXT = _Way(lambda piece: shown(piece.text), str.__eq__)
