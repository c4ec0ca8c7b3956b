"""What a file holds by its first bytes: which reader it is for, or that it is no text at all."""

from __future__ import annotations

import json

from trialparse.pipeline import compression, jsonstream
from trialparse.text.decode import decode

ICTRP = b"<Trials_downloaded_from_ICTRP"

_MAGIC = {**compression.MAGIC, b"PK\x03\x04": ".zip", b"PAR1": ".parquet", b"WARC/": ".warc"}
_FOREIGN = {
    b"%PDF-": "a PDF; extract its text first",
    b"{\\rtf": "a rich-text document (RTF); save it as text first",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an Office document (.doc, .xls, ...); save it as text first",
    b"\x7fELF": "a program (ELF)",
    b"MZ\x90\x00": "a program (Windows)",
    b"\xcf\xfa\xed\xfe": "a program (macOS)",
    b"\xca\xfe\xba\xbe": "a program (macOS or Java)",
    b"\x89PNG\r\n": "an image (PNG)",
    b"\xff\xd8\xff": "an image (JPEG)",
    b"GIF87a": "an image (GIF)",
    b"GIF89a": "an image (GIF)",
    b"II*\x00": "an image (TIFF)",
    b"MM\x00*": "an image (TIFF)",
    b"SQLite format 3\x00": "a database (SQLite)",
    b"\xfd7zXZ\x00": "packed with xz; unpack it first",
    b"BZh91AY&SY": "packed with bzip2; unpack it first",
    b"7z\xbc\xaf\x27\x1c": "packed with 7-Zip; unpack it first",
    b"\x1f\x8b": "packed with gzip; end its name in .gz",
    b"\x28\xb5\x2f\xfd": "packed with zstd; end its name in .zst",
    b"PK\x03\x04": "an archive (ZIP); end its name in .zip",
    b"PAR1": "a Parquet table; end its name in .parquet",
}
"""First bytes of what is no page."""
_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/")
_LOOK = 4096
_MOST_CONTROLS = 0.1
"""Share of bytes that no text holds, from which on it is none. (Pages may hold a stray one.)"""
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")


def foreign(head: bytes) -> str | None:
    """What a file that begins so is, if it is no text."""
    start = head[:_LOOK].removeprefix(b"\xef\xbb\xbf").lstrip()
    if is_office(head):
        return "an Office document (.docx, .xlsx, .odt, ...); save it as text first"
    for magic, what in _FOREIGN.items():
        if start.startswith(magic):
            return what
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "an image (WebP)"
    text = decode(head[: _LOOK // 2 * 2])[0]  # UTF-16 is full of bytes that are controls elsewhere
    controls = sum(ord(char) < 32 and ord(char) not in _TEXT_CONTROLS for char in text)
    return "binary data" if controls > _MOST_CONTROLS * len(text) else None


def is_office(head: bytes) -> bool:
    """Whether a file that begins so is an archive that a word processor or spreadsheet wrote."""
    return head.startswith(b"PK\x03\x04") and any(mark in head[:_LOOK] for mark in _OFFICE)


def name_for(head: bytes) -> str:
    """A name for a file that begins so, whose suffix says how it is read."""
    for magic, suffix in _MAGIC.items():
        if head.startswith(magic) and not is_office(head):
            return f"x{suffix}"
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"{", b"[")):
        return "x.jsonl" if _is_row(*head.partition(b"\n")[:2]) else "x.json"
    return "x.xml" if head.startswith((b"<?xml", ICTRP)) else "x.txt"


def _is_row(line: bytes, end: bytes) -> bool:
    """Whether a file that begins so has records in lines: the first is whole JSON, or is one long record."""
    if not end:
        return not jsonstream.holds_many(line.decode(errors="replace"))
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
