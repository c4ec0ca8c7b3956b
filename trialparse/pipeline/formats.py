"""What a file of each kind holds: a stream of bytes -> its records, one at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from trialparse.layouts.rows import names_in
from trialparse.layouts.tree import delimiter_of
from trialparse.pipeline import compression, jsonstream
from trialparse.pipeline.archives import seekable, warc_pages, zip_members
from trialparse.pipeline.division import divided
from trialparse.pipeline.extras import extra
from trialparse.pipeline.ictrp import ictrp_trials
from trialparse.pipeline.kinds import ICTRP, foreign, name_for
from trialparse.pipeline.limits import Expansion, Limits
from trialparse.pipeline.record import Record, from_row
from trialparse.pipeline.tabular import table_rows

_BLOCK = 1 << 16
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

Fields = Iterable[str]
Reader = Callable[[BinaryIO, Fields, Limits], Iterator[Record]]


def records(name: str, stream: BinaryIO, fields: Fields, limits: Limits | None = None) -> Iterator[Record]:
    """The records in a file; where it turns out to be broken, the last one is a failure.

    Args:
        name: the file's name: its suffixes say what it holds. Without a known suffix its first bytes do.
        stream: what it holds.
        fields: names of the fields of a row that may hold a record's text.
        limits: how much is read.
    """
    row = None
    try:
        for record in _read(name, stream, fields, limits or Limits()):
            row = record.row
            yield from divided(record)
    except Exception as error:  # each library has errors of its own for a broken file, and none may end the run
        yield Record(None, row=row).failed("read", error)


def known(name: str) -> bool:
    """Whether the name's suffixes say what the file holds."""
    path = PurePath(name.lower())
    return (path.with_suffix("") if path.suffix in compression.SUFFIXES else path).suffix in _READERS


def _read(name: str, stream: BinaryIO, fields: Fields, limits: Limits) -> Iterator[Record]:
    path = PurePath(name)
    suffix = path.suffix.lower()
    if suffix in _READERS:
        yield from _READERS[suffix](stream, fields, limits)
    elif suffix in compression.SUFFIXES:
        yield from _read(path.stem, compression.expand(stream, suffix, limits), fields, limits.within())
    else:
        head = _head(stream)
        with io.BufferedReader(_Whole(head, stream), _BLOCK) as whole:
            yield from _read(name_for(head), whole, fields, limits)


def _head(stream: BinaryIO) -> bytes:
    """What a stream begins with: its first line that holds something, or a block of it."""
    head = b""
    while len(head) < _BLOCK and b"\n" not in head.lstrip() and (block := stream.read(_BLOCK)):
        head += block
    return head


