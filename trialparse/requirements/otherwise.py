"""Another way for those who miss a limit: `≤ 0.9; if higher, the 24-hour value must be < 5`."""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.lexicon.wording import words
from trialparse.requirements.clauses import Clause, Link, Opens


def another_way(text: str, row: Sequence[Clause]) -> list[Clause]:
    """The clauses of what is asked, in which a limit and what is asked of those beyond it are two ways."""
    out: list[Clause] = []
    beyond = False
    for clause in row:
        if out and out[-1].limit is not None and clause is not row[-1] and _refers(text, clause):
            beyond = True
            continue
        if beyond:
            clause.link, beyond = Link.EITHER, False
        out.append(clause)
    return out


def _refers(text: str, clause: Clause) -> bool:
    """`if higher`, `when it is greater`: a condition that is nothing but that the limit before it is missed."""
    if not clause.opens(Opens.IF) or clause.limit is not None or clause.windows or clause.remarks:
        return False
    said = set(text[min(clause.start, clause.openers[0].start) : clause.end].lower().split())
    return not said.isdisjoint(words("beyond")) and said <= words("beyond", "references")
