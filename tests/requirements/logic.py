"""What the tests of the logic stages share: one criterion's stages, and its reading as a formula."""

from __future__ import annotations

import trialparse
from trialparse.models.notation import formula
from trialparse.requirements.clauses import Clause, show
from trialparse.requirements.leadin import Context
from trialparse.requirements.reader import Stages, read_stages
from trialparse.text.readable import make_readable


def stages(text: str, *, excludes: bool = False) -> Stages:
    """The stages of one criterion's text."""
    body = make_readable(text).text
    return read_stages(body, 0, len(body), Context(excludes=excludes))


def shown(text: str, *, excludes: bool = False) -> list[str]:
    """Its clauses, a line each, without runs of blanks."""
    lines = show(stages(text, excludes=excludes).clauses, make_readable(text).text)
    return [" ".join(line.split()) for line in lines]


def links(clauses: list[Clause]) -> list[str]:
    """The links of clauses."""
    return [clause.link.value for clause in clauses]


def reading(text: str, *, excludes: bool = False) -> str:
    """The reading of a criterion that stands alone in its section."""
    heading = "Exclusion Criteria" if excludes else "Inclusion Criteria"
    found = trialparse.parse_criteria(f"{heading}:\n\n* {text}")
    (criterion,) = found.exclusion if excludes else found.inclusion
    return "" if criterion.requirement is None else formula(criterion.requirement)