class _Whole(io.RawIOBase):
    """A stream with what was read of it put back."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        return self._head.readinto(buffer) or cast("io.RawIOBase", self._stream).readinto(buffer)


def _page(stream: BinaryIO, _: Fields, limits: Limits) -> Iterator[Record]:
    data = stream.read(limits.record_bytes)
    if what := foreign(data):
        raise ValueError(f"no text, but {what}")
    yield Record(_whole_characters(data) if len(data) == limits.record_bytes else data)


def _whole_characters(data: bytes) -> bytes:
    """Bytes that were cut off somewhere, up to the last character of UTF-8 that is whole."""
    end = len(data)
    while end and data[end - 1] & 0xC0 == 0x80:
        end -= 1
    return data[: end - 1] if end and data[end - 1] >= 0xC0 else data[:end]


def _text(stream: BinaryIO, newline: str) -> io.TextIOWrapper:
    """A stream of text; bytes that are not UTF-8 stay in it as surrogates, for `from_row`."""
    head = stream.read(2)
    whole = io.BufferedReader(_Whole(head, stream), _BLOCK)
    if head in _UTF16:
        return io.TextIOWrapper(whole, encoding="utf-16", errors="replace", newline=newline)
    return io.TextIOWrapper(whole, encoding="utf-8-sig", errors="surrogateescape", newline=newline)


def _lines(text: io.TextIOWrapper, longest: int) -> Iterator[str]:
    """The lines of a text; of one that is too long, so much that this is seen."""
    while line := text.readline(longest + 1):
        rest = line
        while len(rest) > longest and not rest.endswith("\n"):
            rest = text.readline(longest + 1)
        yield line


def _json(stream: BinaryIO, fields: Fields, limits: Limits) -> Iterator[Record]:
    with _text(stream, "\n") as text:
        for number, value, written in jsonstream.values(text, limits.record_bytes):
            yield _from_row(value, written, fields, number)


def _json_lines(stream: BinaryIO, fields: Fields, limits: Limits) -> Iterator[Record]:
    """A record each line, or an array or page of them, which pushes the numbers behind it up."""
    number = 0
    with _text(stream, "\n") as text:
        for place, line in enumerate(_lines(text, limits.record_bytes), 1):
            if line.strip():
                found = _json_line(line.rstrip("\r\n"), fields, max(number + 1, place), limits.record_bytes)
                number = max(number, place - 1) + len(found)
                yield from found


def _json_line(line: str, fields: Fields, number: int, longest: int) -> list[Record]:
    """The records of a line, numbered from `number`; a broken line is one failure."""
    try:
        if len(line) > longest:
            raise ValueError(f"a record of more than {longest:,} characters is not read")
        found = list(jsonstream.values(io.StringIO(line)))
    except ValueError as error:
        return [Record(line, row=number).failed("read", error)]
    return [_from_row(value, written, fields, place) for place, (_, value, written) in enumerate(found, number)]


def _from_row(row: object, written: str | None, fields: Fields, number: int | None) -> Record:
    try:
        if isinstance(row, ValueError):
            raise row
        record = from_row(row, written, fields)
    except ValueError as error:
        text = json.dumps(row, ensure_ascii=False, default=str) if written is None else written
        record = Record(text).failed("read", error)
    return record._replace(row=number)


def _csv(stream: BinaryIO, fields: Fields, limits: Limits) -> Iterator[Record]:
    longest = limits.record_bytes
    with _text(stream, "") as text:
        header = text.readline(longest)
        if header and not names_in(header):  # no table, whatever its name says
            yield from_row(header + text.read(longest))
            return
        lines = chain([header], _lines(text, longest))
        for number, row in enumerate(table_rows(lines, delimiter_of(header), fields, longest), 1):
            if isinstance(row, tuple):
                line, error = row
                yield Record(line, row=number).failed("read", error)
            else:
                yield _from_row(row, None, fields, number)


def _xml(stream: BinaryIO, fields: Fields, limits: Limits) -> Iterator[Record]:
    """One document, or one record for each trial of a file downloaded from ICTRP."""
    head = stream.read(_BLOCK)
    if ICTRP in head:
        yield from ictrp_trials(head, stream, limits)
    else:
        yield from _page(io.BufferedReader(_Whole(head, stream), _BLOCK), fields, limits)


def _zip(stream: BinaryIO, fields: Fields, limits: Limits) -> Iterator[Record]:
    for name, content, share in zip_members(stream, limits):
        if isinstance(content, Exception):
            yield Record(None, member=name, share=share(None)).failed("read", content)
            continue
        for record in records(name, content, fields, limits.within()):
            member = name if record.member is None else f"{name}/{record.member}"
            yield record._replace(member=member, share=share(record.share))


def _wacz(stream: BinaryIO, fields: Fields, limits: Limits) -> Iterator[Record]:
    """A web archive: its pages, not its indexes and descriptions."""
    found = _zip(stream, fields, limits)
    return (record for record in found if record.member is None or record.member.startswith("archive/"))


def _parquet(stream: BinaryIO, fields: Fields, limits: Limits) -> Iterator[Record]:
    with seekable(stream) as whole:
        file = extra("pyarrow.parquet").ParquetFile(whole)
        unpacked = sum(file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups))
        Expansion(limits).check(unpacked, whole.seek(0, io.SEEK_END))
        numbers = count(1)
        for batch in file.iter_batches(batch_size=64):
            for row in batch.to_pylist():
                number = next(numbers)
                yield _from_row(row, None, fields, number)._replace(share=number / file.metadata.num_rows)


def _warc(stream: BinaryIO, _: Fields, limits: Limits) -> Iterator[Record]:
    yield from warc_pages(stream, limits)


_READERS: dict[str, Reader] = {
    ".csv": _csv,
    ".htm": _page,
    ".html": _page,
    ".json": _json,
    ".jsonl": _json_lines,
    ".md": _page,
    ".ndjson": _json_lines,
    ".parquet": _parquet,
    ".text": _page,
    ".tsv": _csv,
    ".txt": _page,
    ".wacz": _wacz,
    ".warc": _warc,
    ".xhtml": _page,
    ".xml": _xml,
    ".zip": _zip,
}
