"""Rows as Arrow batches, streams of batches that can be appended to, and Parquet files. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from trialparse.export.rows import rows
from trialparse.export.tables import EVERY, TABLES, columns
from trialparse.models.trial import Trial

_TYPES = {
    "string": pa.string(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "array<string>": pa.list_(pa.string()),
}
_MARK = {b"written_by": b"trialparse"}
_GROUP = 2 << 20
"""Bytes of a row group, at least: so much, several times over, is in memory when a table is written."""


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table, or of `EVERY` table in one."""
    if table == EVERY:
        return pa.schema([pa.field(name, pa.list_(pa.struct(list(schema(name))))) for name in (*TABLES, "failures")])
    return pa.schema([pa.field(each.name, _TYPES[each.type]) for each in columns(table)], metadata=_MARK)


def batches(trials: Iterable[Trial]) -> dict[str, pa.RecordBatch]:
    """One batch a table, with the rows of all the trials in order."""
    collected: dict[str, list[dict[str, object]]] = {table: [] for table in TABLES}
    for trial in trials:
        for table, found in rows(trial).items():
            collected[table] += found
    return {table: pa.RecordBatch.from_pylist(found, schema=schema(table)) for table, found in collected.items()}


def to_bytes(batch: pa.RecordBatch) -> bytes:
    """A batch as a message of Arrow's streaming format. Messages may follow each other; the schema is not in them."""
    return bytes(batch.serialize())


def from_file(path: Path, table: str) -> Iterator[pa.RecordBatch]:
    """The batches of a file of such messages."""
    with pa.OSFile(str(path)) as stream:
        while stream.tell() < stream.size():
            yield pa.ipc.read_record_batch(pa.ipc.read_message(stream), schema(table))


def write_parquet(path: Path, table: str, parts: Iterable[pa.RecordBatch]) -> None:
    """Write a table; its row groups depend on the batches alone, so the same batches give the same bytes."""
    with pq.ParquetWriter(path, schema(table), compression="zstd") as writer:
        group: list[pa.RecordBatch] = []
        size = 0
        for batch in parts:
            group.append(batch)
            size += batch.nbytes
            if size >= _GROUP:
                writer.write_table(pa.Table.from_batches(group))
                group, size = [], 0
        if group:
            writer.write_table(pa.Table.from_batches(group))


def is_own(path: Path) -> bool:
    """Whether a Parquet file was written by `write_parquet`."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return False
    return bool(metadata.items() >= _MARK.items())


def has_schema(path: Path, table: str) -> bool:
    """Whether a file is there and has the columns of a table."""
    return path.is_file() and pq.read_schema(path).equals(schema(table))


def read_parquet(path: Path) -> Iterator[pa.RecordBatch]:
    """The batches of a table's file."""
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches()
