"""Words and signs that compare: `data/comparators.json`, and the slips of the pen that still say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import ascii_lowercase
from types import MappingProxyType
from typing import NamedTuple

from trialparse.lexicon.tables import load

_SLIPS_FROM = 5
"""Shorter words are too close to others."""
_WRONG_LETTER_FROM = 6
_MISSPELT = frozenset({"EQUAL", "HIGHER", "LESS", "LOWER", "MORE", "SAME"})


class Comparing(NamedTuple):
    """A word that compares: a terminal of `grammars/comparator.lark`, and the measure that the word implies."""

    kind: str
    implied: str
    slip: bool = False
    """Whether it is misspelled, so that it counts only with `than` or a word for equality."""


@lru_cache(maxsize=1)
def comparing() -> Mapping[str, Comparing]:
    """Word in lower case, or sign -> what it is; with the misspellings of the longer words that are no WORD."""
    exact = {
        word: Comparing(kind, implied)
        for kind, values in load("comparators").items()
        for implied, words in values.items()
        for word in words
    }
    slips: dict[str, Comparing] = {}
    for word, row in exact.items():
        if len(word) >= _SLIPS_FROM and word.isalpha() and row.kind in _MISSPELT:
            slips.update((slip, row._replace(slip=True)) for slip in _slips(word))
    known = {**slips, **exact}
    return MappingProxyType({word: row for word, row in known.items() if row.kind != "WORD"})


def _slips(word: str) -> Iterator[str]:
    """A letter left out, wrong, too many, or in its neighbour's place; the first letter is right."""
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]
        yield word[: i + 1] + word[i:]
        yield word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :]
        if len(word) >= _WRONG_LETTER_FROM:
            yield from (word[:i] + letter + word[i + 1 :] for letter in ascii_lowercase)
            yield from (word[:i] + letter + word[i:] for letter in ascii_lowercase)
