"""Printed numerals -> exact decimals, by the notation the document uses."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import regex

from trialparse.lexicon.tables import load


@lru_cache(maxsize=1)
def magnitudes() -> Mapping[str, int]:
    """Word behind a number -> the power of ten that it stands for: `data/numerals.json`."""
    return MappingProxyType(load("numerals"))


MAX_DIGITS = 15
"""A longer numeral is no clinical number, and would not survive JSON."""

_ONE_MARK = regex.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SHORTEST_MARKED = len("1,000")
_FINE = Decimal("0.0001")
_MIXED = regex.compile(
    r"""\d{1,3}(?:'\d{3})++(?!['\d])                                              # 100'000
      | \d{1,2}(?:,\d{2}(?=,))++,\d{3}(?![,\d])                                   # 1,50,000
      | [1-9]\d{0,2}(?:,[ ]\d{3})++(?=[ ]?(?:/|per\b|cells\b|platelets\b))        # 100, 000/mm3
      | [1-9]\d{0,2}(?:,[ ]000)++(?![.,]?\d)                                       # 100, 000
      | (?P<point>\d{1,3})[·⋅∙•](?P<fraction>(?!10[ ]?[x×])\d{1,2})(?![\d^*(])       # 1·5
      | (?P<whole>\d{1,3})(?:[ ]and[ ]|[ ])(?P<over>[1-7])/(?P<under>[2-8])(?![\d/])   # 2 1/2, 2 and 1/2
      | (?P<whole>[1-9])-(?P<over>1)/(?P<under>2)(?![\d/])                           # 1-1/2
      | (?P<loose>(?P<over>[1-3]))/(?P<under>[2-8])(?![\d/])(?=[ ]?\p{L})            # 1/2 year
      | (?P<point>\d{1,2})(?P<loose>\.[ ]|[ ]\.)(?P<fraction>\d{1,2})(?=[ ]?[\p{L}%×*/])(?![\d.])  # 1. 5 mg/dL
    """,
    regex.VERBOSE,
)

# a comma followed by one or two digits and a letter, %, × or bracket is a decimal comma; 1,000 and lists are not
_DECIMAL_COMMA = regex.compile(r"(?<![\d,.])\d{1,4},\d{1,2}(?=\s?(?:[\p{L}%×*/]|°))")
_DECIMAL_POINT = regex.compile(r"(?<![\d,.])\d{1,4}\.\d{1,2}(?![\d.])")


class Mixed(NamedTuple):
    """A numeral of an unusual form."""

    value: Decimal
    end: int
    loose: bool
    """Whether it may as well be something else: 1. 5 the end of one sentence and the number of the next item."""


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


def other_reading(text: str, value: Decimal) -> Decimal | None:
    """What 1.000, 1,200 or 10.000 says to those who take its mark for the other one; None where there is no doubt."""
    if len(text) < _SHORTEST_MARKED or not _ONE_MARK.fullmatch(text):
        return None
    joined, parted = Decimal(text.replace(",", "").replace(".", "")), Decimal(text.replace(",", "."))
    return joined if value == parted else parted


def mixed(text: str, start: int) -> Mixed | None:
    """A numeral at an offset that is more than digits with one kind of mark; None where it is none of the known forms.

    100'000   1,50,000   100, 000/mm3   1·5   2 1/2   1. 5 and 1/2 (behind a comparator, which the caller sees to)
    """
    match = _MIXED.match(text, start)
    if match is None:
        return None
    if match["over"]:
        part = (Decimal(match["over"]) / Decimal(match["under"])).quantize(_FINE).normalize()
        value = Decimal(match["whole"] or 0) + part
    elif match["point"]:
        value = Decimal(f"{match['point']}.{match['fraction']}")
    else:
        value = Decimal("".join(filter(str.isdigit, match.group())))
    return Mixed(value, match.end(), match["loose"] is not None)


def _joined(whole: str, mark: str, fraction: str) -> Decimal | None:
    groups = whole.split(mark)
    if any(len(group) != 3 for group in groups[1:]):
        return None
    return Decimal(f"{''.join(groups)}.{fraction}")


ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}

_PART = regex.compile(r"(?<=[iv])(?:[a-c]|(?<=iii)d)\d?$")
"""A part of a class: IIIB, IIID, IB2."""
ROMANS = (
    frozenset(stem + letter + digit for stem in ROMAN for letter in ("", *"abc") for digit in ("", *"123"))
    - frozenset(stem + digit for stem in ROMAN for digit in "123")
) | {"iiid", "il", "ill"}
"""Words in lower case that may be a class in Roman numerals and begin like one."""


def roman(word: str) -> int | None:
    """Value of a class in Roman numerals, perhaps with a letter: IV -> 4, IIIb -> 3; None for other words."""
    lowered = word.lower().replace("l", "i") if word in ("l", "ll", "lll", "lV", "Il", "Ill", "lI") else word.lower()
    return ROMAN.get(_PART.sub("", lowered))
