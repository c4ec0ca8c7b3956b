"""What sites say of a trial in sentences, each with the field it fills: data/sentences.json."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from trialparse.lexicon.tables import load

_YEARS = r"(?:\s?(?:years?|months?)(?:\sold)?)?"
_AGE = rf"\d{{1,3}}{_YEARS}"
_PIECES = {
    "~AGES": rf"{_AGE}\s?(?:-|–|to|and)\s?{_AGE}(?!\w)|{_AGE}\s?(?:\+|(?:and|or)\s(?:older|over|up|above)\b)",
    "~DATE": r"(?:\d{1,2} )?\p{Lu}\p{L}{2,8}\.? (?:\d{1,2}, )?\d{4}|\d{4}(?:-\d{2}){0,2}",
}
"""What stands for a name in a row's pattern."""


class SentenceRow(NamedTuple):
    """One way to state a field."""

    field: str
    pattern: regex.Pattern[str]
    """With the group `value`."""
    says: str | None
    """The value as a label's value would be printed, where the words alone do not say it."""
    examples: tuple[str, ...]


@lru_cache(maxsize=1)
def sentences() -> tuple[SentenceRow, ...]:
    """The rows, in their order: the first that fits a page fills the field."""
    return tuple(_row(**row) for row in load("sentences"))


def _row(*, field: str, pattern: str, examples: list[str], says: str | None = None) -> SentenceRow:
    for name, piece in _PIECES.items():
        pattern = pattern.replace(name, f"(?:{piece})")
    # capitals count in what the value itself must begin with, and nowhere else
    folded = regex.sub(r"\\p\{Lu\}", r"(?-i:\\p{Lu})", pattern)
    return SentenceRow(field, regex.compile(folded, regex.IGNORECASE), says, tuple(examples))
