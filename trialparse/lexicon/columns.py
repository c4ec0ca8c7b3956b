"""What a column of a table, or a key of a row, holds by its name."""

from __future__ import annotations

from functools import lru_cache

import regex

from trialparse.lexicon.fields import labels
from trialparse.lexicon.tables import load

_HUMP = regex.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = regex.compile(r"[\s_\-/]++")
_PATH = regex.compile(r"[.]|__|/")
_SAME = {"criteria_block": "criteria", "criteria_heading": "criteria", "conditions_by_form": "conditions",
         "keywords_by_form": "keywords", "identifiers": "trial_id"}  # fmt: skip
"""Meanings of labels that are read otherwise on a page."""
_ONLY_ON_PAGES = frozenset({"ignored", "overview", "status_and_phase", "sites", "related_trials", "arms"})


def words(name: str) -> str:
    """A column's name as words in lower case: `Eligibility_Criteria` and `eligibilityCriteria` are the same."""
    return _BETWEEN.sub(" ", _HUMP.sub(" ", name)).strip(" :*#").lower()


@lru_cache(maxsize=1)
def columns() -> dict[str, str]:
    """A column's name as words -> what it holds; data/columns.json."""
    raw = load("columns")
    return {name: meaning for meaning, names in raw.items() for name in names}


@lru_cache(maxsize=4096)
def column(name: str) -> str | None:
    """What a column of this name holds: a field, `criteria`, `inclusion`, `exclusion`, `text` (a whole page) or `url`.

    Of a path such as `eligibilityModule.eligibilityCriteria` the last name counts where the whole says nothing.
    """
    for candidate in (name, _PATH.split(name)[-1]):
        key = words(candidate)
        meaning = columns().get(key) or labels().get(key)
        if meaning is not None and meaning not in _ONLY_ON_PAGES:
            return _SAME.get(meaning, meaning)
    return None
