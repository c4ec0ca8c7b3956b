"""Where the record contradicts itself: its age fields against the ages its criteria ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import regex

from trialparse.models.diagnostic import diagnostic

_DAYS = {
    "a": Decimal("365.25"), "mo": Decimal("30.4375"), "wk": Decimal(7), "d": Decimal(1), "h": 1 / Decimal(24),
    "min": 1 / Decimal(1440),
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


def age_conflicts(eligibility: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A diagnostic for each age field that no criterion supports though one of them states another age.

    Only what every candidate must meet counts: plain limits on age in the inclusion section, neither denied nor under
    a condition nor one of several alternatives. Where several ages are asked for the criteria speak of several groups.

    Args:
        eligibility: the finished input of `models.Eligibility`, its fields and its trees.
    """
    found = [*_plain_ages(eligibility.get("inclusion", ()))]
    notes = []
    for field, side, way in _SIDES:
        stated = eligibility.get(field)
        limits = [(age, early, limit) for age, early in found if (limit := age.get(side)) and _is_age(limit)]
        if stated is None or len({(limit["value"], limit["inclusive"]) for _, _, limit in limits}) != 1:
            continue
        age, early, limit = limits[0]
        if early and not _agrees(stated, limit, way):
            span = age["span"]
            criterion = (
                f"{'' if limit['inclusive'] else '> ' if way > 0 else '< '}{_shown(limit, limit['unit']['ucum'])}"
            )
            notes.append(
                diagnostic(
                    "age_conflict",
                    (span["start"], span["end"]),
                    field=field,
                    stated=_shown(stated, stated["unit"]),
                    criterion=criterion,
                )
            )
    return notes


def _plain_ages(criteria: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """The thresholds on age that every candidate must meet, and whether they open their criterion."""
    for criterion in criteria:
        if _OTHER_AGE.search(criterion["text"]):
            continue
        latest = criterion["span"]["start"] + _ROOM
        todo = [criterion["requirement"]]
        while todo:
            item = todo.pop()
            if item is None:
                continue
            if item["kind"] == "all":
                todo.extend(item["items"])
            elif _is_plain_age(item):
                yield item, item["span"]["start"] <= latest


def _is_plain_age(item: Mapping[str, Any]) -> bool:
    """Whether it is a range of ages; a single age may be a limit whose sign was lost."""
    if item["kind"] != "threshold" or item["measure"]["name"] != "age":
        return False
    return bool(item.get("lower") != item.get("upper"))


def _is_age(limit: Mapping[str, Any]) -> bool:
    return limit.get("relative_to") is None and (limit.get("unit") or {}).get("ucum") in _DAYS


def _agrees(stated: Mapping[str, Any], limit: Mapping[str, Any], way: int) -> bool:
    """Whether a limit says the age stated, or, if it excludes its own value, the whole year or month next to it."""
    unit = _DAYS[limit["unit"]["ucum"]]
    days = Decimal(str(stated["value"])) * _DAYS[stated["unit"]]
    value = Decimal(str(limit["value"]))
    fitting = [value] if limit["inclusive"] else [value, value + way]
    return any(max(days, each * unit) <= min(days, each * unit) * _SLACK for each in fitting)


def _shown(age: Mapping[str, Any], unit: str) -> str:
    return f"{age['value']} {unit}"
