"""What must hold for whatever is parsed: no exception, nothing lost, every span a true slice of the source."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import regex

import trialparse
from tests.coverage import lost, misplaced, overlapping, placed, shown
from trialparse.layouts.markup import html_readable, looks_like_html
from trialparse.layouts.residue import block_text
from trialparse.models.base import Span
from trialparse.models.eligibility import Eligibility
from trialparse.models.trial import Trial
from trialparse.text.decode import decode
from trialparse.text.layer import Layer

_BREAK = regex.compile(r"<br\s*+/?\s*+>", regex.IGNORECASE)
_WORD = regex.compile(r"[\p{L}\d]++")
_CODE = regex.compile(r"\\u([0-9a-fA-F]{4})")


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
    those of elements inside the text.
    """
    same: Callable[[str, str], bool]
    if looks_like_html(text):
        same = _same_html
    elif text.lstrip()[:1] == "<":
        same = _within
    elif text.lstrip()[:1] in ("{", "["):
        same = _same_json
    elif "\t" in text or trial.source.layout in ("ictrp_export", "row"):
        same = _same_table
    elif _BREAK.search(text):
        same = _same_lines
    else:
        return misplaced(text, trial.eligibility)
    return [
        f"{place['text']!r} is not {piece!r}"
        for place in placed(trial.eligibility.model_dump(mode="json"))
        if not same(piece := text[place["span"]["start"] : place["span"]["end"]], place["text"])
    ]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _same_html(piece: str, text: str) -> bool:
    """Digits aside: the numbers of list items are the renderer's own."""
    readable = html_readable(Layer(piece))
    shown_there = readable.show(0, len(readable.text))
    return "".join(filter(str.isalpha, shown_there)) == "".join(filter(str.isalpha, text))


def _same_json(piece: str, text: str) -> bool:
    """What is no JSON, whatever it begins with, is read as the text it is."""
    if _letters(shown(piece)) == _letters(text):
        return True
    try:
        return _letters(shown(json.loads(f'"{piece}"', strict=False))) == _letters(text)
    except ValueError:  # an escape that is none; the others are read
        return _within(_CODE.sub(lambda match: chr(int(match[1], 16)), piece), text)


def _same_table(piece: str, text: str) -> bool:
    """Cells are read as if bars stood between them, and quotes in quoted cells are doubled."""
    return _letters(shown(piece)) == _letters(text)


def _same_lines(piece: str, text: str) -> bool:
    """A page of text may end its lines as HTML does."""
    return shown(_BREAK.sub("\n", piece)) == text


def _within(piece: str, text: str) -> bool:
    """Whether the letters of the text stand in the piece, in that order."""
    rest = iter(_letters(shown(piece)))
    return all(letter in rest for letter in _letters(text))
