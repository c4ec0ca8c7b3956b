"""Where the record contradicts itself: its age fields against the ages its criteria ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import regex

from trialparse.decimals import ARITHMETIC
from trialparse.models.diagnostic import diagnostic
from trialparse.models.eligibility import Age, Criterion, Eligibility
from trialparse.models.requirement import AllOf, Limit, Threshold

_DAYS = {
    "a": Decimal("365.25"), "mo": Decimal("30.4375"), "wk": Decimal(7), "d": Decimal(1), "h": ARITHMETIC.divide(1, 24),
    "min": ARITHMETIC.divide(1, 1440),
}  # fmt: skip
_SLACK = Decimal("1.02")
"""Ages that differ by no more than this factor are one age in two units."""
_ROOM = 40
"""A criterion on the candidate's age names it within its first so many characters; further on it is in passing."""
_OTHER_AGE = regex.compile(
    r"\b(?:onset|diagnos\w++|history|first|since|parents?|mothers?|caregivers?|partners?|donors?|controls?)\b",
    regex.IGNORECASE,
)
"""Words by which an age is that of an event or of somebody else."""
_SIDES = (("minimum_age", "lower", 1), ("maximum_age", "upper", -1))
"""Field of the record, side of the criterion's range, and which way a limit lies that excludes its own value."""


def age_conflicts(eligibility: Eligibility) -> list[dict[str, Any]]:
    """A diagnostic for each age field that no criterion supports though one of them states another age.

    Only what every candidate must meet counts: plain limits on age in the inclusion section, neither denied nor under
    a condition nor one of several alternatives. Where several ages are asked for the criteria speak of several groups.
    """
    found = [*_plain_ages(eligibility.inclusion)]
    notes = []
    for field, side, way in _SIDES:
        stated: Age | None = getattr(eligibility, field)
        sides: Iterator[tuple[Threshold, bool, Limit | None]]
        sides = ((age, early, getattr(age, side)) for age, early in found)
        limits = [(age, early, limit, unit) for age, early, limit in sides if limit and (unit := _age_unit(limit))]
        if stated is None or len({(limit.value, limit.inclusive) for _, _, limit, _ in limits}) != 1:
            continue
        age, early, limit, unit = limits[0]
        if early and not _agrees(stated, limit, unit, way):
            sign = "" if limit.inclusive else "> " if way > 0 else "< "
            notes.append(
                diagnostic(
                    "age_conflict",
                    (age.span.start, age.span.end),
                    field=field,
                    stated=f"{stated.value} {stated.unit}",
                    criterion=f"{sign}{limit.value} {unit}",
                )
            )
    return notes


def _plain_ages(criteria: Sequence[Criterion]) -> Iterator[tuple[Threshold, bool]]:
    """The thresholds on age that every candidate must meet, and whether they open their criterion."""
    for criterion in criteria:
        if _OTHER_AGE.search(criterion.text):
            continue
        todo: list[Any] = [criterion.requirement]
        while todo:
            item = todo.pop()
            if isinstance(item, AllOf):
                todo.extend(item.items)
            # a single age may be a limit whose sign was lost
            elif isinstance(item, Threshold) and item.measure.name == "age" and item.lower != item.upper:
                yield item, item.span.start <= criterion.span.start + _ROOM


def _age_unit(limit: Limit) -> str | None:
    """The unit of an age, or None for a limit that is none."""
    unit = limit.unit.ucum if limit.unit else None
    return unit if unit in _DAYS and limit.relative_to is None else None


def _agrees(stated: Age, limit: Limit, unit: str, way: int) -> bool:
    """Whether a limit says the age stated, or, if it excludes its own value, the whole year or month next to it."""
    days = stated.value * _DAYS[stated.unit]
    fitting = [limit.value] if limit.inclusive else [limit.value, limit.value + way]
    return any(max(days, each * _DAYS[unit]) <= min(days, each * _DAYS[unit]) * _SLACK for each in fitting)
