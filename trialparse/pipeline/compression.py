"""Compressed streams. One that is cut short is an error, never a quiet end, and what comes before it is read."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any, BinaryIO

from trialparse.pipeline.extras import extra
from trialparse.pipeline.limits import Expansion, Limits

SUFFIXES = (".gz", ".zst")
MAGIC = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst"}
_BLOCK = 1 << 8
"""Compressed bytes at a time: where they are corrupt, so much is lost. (Fewer cost time.)"""


def expand(stream: BinaryIO, suffix: str, limits: Limits | None = None) -> BinaryIO:
    """The stream behind a compressed one, which ends in a ValueError where it is cut short or becomes too much."""
    return io.BufferedReader(_Expanded(stream, suffix, limits or Limits()))


def compress(data: bytes, suffix: str) -> bytes:
    """A whole compressed file, the same at any time of day; such files may follow each other in one."""
    if suffix == ".gz":
        return gzip.compress(data, compresslevel=6, mtime=0)
    if suffix == ".zst":
        return bytes(extra("zstandard").ZstdCompressor(write_checksum=True).compress(data))
    return data


def _new_part(suffix: str) -> Any:
    """What expands one gzip member or zstd frame: both have `decompress`, `eof` and `unused_data`."""
    if suffix == ".gz":
        return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    return extra("zstandard").ZstdDecompressor().decompressobj()


class _Expanded(io.RawIOBase):
    """The parts of a compressed file, one after another.

    (GzipFile drops what it has read when the file ends too early, and zstandard's reader does not notice that it does.)
    """

    def __init__(self, stream: BinaryIO, suffix: str, limits: Limits) -> None:
        self._stream = stream
        self._suffix = suffix
        self._part: Any = None
        self._ready = memoryview(b"")
        self._packed = 0
        self._expansion = Expansion(limits)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            block = self._stream.read(_BLOCK)
            if not block and self._part is not None:
                raise ValueError("the compressed file is cut short")
            if not block:
                return 0
            self._packed += len(block)
            self._ready = memoryview(self._expand(block))
            self._expansion.check(len(self._ready), self._packed)
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _expand(self, block: bytes) -> bytes:
        out = []
        # between two parts there may be zeros: tapes were written in blocks
        while block := block if self._part else block.lstrip(b"\0"):
            self._part = self._part or _new_part(self._suffix)
            out.append(self._part.decompress(block))
            block = self._part.unused_data
            if self._part.eof:
                self._part = None
        return b"".join(out)
