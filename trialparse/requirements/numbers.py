"""Printed numerals -> exact decimals, by the notation the document uses."""

from __future__ import annotations

from decimal import Decimal

import regex

MAX_DIGITS = 15
"""A longer numeral is no clinical number, and would not survive JSON."""

# a comma followed by one or two digits and a letter, %, × or bracket is a decimal comma; 1,000 and lists are not
_DECIMAL_COMMA = regex.compile(r"(?<![\d,.])\d{1,4},\d{1,2}(?=\s?(?:[\p{L}%×*/]|°))")
_DECIMAL_POINT = regex.compile(r"(?<![\d,.])\d{1,4}\.\d{1,2}(?![\d.])")


def has_decimal_comma(text: str) -> bool:
    """Whether a document writes 1,5 for one and a half (and may then write 1.000 for a thousand)."""
    if "," not in text:
        return False
    commas = sum(1 for _ in _DECIMAL_COMMA.finditer(text))
    return commas > 0 and commas > sum(1 for _ in _DECIMAL_POINT.finditer(text))


def numeral(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The value of a numeral such as 1,000, 1.5, 1,5 or 1.000.000; None where it is none (dates, lists, versions)."""
    if sum(map(str.isdigit, text)) > MAX_DIGITS or not text.isascii():
        return None
    if text.isdigit():
        return Decimal(text)
    last_comma, last_point = text.rfind(","), text.rfind(".")
    if last_comma >= 0 and last_point >= 0:
        mark, other = (",", ".") if last_comma > last_point else (".", ",")
        whole, _, fraction = text.rpartition(mark)
        return _joined(whole, other, fraction) if mark not in whole else None
    mark = "," if last_comma >= 0 else "."
    parts = text.split(mark)
    grouped = all(len(part) == 3 for part in parts[1:]) and 0 < len(parts[0]) <= 3 and parts[0] != "0"
    if len(parts) > 2:
        return Decimal("".join(parts)) if grouped else None
    if grouped and decimal_comma == (mark == "."):
        return Decimal("".join(parts))
    return Decimal(f"{parts[0] or '0'}.{parts[1]}")


def _joined(whole: str, mark: str, fraction: str) -> Decimal | None:
    groups = whole.split(mark)
    if any(len(group) != 3 for group in groups[1:]):
        return None
    return Decimal(f"{''.join(groups)}.{fraction}")


ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


def roman(word: str) -> int | None:
    """Value of a class in Roman numerals, perhaps with a letter: IV -> 4, IIIb -> 3; None for other words."""
    lowered = word.lower().replace("l", "i") if word in ("l", "ll", "lll", "lV", "Il", "Ill", "lI") else word.lower()
    stem = lowered.rstrip("abc")
    value = ROMAN.get(stem)
    return None if len(lowered) - len(stem) > 1 else value
