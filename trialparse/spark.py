"""Spark over records: `frame.mapInArrow(into("thresholds"), schema("thresholds"))`. Needs the extra `spark`.

The functions are plain and picklable; Spark itself is not imported. `docs/spark.md` shows Ray Data and Dask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from trialparse import layouts
from trialparse.export.tables import ddl as schema
from trialparse.pipeline.frames import parse_frame
from trialparse.pipeline.record import TEXT_FIELDS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["into", "into_pandas", "schema"]

ArrowMapper = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def into(table: str, *, fields: Iterable[str] = TEXT_FIELDS, layout: str | None = None) -> ArrowMapper:
    """The function for `DataFrame.mapInArrow` that gives the rows of one table; its schema is `schema(table)`.

    Args:
        table: trials, criteria, thresholds, windows, requirements, failures (the records that gave no trial), or
            every: all of them in one pass, each a column of rows.
        fields: names of the columns that may hold a record's text.
        layout: as for `trialparse.parse`.

    Raises:
        ValueError: there is no such table or layout.
    """
    _check(table, layout)
    return partial(_map_arrow, table=table, fields=tuple(fields), layout=layout)


def into_pandas(
    table: str, *, fields: Iterable[str] = TEXT_FIELDS, layout: str | None = None
) -> Callable[[Iterable[pd.DataFrame]], Iterator[pd.DataFrame]]:
    """The same for `DataFrame.mapInPandas`."""
    _check(table, layout)
    return partial(_map_pandas, table=table, fields=tuple(fields), layout=layout)


def _check(table: str, layout: str | None) -> None:
    """See to it here, and not on the first partition."""
    schema(table)
    if layout is not None:
        layouts.load(layout)


def _map_arrow(
    frames: Iterable[pa.RecordBatch], table: str, fields: tuple[str, ...], layout: str | None
) -> Iterator[pa.RecordBatch]:
    for frame in frames:
        yield parse_frame(frame, table, fields=fields, layout=layout)


def _map_pandas(
    frames: Iterable[pd.DataFrame], table: str, fields: tuple[str, ...], layout: str | None
) -> Iterator[pd.DataFrame]:
    for frame in frames:
        found = parse_frame(pa.Table.from_pandas(frame), table, fields=fields, layout=layout)
        if found.num_rows:  # Spark cannot read an empty frame of the newer pandas
            yield found.to_pandas()
