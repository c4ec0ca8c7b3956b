"""Whether a measure's limit makes sense, which of two readings of its number does, and in which unit it was meant."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from trialparse.lexicon.conversion import canonical
from trialparse.lexicon.measures import MeasureRow
from trialparse.requirements.fit import beyond
from trialparse.requirements.quantity import Bound, Quantity

_CLASS, _POINTS = "{class}", "{score}"


class Verdict(NamedTuple):
    """A limit in the measure's own unit, and what has to be said about it."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    """UCUM code; None where there is no canonical reading."""
    inferred: str | None = None
    """The unit that was inferred, because only it makes the limit plausible."""
    implausible: bool = False
    """Whether the limit lies far outside what may be meant."""


def settled(row: MeasureRow | None, quantity: Quantity) -> tuple[Quantity, list[Bound]]:
    """The limit with its numbers as its measure allows (potassium 5,500 mmol/L is 5.5), and the bounds that changed."""
    if row is None or row.range is None or not any(bound.amount and bound.amount.other for bound in quantity.bounds):
        return quantity, []
    lower, upper = _settled(row, quantity.lower), _settled(row, quantity.upper)
    changed = [
        new for new, old in ((lower, quantity.lower), (upper, quantity.upper)) if new is not None and new is not old
    ]
    return (quantity._replace(lower=lower, upper=upper) if changed else quantity), changed


def _settled(row: MeasureRow, bound: Bound | None) -> Bound | None:
    """The bound with the other reading of its number, where only that is plausible."""
    other = bound.amount.other if bound is not None and bound.amount is not None else None
    if bound is None or other is None or _is_plausible(row, bound) is not False:
        return bound
    likely = bound._replace(value=other)
    return likely if _is_plausible(row, likely) else bound


def judged(row: MeasureRow | None, quantity: Quantity) -> Verdict:
    """The canonical reading of a limit."""
    bounds = quantity.bounds
    if row is None or not bounds or any(bound.relative_to for bound in bounds):
        return Verdict()
    codes = {bound.unit.ucum if bound.unit is not None else None for bound in bounds}
    pointed = row.unit is None and codes == {_POINTS}  # a class told in points: Child-Pugh 5 to 6 points
    if pointed or (codes == {None} and all(bound.unit is None for bound in bounds)):
        return _without_unit(row, quantity)
    verdict = Verdict(*_in(row, quantity, None), row.unit)
    if verdict.lower is None and verdict.upper is None:
        return Verdict()
    taken = next((code for code in codes if code in row.taken_for), None)
    outside = any(_is_plausible(row, bound) is False for bound in bounds)
    return verdict._replace(inferred=row.unit if taken else None, implausible=outside)


def _without_unit(row: MeasureRow, quantity: Quantity) -> Verdict:
    if row.unit is None or (row.unit[0] == "{" and "/" not in row.unit):  # a scale, a ratio, a count
        low, high = (None if bound is None else bound.value for bound in (quantity.lower, quantity.upper))
        return Verdict(low, high, row.unit or _CLASS, None, _is_outside(row, quantity))
    if row.range is None or row.unit is None:
        return Verdict()
    fitting = [
        code
        for code in (row.unit, *row.also)
        if all(_lies_within(row, canonical(row, bound.value, code)) for bound in quantity.bounds)
    ]
    if len(fitting) != 1:
        return Verdict(implausible=not fitting)
    return Verdict(*_in(row, quantity, fitting[0]), row.unit, fitting[0])


def _is_outside(row: MeasureRow, quantity: Quantity) -> bool:
    if row.kind not in ("ratio", "quantity"):
        return beyond(row, quantity)
    return any(_is_plausible(row, bound) is False for bound in quantity.bounds)


def _in(row: MeasureRow, quantity: Quantity, unit: str | None) -> tuple[Decimal | None, Decimal | None]:
    """Both sides in the measure's unit; (None, None) where one of them does not convert."""
    sides: list[Decimal | None] = []
    for bound in (quantity.lower, quantity.upper):
        if bound is None:
            sides.append(None)
            continue
        code = unit or (bound.unit.ucum if bound.unit is not None else None)
        value = _canonical(row, bound.value, code) if code is not None else None
        if value is None:
            return None, None
        sides.append(value)
    return sides[0], sides[1]


def _canonical(row: MeasureRow, value: Decimal, code: str) -> Decimal | None:
    return value if code in row.taken_for else canonical(row, value, code)


def _is_plausible(row: MeasureRow, bound: Bound) -> bool | None:
    """None where it cannot be told, because the unit is not known."""
    if row.range is None or bound.relative_to:
        return None
    if bound.unit is not None:
        value = _canonical(row, bound.value, bound.unit.ucum) if bound.unit.ucum else None
        return None if value is None else _lies_within(row, value)
    codes = (row.unit, *row.also)
    return any(_lies_within(row, canonical(row, bound.value, code)) for code in codes if code)


def _lies_within(row: MeasureRow, value: Decimal | None) -> bool:
    return value is not None and row.range is not None and row.range[0] <= value <= row.range[1]
