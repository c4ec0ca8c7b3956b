"""Readable text -> atoms: numerals, words and single symbols, the smallest pieces any later stage looks at."""

from __future__ import annotations

import regex

NUMERAL, WORD, SYMBOL = 1, 2, 3

Atom = tuple[int, str, int, int]
"""Kind, key (words in lower case), start, end."""

_ATOM = regex.compile(
    r"""
      ( \d++(?:[.,]\d++)*+ | (?<![\w.])\.\d++ )       # 1: 75  1,000  1.5  .5
    | ( [xX](?=(?:ULN|UNL|LLN)\b) | \p{L}[\p{L}\p{M}\d]*+(?:'\p{L}++)? )  # 2: platelets  HbA1c  m2  the x of xULN
    | ( [<>≤≥]=? | \S )                      # 3: >=  ≤  (  /
    """,
    regex.VERBOSE,
)


def atomise(text: str, start: int = 0, end: int | None = None) -> list[Atom]:
    """The atoms of `text[start:end]`, with offsets into `text`; white space separates and is dropped."""
    atoms: list[Atom] = []
    for match in _ATOM.finditer(text, start, len(text) if end is None else end):
        kind = match.lastindex or SYMBOL
        key = match.group()
        atoms.append((kind, key.lower() if kind == WORD else key, match.start(), match.end()))
    return atoms
