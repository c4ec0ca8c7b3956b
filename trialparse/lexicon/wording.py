"""Words that tell what a clause does: frames a limit, obliges, permits, defines, excepts."""

from __future__ import annotations

from functools import cache

from trialparse.lexicon.tables import load


@cache
def words(name: str) -> frozenset[str]:
    """The words of the row `name` of data/wording.json, in lower case.

    Raises:
        KeyError: there is no such row.
    """
    return frozenset(load("wording")[name]["words"].split())
