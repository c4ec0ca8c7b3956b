"""A form saved as two columns of a CSV file, a label and its value a row: each row becomes a heading and its text."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialparse.layouts.page import label_key
from trialparse.lexicon.fields import labels
from trialparse.text.layer import Edit, Layer

_ROW = regex.compile(
    r"""^(?:"(?P<label>[^"\n]{1,60}+)"|(?P<label>[^";,\t\n]{1,60}+))(?P<mark>[;,\t])
        (?:"(?P<value>(?:[^"]|"")*+)"|(?P<value>(?:(?!(?P=mark))[^"\r\n])*+))[ \r]*+$""",
    regex.VERBOSE | regex.MULTILINE,
)
_FEWEST_KNOWN = 4
"""Labels that a form has at least."""
_MOSTLY = 0.9
"""So much of its text are rows."""


def print_forms(layer: Layer) -> Layer:
    """The text with the rows of such a file as headings with text below; any other text as it is."""
    text = layer.text
    rows = list(_ROW.finditer(text)) if text.count('"') > 1 or ";" in text else []
    known = sum(label_key(row["label"]) in labels() for row in rows)
    if known < _FEWEST_KNOWN or sum(len(row.group()) for row in rows) < _MOSTLY * len(text.strip()):
        return layer
    return layer.edited(edit for row in rows for edit in _edits(row))


def _edits(row: regex.Match[str]) -> Iterator[Edit]:
    """Those that make of a row a heading and what stands below it."""
    yield row.start(), row.start("label"), "\n## "
    yield row.end("label"), row.start("value"), "\n"
    for quote in regex.finditer('""', row["value"]):
        at = row.start("value") + quote.start()
        yield at, at + 1, ""
    if row.end("value") < row.end():
        yield row.end("value"), row.end(), "\n"
