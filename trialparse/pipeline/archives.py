"""Files of files: zip, and the web crawler's WARC."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, BinaryIO, NamedTuple, cast

import regex

from trialparse.pipeline.extras import extra
from trialparse.pipeline.limits import Expansion, Limits
from trialparse.pipeline.record import Record

_BLOCK = 1 << 16
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/xhtml")
_ENTRY, _BLANK = b"WARC/", b"\r\n\r\n"
_LENGTH = regex.compile(rb"(?i)\ncontent-length:[ \t]*+(\d{1,18})")
_TAIL = 1 << 13
"""Bytes that hold the headers of an entry."""


class Member(NamedTuple):
    """A file in an archive."""

    name: str
    content: BinaryIO | Exception
    """What it holds, or why it cannot be read."""
    share: Callable[[float | None], float]
    """How much of the archive has been read, given how much of the file, where that is known."""


def zip_members(stream: BinaryIO, limits: Limits) -> Iterator[Member]:
    """Each file in a zip archive."""
    with seekable(stream) as whole, zipfile.ZipFile(whole) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        total = max((info.header_offset + info.compress_size for info in infos), default=0) or 1
        for info in infos:
            if PurePath(info.filename).name.startswith(".") or info.filename.startswith("__MACOSX"):
                continue

            def share(inner: float | None, info: zipfile.ZipInfo = info) -> float:
                place = whole.tell() if inner is None else info.header_offset + inner * info.compress_size
                return float(min(1.0, place / total))

            try:
                with archive.open(info) as member:
                    bounded = _Member(cast("BinaryIO", member), info.compress_size, limits)
                    yield Member(info.filename, io.BufferedReader(bounded), share)
            except (OSError, RuntimeError, zipfile.BadZipFile) as error:  # RuntimeError: it needs a password
                yield Member(info.filename, error, share)


class _Member(io.RawIOBase):
    """A file in an archive that may not unpack to too much."""

    def __init__(self, stream: BinaryIO, packed: int, limits: Limits) -> None:
        self._stream = stream
        self._packed = packed
        self._expansion = Expansion(limits)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._expansion.check(len(data), self._packed)
        buffer[: len(data)] = data
        return len(data)


def warc_pages(stream: BinaryIO, limits: Limits) -> Iterator[Record]:
    """The pages of a WARC that are text, numbered among all its entries, each with its URL.

    Raises:
        EOFError: the file ends within an entry.
    """
    ending = _Ending(stream)
    entries = extra("warcio.archiveiterator").ArchiveIterator(io.BufferedReader(ending), no_record_parse=False)
    for number, entry in enumerate(entries, 1):
        headers = entry.http_headers
        kind = (headers or entry.rec_headers).get_header("Content-Type", "")
        wanted = entry.rec_type in ("response", "resource", "conversion") and kind.startswith(_TEXT_TYPES)
        if wanted and (headers is None or headers.get_statuscode() == "200"):
            data = entry.content_stream().read(limits.record_bytes)
            if getattr(entry.raw_stream, "limit", 0) and len(data) < limits.record_bytes:
                raise EOFError("the file ends within a page")
            yield Record(_in_charset(data, kind), row=number, url=entry.rec_headers.get_header("WARC-Target-URI"))
    if not ending.is_whole():
        raise EOFError("the file ends within an entry")


class _Ending(io.RawIOBase):
    """A stream that remembers how it ended."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._tail = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        if data:
            self._tail = (self._tail + data)[-_TAIL:]
        buffer[: len(data)] = data
        return len(data)

    def is_whole(self) -> bool:
        """Whether the last entry ended as entries do: by a blank line behind its headers, and another."""
        last = self._tail[self._tail.rfind(b"\n" + _ENTRY) + 1 :]
        headers, _, body = last.partition(_BLANK) if last.startswith(_ENTRY) else (b"", b"", last)
        length = _LENGTH.search(headers)
        return body.endswith(_BLANK) and (length is None or len(body) >= int(length[1]) + len(_BLANK))


def _in_charset(data: bytes, kind: str) -> str | bytes:
    """A page in the character set that its server named, if it did and the page keeps to it."""
    charset = kind.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return data.decode(charset) if charset else data
    except (LookupError, UnicodeDecodeError):
        return data


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[Any]:
    """The stream, or a copy on disk if it can only be read once."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        while block := stream.read(_BLOCK):
            copy.write(block)
        copy.seek(0)
        yield copy
