"""Words that tell what a clause does: frames a limit, obliges, permits, defines, excepts."""

from __future__ import annotations

from functools import cache

from trialparse.lexicon.tables import load


@cache
def words(*names: str) -> frozenset[str]:
    """The words of the rows `names` of data/wording.json, in lower case.

    Raises:
        KeyError: there is no such row.
    """
    return frozenset(word for name in names for word in load("wording")[name]["words"].split())
