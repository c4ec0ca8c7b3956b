"""Bytes -> str, saying which encoding was used when it was not UTF-8; and str that UTF-8 can hold."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SURROGATE = re.compile(r"[\uD800-\uDFFF]")


def decode(data: bytes) -> tuple[str, str | None]:
    """Decode by byte-order mark, then UTF-8, then UTF-16 without mark, then Windows-1252; never raises.

    Returns:
        The text, and the name of the encoding if it had to be guessed, else None. Offsets of a trial parsed from
        bytes refer to this text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), None
    guess = _utf16_without_mark(data)
    if guess is None:
        try:
            return data.decode("utf-8"), None
        except UnicodeDecodeError:
            guess = "windows-1252"
    return data.decode(guess, errors="replace"), guess


def well_formed(text: str) -> str:
    """The text with U+FFFD for half a surrogate pair, as broken escapes leave it: UTF-8 has no place for one."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:2000]
    half = len(head) // 2
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and head[offset::2].count(0) > half * 0.7 and head[1 - offset :: 2].count(0) < half * 0.1:
            return name
    return None
