"""Items of criteria that say nothing but how old one must be, and of which sex: data/age_items.json."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from trialparse.lexicon.tables import load

_WORD = regex.compile(r"\p{L}[\p{L}/]*+")
_AGE = regex.compile(r"\b(?:ag(?:e|es|ed)|old|older|years?|months?|over)\b")


class AgeItems(NamedTuple):
    """The words that such an item is made of, and nothing else."""

    words: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]

    def says_age(self, item: str) -> bool:
        """Whether an item is nothing but an age and whose it is."""
        low = item.lower()
        return _AGE.search(low) is not None and self.words.issuperset(_WORD.findall(low))

    def sex(self, item: str) -> str | None:
        """The sexes that such an item names, as the field has them."""
        words = set(_WORD.findall(item.lower()))
        women, men = not self.women.isdisjoint(words), not self.men.isdisjoint(words)
        return "ALL" if women and men else "FEMALE" if women else "MALE" if men else None


@lru_cache(maxsize=1)
def age_items() -> AgeItems:
    """The vocabulary, loaded on first use."""
    data = load("age_items")
    return AgeItems(*(frozenset(data[name].split()) for name in ("words", "women", "men")))
