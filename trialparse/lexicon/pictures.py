"""Pictures that stand in the stead of labels, in apps and on cards: data/pictures.json."""

from __future__ import annotations

from functools import lru_cache

from trialparse.lexicon.tables import load


@lru_cache(maxsize=1)
def pictures() -> dict[str, str]:
    """Picture -> a label that means the same; loaded on first use."""
    return {sign: label for label, signs in load("pictures").items() for sign in signs.split()}
