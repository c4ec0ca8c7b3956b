"""Words that say whose number it is, and of what: `data/people.json`."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from trialparse.lexicon.tables import load


class Whose(NamedTuple):
    """Words in lower case."""

    others: frozenset[str]
    """People who are not the candidate: the mother's age is not the age."""
    lasting: frozenset[str]
    """What lasts for years: between 3 and 15 years of it are no age."""
    graded: frozenset[str]
    """Diseases with grades and stages of their own, which are neither CTCAE nor TNM."""
    changes: frozenset[str]
    """A change of a value is not the value."""
    children: frozenset[str]
    """Who is not the candidate where others have them: women with children under 5 years."""
    changed: frozenset[str]
    """With `by` behind it, it tells a change: LVEF decreased by 10 %; `increased creatinine > 2` is a value."""
    tumors: frozenset[str]
    """What is graded by its cells, and staged as tumors are."""


@lru_cache(maxsize=1)
def whose() -> Whose:
    """The table, loaded on first use."""
    return Whose(**{name: frozenset(words) for name, words in load("people").items()})
