"""Labels before colons that say whom each of several limits on a measure is for: `Kids: BMI < 20; teens: BMI < 25`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from trialparse.requirements.clauses import Clause, Link, Opener, Opens

_LABEL = 4
"""Words of a label that say something, at most."""
_BEGINS = frozenset({Link.BESIDE, Link.SEMI, Link.SEMI_AND, Link.LIST, Link.STOP, Link.AND, Link.LIST_AND})


def mark_groups(row: Sequence[Clause]) -> None:
    """Make conditions of labels if there are several, and each has its own limit on the same measure behind a colon."""
    labels = [(row[i], row[i + 1]) for i in range(len(row) - 1) if _is_label(row[i], row[i + 1])]
    times = Counter(limited.limit.names for _, limited in labels if limited.limit is not None)
    for label, limited in labels:
        if limited.limit is not None and times[limited.limit.names] > 1:
            label.openers.append(Opener(Opens.IF, "people", label.start, label.start, prefix=True))


def _is_label(clause: Clause, behind: Clause) -> bool:
    if behind.link is not Link.COLON or behind.limit is None or behind.openers:
        return False
    return clause.plain and 0 < clause.content <= _LABEL and clause.link in _BEGINS
