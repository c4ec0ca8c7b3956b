"""The tokens the grammars read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple


class Token:
    """A terminal of the grammars with its meaning and its place in the readable text; never changed.

    Most of what reading makes are these, and a class with slots is what both Python and mypyc are quick with.
    """

    __slots__ = ("end", "start", "type", "value")

    def __init__(self, type: str, value: Any, start: int, end: int) -> None:
        self.type = type
        self.value = value
        self.start = start
        self.end = end

    def turned(self, type: str, value: Any) -> Token:
        """What stands in the same place, read as something else."""
        return Token(type, value, self.start, self.end)


GRADED = "graded"
"""Value of the SCALE token of a grade or a stage that is one of the disease beside it: stage 3 kidney disease."""


class UnitMark(NamedTuple):
    """A unit as recognised: UCUM code (None for a spelling the table lacks) and its place."""

    ucum: str | None
    start: int
    end: int


class Amount(NamedTuple):
    """A number with the unit that follows it."""

    value: Decimal
    unit: UnitMark | None = None
    roman: bool = False
    repaired: str | None = None
    """How a lost superscript was read: "10^9" for 109."""
    parts_of: str | None = None
    """What the days of a value in weeks and days are parts of: "wk", or "gestation" where they are told as 36+6 is."""
    other: Decimal | None = None
    """The other reading of a mark that may part thousands or decimals: 1000 for 1.000, 1.2 for 1,200."""
