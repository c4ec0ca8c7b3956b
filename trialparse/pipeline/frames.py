"""A frame of records in, a frame of one table out: the function that clusters map over their partitions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from trialparse.export.arrow import batches, schema
from trialparse.export.rows import rows
from trialparse.export.tables import EVERY, TABLES
from trialparse.models.trial import Trial
from trialparse.pipeline.many import Reading, parse_record
from trialparse.pipeline.record import TEXT_FIELDS, Failure, Record, from_row


def parse_frame(
    frame: pa.RecordBatch | pa.Table | pa.RecordBatchReader,
    into: str = "thresholds",
    *,
    fields: Iterable[str] = TEXT_FIELDS,
    layout: str | None = None,
) -> pa.RecordBatch:
    """Read a record from each row.

    Args:
        frame: rows with the text in one of `fields`; where they also have `path`, `url` or `id`, these are kept.
        into: which table comes back: trials, criteria, thresholds, windows, requirements, failures (no trial), or
            every: one row for each record, in which each of these tables is a column with the rows it has there.
        fields: names of the columns that may hold the text.
        layout: as for `trialparse.parse`.

    Returns:
        The table's rows for all records of the frame.

    Raises:
        ValueError: there is no such table or layout.
    """
    shape = schema(into)
    table = frame.read_all() if isinstance(frame, pa.RecordBatchReader) else frame
    records = [_record(row, fields) for row in table.to_pylist()]
    found = [parse_record(record, Reading(layout)) for record in records]
    if into not in (EVERY, "failures"):
        return batches(each for each in found if isinstance(each, Trial))[into]
    lost = [
        [_lost(record, each)] if isinstance(each, Failure) else [] for record, each in zip(records, found, strict=True)
    ]
    if into == "failures":
        return pa.RecordBatch.from_pylist([row for each in lost for row in each], schema=shape)
    none: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    tables = [none if isinstance(each, Failure) else rows(each) for each in found]
    every = [each | {"failures": failed} for each, failed in zip(tables, lost, strict=True)]
    return pa.RecordBatch.from_pylist(every, schema=shape)


def _record(row: dict[str, Any], fields: Iterable[str]) -> Record:
    path = row.get("path")
    try:
        record = from_row(row, None, fields)
    except ValueError as error:
        record = Record(None).failed("read", error)
    return record if path is None else record._replace(path=str(path))


def _lost(record: Record, failure: Failure) -> dict[str, Any]:
    shown = record.shown() if isinstance(record.text, str | bytes) else None
    return {"id": record.id, "path": record.where, "url": record.url, "raw": shown, **failure._asdict()}
