"""Another way for those who miss a limit: `≤ 0.9; if higher, the 24-hour value must be < 5`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from trialparse.lexicon.comparators import comparing
from trialparse.lexicon.wording import words
from trialparse.requirements.clauses import Clause, Link, Opens
from trialparse.requirements.neighbours import Finding

_ENDS = frozenset({Link.STOP, Link.SEMI})
_ABOVE, _BELOW = frozenset({"MORE", "HIGHER"}), frozenset({"LESS", "LOWER"})
"""Kinds of words that compare."""


def another_way(text: str, row: Sequence[Clause]) -> list[Clause]:
    """The clauses of what is asked, in which a limit and what is asked of those beyond it are two ways."""
    out: list[Clause] = []
    beyond = False
    for clause, behind in zip_longest(row, row[1:]):
        limit = out[-1].limit if out else None
        if limit is not None and behind is not None and behind.link not in _ENDS and _misses(text, clause, limit):
            beyond = True
            continue
        if beyond:
            clause.link, beyond = Link.EITHER, False
        out.append(clause)
    return out


def _misses(text: str, clause: Clause, limit: Finding) -> bool:
    """`if higher`, `when it is greater`: a condition that is nothing but that the limit before it is missed."""
    if not clause.opens(Opens.IF) or clause.limit is not None or clause.windows or clause.remarks:
        return False
    said = set(text[clause.begins : clause.end].lower().split()) - words("references")
    low, high = limit.quantity.lower is not None, limit.quantity.upper is not None
    return bool(said) and all((high and _is_above(word)) or (low and _is_below(word)) for word in said)


def _is_above(word: str) -> bool:
    return (word in comparing() and comparing()[word].kind in _ABOVE) or word in words("risen")


def _is_below(word: str) -> bool:
    return (word in comparing() and comparing()[word].kind in _BELOW) or word in words("fallen")
