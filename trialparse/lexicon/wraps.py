"""Words that tell a wrapped line from two lines: those no line ends with, and those no item begins with."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from trialparse.lexicon.tables import load


class Wraps(NamedTuple):
    """The words, all in lower case."""

    ends_open: frozenset[str]
    """A line that ends with one of them goes on below: "chemotherapy within 3 weeks prior to"."""
    goes_on: frozenset[str]
    """A line that begins with one of them goes on with the line above: "than 18 years"."""
    abbreviations: frozenset[str]
    """Words whose full stop ends no sentence: "e.g."."""


@lru_cache(maxsize=1)
def wraps() -> Wraps:
    """The words of `data/wraps.json`, loaded on first use."""
    table = load("wraps")
    return Wraps(*(frozenset(table[name]["words"]) for name in Wraps._fields))
