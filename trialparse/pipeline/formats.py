"""What a file of each kind holds: a stream of bytes -> its records, one at a time."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from trialparse.layouts.rows import names_in
from trialparse.layouts.tree import delimiter_of
from trialparse.pipeline import compression, jsonstream
from trialparse.pipeline.division import divided
from trialparse.pipeline.extras import extra
from trialparse.pipeline.record import Record, from_row
from trialparse.text.decode import decode

_BLOCK = 1 << 16
_LONGEST_CELL = 1 << 30
_ICTRP = b"<Trials_downloaded_from_ICTRP"
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/xhtml")

Fields = Iterable[str]
Reader = Callable[[BinaryIO, Fields], Iterator[Record]]


def records(name: str, stream: BinaryIO, fields: Fields) -> Iterator[Record]:
    """The records in a file; where it turns out to be broken, the last one is a failure.

    Args:
        name: the file's name: its suffixes say what it holds. Without a known suffix its first bytes do.
        stream: what it holds.
        fields: names of the fields of a row that may hold a record's text.
    """
    row = None
    try:
        for record in _read(name, stream, fields):
            row = record.row
            yield from divided(record)
    except Exception as error:  # each library has errors of its own for a broken file, and none may end the run
        yield Record(None, row=row).failed("read", error)


def known(name: str) -> bool:
    """Whether the name's suffixes say what the file holds."""
    path = PurePath(name.lower())
    return (path.with_suffix("") if path.suffix in compression.SUFFIXES else path).suffix in _READERS


def _read(name: str, stream: BinaryIO, fields: Fields) -> Iterator[Record]:
    path = PurePath(name)
    suffix = path.suffix.lower()
    if suffix in _READERS:
        yield from _READERS[suffix](stream, fields)
    elif suffix in compression.SUFFIXES:
        yield from _read(path.stem, compression.expand(stream, suffix), fields)
    else:
        head = _head(stream)
        with io.BufferedReader(_Whole(head, stream), _BLOCK) as whole:
            yield from _read(_name_for(head), whole, fields)


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


def _name_for(head: bytes) -> str:
    """A name for a file that begins so."""
    for magic, suffix in _MAGIC.items():
        if head.startswith(magic):
            return f"x{suffix}"
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"{", b"[")):
        return "x.jsonl" if _is_row(*head.partition(b"\n")[:2]) else "x.json"
    return "x.xml" if head.startswith((b"<?xml", _ICTRP)) else "x.txt"


def _is_row(line: bytes, end: bytes) -> bool:
    """Whether a file that begins so has records in lines: the first is whole JSON, or is one long record."""
    if not end:
        return not jsonstream.holds_many(line.decode(errors="replace"))
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _page(stream: BinaryIO, _: Fields) -> Iterator[Record]:
    yield Record(stream.read())


def _json(stream: BinaryIO, fields: Fields) -> Iterator[Record]:
    with io.TextIOWrapper(stream, encoding="utf-8-sig") as text:
        for number, value, written in jsonstream.values(text):
            yield _from_row(value, written, fields, number)


def _json_lines(stream: BinaryIO, fields: Fields) -> Iterator[Record]:
    """A record each line, or an array or page of them, which pushes the numbers behind it up."""
    number = 0
    for place, line in enumerate(stream, 1):
        if line.strip():
            found = _json_line(line.rstrip(b"\r\n"), fields, max(number + 1, place))
            number = max(number, place - 1) + len(found)
            yield from found


def _json_line(line: bytes, fields: Fields, number: int) -> list[Record]:
    """The records of a line, numbered from `number`; a broken line is one failure."""
    text, guessed = decode(line)
    try:
        if guessed is not None:
            raise ValueError(f"not UTF-8; it looks like {guessed}")
        found = list(jsonstream.values(io.StringIO(text)))
    except (ValueError, RecursionError) as error:
        return [Record(text, row=number).failed("read", error)]
    return [_from_row(value, written, fields, place) for place, (_, value, written) in enumerate(found, number)]


def _from_row(row: object, written: str | None, fields: Fields, number: int | None) -> Record:
    try:
        record = from_row(row, written, fields)
    except ValueError as error:
        record = Record(written).failed("read", error)
    # a dead letter knows better where it came from
    return record if record.path is not None else record._replace(row=number)


