"""Readable text -> atoms: numerals, words and single symbols, the smallest pieces any later stage looks at."""

from __future__ import annotations

import re

WORD, NUMERAL, SYMBOL = 1, 2, 3

Atom = tuple[int, str, int, int]
"""Kind, key in lower case, start, end."""

_ODD = "²³¹¼-¾⁰-₟⅐-↋①-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉"  # numbers to Unicode, but neither letters nor digits
_LETTER = rf"[^\W\d_{_ODD}]"
_INNER = rf"[^\W_{_ODD}]"
# Repeated groups are greedy, not possessive: CPython before 3.11.5 lets a possessive group keep what its last, failed
# round had matched ("0, 1" gave "0,"). Nothing behind them can fail, so that they never give anything back.
_ATOM = re.compile(  # the standard library's engine takes half the time of regex, and here every character passes
    rf"""
      ( [xX](?=(?:ULN|UNL|LLN)\b) | [vV]\d++(?:\.\d++)+    # 1: the x of xULN; v5.0
      | {_LETTER}{_INNER}*+(?:[\u0300-\u036f]++{_INNER}*+)*(?:'{_LETTER}++)? )  # platelets  HbA1c  m2
    | ( \d++(?:[.,]\d++)*  | (?<![\w.])\.\d++ )       # 2: 75  1,000  1.5  .5
    | ( [<>≤≥]=? | \S )                              # 3: >=  ≤  (  /
    """,
    re.VERBOSE,
)


def atomise(text: str, start: int = 0, end: int | None = None) -> list[Atom]:
    """The atoms of `text[start:end]`, with offsets into `text`; white space separates and is dropped."""
    found = _ATOM.finditer(text, start, len(text) if end is None else end)
    return [(match.lastindex or SYMBOL, match.group().lower(), *match.span()) for match in found]
