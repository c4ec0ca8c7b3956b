"""Signs that came through the wrong encoding or font, told by what no writer writes: each repair is remembered.

UTF-8 that was read as Windows-1252 or Latin-1 (`â‰¥`), twice (`Ã¢â€°Â¥`), or as Mac Roman (`‚â•`); the private
characters by which word processors name a sign of the Symbol font (U+F0B3 for ≥).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from re import Match
from typing import NamedTuple

from trialparse.text.layer import Layer


class Repair(NamedTuple):
    """A sign that was put right; where it stands more than once, this is the first."""

    start: int
    """Offset in the caller's string; half-open with `end`."""
    end: int
    printed: str
    read: str


Mend = Callable[[Layer, list[Repair]], Layer]


def _bytes_of(encoding: str) -> dict[str, int]:
    """Character -> the byte that this encoding takes for it; bytes it does not know count as Latin-1 reads them."""
    table = {chr(code): code for code in range(0x80, 0x100)}
    return table | {bytes([code]).decode(encoding, "replace"): code for code in range(0x80, 0x100)}


def _misread(encoding: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """The signs of two and three bytes that occur in records, as this encoding shows them."""
    table = _bytes_of(encoding)
    codes: dict[int, str] = {}
    for char, code in table.items():
        codes[code] = codes.get(code, "") + re.escape(char)
    high = "".join(codes[code] for code in range(0x80, 0xC0))
    two, three = ("".join(codes[code] for code in leads) for leads in ((0xC2, 0xC3, 0xCE, 0xCF), (0xE2, 0xEF)))
    return re.compile(rf"(?:[{two}]|[{three}][{high}])[{high}]"), table


_WESTERN, _WESTERN_BYTES = _misread("cp1252")
_MAC, _MAC_BYTES = _misread("mac_roman")
# single characters without which a pattern finds nothing: to look for one of a class is far quicker
_ACCENT, _MAC_SIGN, _PRIVATE = (re.compile(signs) for signs in ("[ÂÃÎÏâï]", "[‚¬√Œœ]", "[\uf020-\uf0ff]"))
_STRIPPED = re.compile("â([¤¥])")
"""≤ and ≥ as Latin-1, where the control character in their middle was dropped."""
SYMBOLS = {
    "\uf03c": "<", "\uf03d": "=", "\uf03e": ">", "\uf0a3": "≤", "\uf0b3": "≥", "\uf0b1": "±", "\uf0b4": "×",
    "\uf0b9": "≠", "\uf0bb": "≈", "\uf0a5": "∞", "\uf02b": "+", "\uf02f": "/", "\uf025": "%", "\uf061": "α",
    "\uf062": "β", "\uf067": "γ", "\uf064": "δ", "\uf06d": "µ", "\uf06b": "κ", "\uf06c": "λ", "\uf044": "Δ",
}  # fmt: skip
"""Private character -> the sign that stands at its place in the Symbol font. Source: the font's encoding, as Unicode
publishes it (VENDORS/ADOBE/symbol.txt). Bullets are look-alikes and no repair."""
_SYMBOL = re.compile(f"[{''.join(SYMBOLS)}]")


def _mended(
    layer: Layer, pattern: re.Pattern[str], replace: Callable[[Match[str]], str], repairs: list[Repair]
) -> Layer:
    source = layer
    while source.parent is not None:
        source = source.parent
    known = {(repair.printed, repair.read) for repair in repairs}
    for match in pattern.finditer(layer.text):
        read = replace(match)
        if read == match.group():
            continue
        start, end = layer.to_source(*match.span())
        printed = source.text[start:end]
        if (printed, read) not in known:
            known.add((printed, read))
            # what was misread twice is one repair
            repairs[:] = [repair for repair in repairs if not start <= repair.start < repair.end <= end]
            repairs.append(Repair(start, end, printed, read))
    return layer.replaced(pattern, replace)


def _reread(table: dict[str, int]) -> Callable[[Match[str]], str]:
    def read(match: Match[str]) -> str:
        text: str = match.group()
        told = bytes(table[char] for char in text).decode("utf-8", "replace")
        return text if "\ufffd" in told else told

    return read


def undo_western(layer: Layer, repairs: list[Repair]) -> Layer:
    """UTF-8 that was read as Windows-1252 or Latin-1: â‰¥ is ≥, and Â± is ±."""
    return _mended(layer, _WESTERN, _reread(_WESTERN_BYTES), repairs) if _ACCENT.search(layer.text) else layer


def undo_stripped(layer: Layer, repairs: list[Repair]) -> Layer:
    """The same, where control characters were dropped afterwards."""
    if "â" not in layer.text:
        return layer
    return _mended(layer, _STRIPPED, lambda match: "≤" if match[1] == "¤" else "≥", repairs)


def undo_mac(layer: Layer, repairs: list[Repair]) -> Layer:
    """UTF-8 that was read as Mac Roman: ‚â• is ≥, and ¬± is ±."""
    return _mended(layer, _MAC, _reread(_MAC_BYTES), repairs) if _MAC_SIGN.search(layer.text) else layer


def read_symbols(layer: Layer, repairs: list[Repair]) -> Layer:
    """Signs of the Symbol font."""
    if not _PRIVATE.search(layer.text):
        return layer
    return _mended(layer, _SYMBOL, lambda match: SYMBOLS[match.group()], repairs)


_ANY = re.compile("[ÂÃÎÏâï‚¬√Œœ\uf020-\uf0ff]")
_MENDS: tuple[Mend, ...] = (undo_western, undo_western, undo_stripped, undo_mac, read_symbols)
"""In this order; what was misread twice is reread twice."""


def repair(layer: Layer) -> tuple[Layer, list[Repair]]:
    """The text with all of these signs put right, and what was repaired."""
    repairs: list[Repair] = []
    if _ANY.search(layer.text):
        for mend in _MENDS:
            layer = mend(layer, repairs)
    return layer, repairs