def _csv(stream: BinaryIO, fields: Fields) -> Iterator[Record]:
    csv.field_size_limit(_LONGEST_CELL)
    with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        header = text.readline()
        if header and not names_in(header):  # no table, whatever its name says
            yield Record(header + text.read())
            return
        lines = chain([header], text)
        rows = csv.DictReader(lines, delimiter=delimiter_of(header), restkey="", strict=True)
        for number, row in enumerate(rows, 1):
            if "" in row:
                error = ValueError("the row has more cells than the header")
                yield Record(json.dumps(row, ensure_ascii=False), row=number).failed("read", error)
            else:
                yield _from_row(row, None, fields, number)


def _xml(stream: BinaryIO, _: Fields) -> Iterator[Record]:
    """One document, or one record for each trial of a file downloaded from ICTRP."""
    pending = stream.read(_BLOCK)
    if _ICTRP not in pending:
        yield Record(pending + stream.read())
        return
    number = 0
    while True:
        start = pending.find(b"<Trial>")
        end = pending.find(b"</Trial>", start)
        if 0 <= start < end:
            number += 1
            end += len(b"</Trial>")
            yield Record(pending[start:end], row=number)
            pending = pending[end:]
        elif block := stream.read(max(_BLOCK, len(pending))):
            pending += block
        elif start >= 0:
            raise EOFError("the file ends within a trial")
        else:
            return


def _zip(stream: BinaryIO, fields: Fields) -> Iterator[Record]:
    with zipfile.ZipFile(_seekable(stream)) as archive:
        for info in archive.infolist():
            if info.is_dir() or PurePath(info.filename).name.startswith(".") or info.filename.startswith("__MACOSX"):
                continue
            try:
                with archive.open(info) as member:
                    for record in records(info.filename, cast("BinaryIO", member), fields):
                        yield _within(info.filename, record)
            except (OSError, RuntimeError, zipfile.BadZipFile) as error:  # RuntimeError: it needs a password
                yield Record(None, member=info.filename).failed("read", error)


def _within(name: str, record: Record) -> Record:
    if record.path is not None:
        return record
    return record._replace(member=name if record.member is None else f"{name}/{record.member}")


def _parquet(stream: BinaryIO, fields: Fields) -> Iterator[Record]:
    number = 0
    for batch in extra("pyarrow.parquet").ParquetFile(_seekable(stream)).iter_batches(batch_size=64):
        for row in batch.to_pylist():
            number += 1
            yield _from_row(row, None, fields, number)


def _warc(stream: BinaryIO, _: Fields) -> Iterator[Record]:
    entries = extra("warcio.archiveiterator").ArchiveIterator(stream, no_record_parse=False)
    for number, entry in enumerate(entries, 1):
        headers = entry.http_headers
        kind = (headers or entry.rec_headers).get_header("Content-Type", "")
        wanted = entry.rec_type in ("response", "resource", "conversion") and kind.startswith(_TEXT_TYPES)
        if wanted and (headers is None or headers.get_statuscode() == "200"):
            data = entry.content_stream().read()
            if getattr(entry.raw_stream, "limit", 0):
                raise EOFError("the file ends within a page")
            yield Record(_in_charset(data, kind), row=number, url=entry.rec_headers.get_header("WARC-Target-URI"))


def _in_charset(data: bytes, kind: str) -> str | bytes:
    """A page in the character set that its server named, if it did and the page keeps to it."""
    charset = kind.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return data.decode(charset) if charset else data
    except (LookupError, UnicodeDecodeError):
        return data


def _seekable(stream: BinaryIO) -> Any:
    """The stream, or a copy on disk if it can only be read once."""
    if stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the last reference, after the last record
    while block := stream.read(_BLOCK):
        copy.write(block)
    copy.seek(0)
    return copy


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
    ".warc": _warc,
    ".xhtml": _page,
    ".xml": _xml,
    ".zip": _zip,
}
_MAGIC = {**compression.MAGIC, b"PK\x03\x04": ".zip", b"PAR1": ".parquet", b"WARC/": ".warc"}
