"""Spellings of units and their UCUM codes: `data/units.json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from trialparse.lexicon.tables import load


@dataclass(frozen=True, slots=True, eq=False)
class UnitRow:
    """A UCUM code, its size and its spellings. An amount in `base` is `value * factor + offset`."""

    ucum: str
    dimension: str
    """Units convert into each other within a dimension; all its rows share `base`."""
    base: str
    factor: Fraction
    offset: Fraction
    spellings: tuple[str, ...]
    """Case-sensitive; a power of ten is written 10^9. Empty for codes that no text spells out ({INR})."""
    example: str | None


@lru_cache(maxsize=1)
def units() -> Mapping[str, UnitRow]:
    """UCUM code -> row."""
    return MappingProxyType({row["ucum"]: _row(**row) for row in load("units")})


@lru_cache(maxsize=1)
def spellings() -> Mapping[str, str]:
    """Spelling, in readable text -> UCUM code. White space between the atoms of a spelling makes no difference.

    A code spells itself, too; those of letters alone only where the table says so: a and N are words.
    """
    codes = {ucum: ucum for ucum in units() if not ucum.isalnum()}
    return MappingProxyType(codes | {spelling: row.ucum for row in units().values() for spelling in row.spellings})


def _row(
    *,
    ucum: str,
    dimension: str,
    base: str,
    factor: str,
    spellings: list[str],
    offset: str = "0",
    example: str | None = None,
) -> UnitRow:
    return UnitRow(ucum, dimension, base, Fraction(factor), Fraction(offset), tuple(spellings), example)


def code(text: str) -> str | None:
    """The UCUM code that a code or a spelling of the table stands for; None where it is neither."""
    return text if text in units() else spellings().get(text)
