"""Sources that hold several records, such as an answer of a search or a download in bulk: each becomes its own."""

from __future__ import annotations

from collections.abc import Iterator

from trialparse import layouts
from trialparse.pipeline.record import Record

PARSED = '{"schema_version":'
"""How a line begins that `trialparse parse` wrote."""


def divided(record: Record) -> Iterator[Record]:
    """The records in the text of one, numbered from 1 unless it has a number already; of one alone, itself."""
    text = record.shown() if record.failure is None and isinstance(record.text, str | bytes) else None
    # a trial that was parsed already is one record, however many lists it holds
    parts = layouts.divide(text) if text and not text.startswith(PARSED) else []
    if len(parts) < 2:
        yield record
        return
    for number, part in enumerate(parts, 1):
        yield record._replace(text=part, row=number if record.row is None else record.row)
