"""Limits put to use: a value against a threshold, and two thresholds on one measure against each other.

What cannot be compared (a unit missing or of another kind, a reference that is not known) is None, never a guess.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from trialparse.decimals import ARITHMETIC
from trialparse.lexicon.measures import measures
from trialparse.models.measured import REFERENCES, Measured, converted, is_count, own_unit

if TYPE_CHECKING:
    from trialparse.models.requirement import Canonical, Limit, Threshold

Side = Literal["lower", "upper"]
Lack = Literal["value", "unit", "reference"]


Compared = bool | Lack
"""Whether a value is admitted; where that cannot be told, which kind of thing is missing."""


def compare(item: Threshold, fact: Measured) -> Compared:
    """A value against the limits or classes of a threshold."""
    if item.values:
        return _classes(item, fact)
    found: Compared = "value" if item.lower is None and item.upper is None else True
    for limit, side in sides(item):
        inside = compare_side(limit, side, fact, item.measure.name, item.canonical)
        if inside is False:
            return False
        if found is True:
            found = inside
    return found


def compare_side(
    limit: Limit, side: Side, fact: Measured, measure: str | None = None, canonical: Canonical | None = None
) -> Compared:
    """A value against one limit on a measure; `canonical`: the limits in the measure's own unit."""
    if not isinstance(fact.value, Decimal):
        return "value"
    at = None if canonical is None else (canonical.unit, getattr(canonical, side))
    pair = _pair(limit, fact, fact.value, measure, at)
    if isinstance(pair, str):
        return pair
    value, bound = pair
    return limit.inclusive if value == bound else (value > bound) == (side == "lower")


def told(found: Compared) -> bool | None:
    """Whether it is admitted; None where that cannot be told."""
    return found if isinstance(found, bool) else None


def sides(item: Threshold) -> list[tuple[Limit, Side]]:
    """The limits that a threshold has."""
    both: tuple[tuple[Limit | None, Side], ...] = ((item.lower, "lower"), (item.upper, "upper"))
    return [(limit, side) for limit, side in both if limit is not None]


def _classes(item: Threshold, fact: Measured) -> Compared:
    have = str(fact.value).casefold()
    wanted = {value.casefold() for value in item.values}
    if have in wanted:
        return True
    row = measures().get(item.measure.name or "")
    known = wanted.union(map(str.casefold, row.classes or ())) if row else wanted
    # 7 is no class of Child-Pugh A to C: whoever says so means something else
    return False if isinstance(fact.value, str) or have in known else "value"


def _pair(
    limit: Limit, fact: Measured, value: Decimal, measure: str | None, canonical: tuple[str, Decimal | None] | None
) -> tuple[Decimal, Decimal] | Lack:
    """The value and the limit on one scale, or what is missing for that."""
    if fact.unit in REFERENCES:  # the value itself is a multiple
        return (value, limit.value) if limit.relative_to == fact.unit and limit.offset is None else "reference"
    have = fact.unit or own_unit(measure)
    if limit.relative_to is None:
        return _absolute(limit, value, have, measure, canonical)
    reference = fact.reference(limit.relative_to)
    if reference is None:
        return "reference"
    bound = ARITHMETIC.multiply(limit.value, reference)
    if limit.offset is None:
        return value, bound
    added: Decimal | None = limit.offset.value
    if limit.offset.unit is not None:
        ucum = limit.offset.unit.ucum
        added = None if have is None or ucum is None else converted(measure, limit.offset.value, ucum, have)
    return "unit" if added is None else (value, ARITHMETIC.add(bound, added))


def _absolute(
    limit: Limit,
    value: Decimal,
    have: str | None,
    measure: str | None,
    canonical: tuple[str, Decimal | None] | None,
) -> tuple[Decimal, Decimal] | Lack:
    """In the limit's unit; else in the measure's own, in which the reader put the limit where it could."""
    wanted = limit.unit.ucum if limit.unit is not None else None
    if have is not None and have == wanted:  # nothing to convert
        return value, limit.value
    for unit, bound in ((wanted, limit.value), canonical or (None, None)):
        if have is not None and unit is not None and bound is not None:
            found = converted(measure, value, have, unit)
            if found is not None:
                return found, bound
    # points and ratios: neither side names a unit
    return (value, limit.value) if limit.unit is None and (have is None or is_count(have)) else "unit"


# -- two thresholds ----------------------------------------------------------------------------------------------------


class _Range(NamedTuple):
    """What a threshold admits, on a scale that another one is on, too; None: without end."""

    lower: tuple[Decimal, bool] | None
    upper: tuple[Decimal, bool] | None


def overlap(one: Threshold, other: Threshold) -> bool | None:
    """Whether some value is admitted by both; None where they cannot be compared."""
    classes = _common_classes(one, other)
    if classes is not None:
        return bool(classes[0] & classes[1])
    ranges = _ranges(one, other)
    if ranges is None:
        return None
    first, second = ranges
    return _reach(first.lower, second.upper) and _reach(second.lower, first.upper)


def implied(one: Threshold, by: Threshold) -> bool | None:
    """Whether whatever the second admits is admitted by the first; None where they cannot be compared."""
    classes = _common_classes(one, by)
    if classes is not None:
        return classes[1] <= classes[0]
    ranges = _ranges(one, by)
    if ranges is None:
        return None
    wide, narrow = ranges
    return _encloses(wide.lower, narrow.lower, 1) and _encloses(wide.upper, narrow.upper, -1)


def _reach(lower: tuple[Decimal, bool] | None, upper: tuple[Decimal, bool] | None) -> bool:
    """Whether a value is above the one and below the other."""
    if lower is None or upper is None:
        return True
    return lower[0] < upper[0] or (lower[0] == upper[0] and lower[1] and upper[1])


def _encloses(wide: tuple[Decimal, bool] | None, narrow: tuple[Decimal, bool] | None, way: int) -> bool:
    if wide is None:
        return True
    if narrow is None:
        return False
    return (narrow[0] - wide[0]) * way > 0 or (narrow[0] == wide[0] and (wide[1] or not narrow[1]))


def _same_measure(one: Threshold, other: Threshold) -> bool:
    if one.measure.name is None and other.measure.name is None:
        return one.measure.text.casefold() == other.measure.text.casefold()
    return one.measure.name == other.measure.name


def _common_classes(one: Threshold, other: Threshold) -> tuple[set[str], set[str]] | None:
    if not (one.values and other.values and _same_measure(one, other)):
        return None
    return {value.casefold() for value in one.values}, {value.casefold() for value in other.values}


def _ranges(one: Threshold, other: Threshold) -> tuple[_Range, _Range] | None:
    """Both on one scale: a multiple of one reference, the unit of a limit of either, or the measure's own."""
    if one.values or other.values or not _same_measure(one, other) or not sides(one) or not sides(other):
        return None
    for scale in dict.fromkeys(each for item in (one, other) for each in _scales(item)):
        first, second = _on(one, scale), _on(other, scale)
        if first is not None and second is not None:
            return first, second
    return None


def _scales(item: Threshold) -> list[str | None]:
    found = [limit.relative_to or (limit.unit.ucum if limit.unit else None) for limit, _ in sides(item)]
    return found if item.canonical is None else [*found, item.canonical.unit]


def _on(item: Threshold, scale: str | None) -> _Range | None:
    found: dict[str, tuple[Decimal, bool] | None] = {"lower": None, "upper": None}
    for limit, side in sides(item):
        value = _bound(item, limit, side, scale)
        if value is None:
            return None
        found[side] = value, limit.inclusive
    return _Range(found["lower"], found["upper"])


def _bound(item: Threshold, limit: Limit, side: Side, scale: str | None) -> Decimal | None:
    if limit.offset is not None:
        return None
    if limit.relative_to is not None or scale in REFERENCES:
        return limit.value if limit.relative_to == scale else None
    if limit.unit is None and scale is None:
        return limit.value
    if item.canonical is not None and item.canonical.unit == scale:
        bound: Decimal | None = getattr(item.canonical, side)
        return bound
    have = limit.unit.ucum if limit.unit else None
    return converted(item.measure.name, limit.value, have, scale) if have is not None and scale is not None else None
