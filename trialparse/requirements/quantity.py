"""A limit as printed, before it has a measure: its bounds, what ranges and comparators make of them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from trialparse.decimals import ARITHMETIC
from trialparse.requirements.tokens import Amount, Token, UnitMark


class Bound(NamedTuple):
    """One side of a range, before it has a measure."""

    value: Decimal
    unit: UnitMark | None = None
    relative_to: str | None = None
    inclusive: bool = True
    offset: Amount | None = None
    amount: Amount | None = None
    aged: bool = False
    """Whether "old" or "of age" stands behind it."""
    place: tuple[int, int] | None = None
    """Where its number stands."""
    hedged: bool = False
    """Whether two numbers stand for it, of which it is the laxer: `no more than 2-3 x ULN`, `at least 8-9 g/dL`."""


class Quantity(NamedTuple):
    """A limit as printed, before it has a measure."""

    lower: Bound | None
    upper: Bound | None
    shape: str
    """bound (a comparator), range (two ends), series (bare numbers), pair (150/90), normal (within normal limits)."""
    second: Quantity | None = None
    """The limit behind the slash of a pair."""
    implied: str | None = None
    """The measure that the limit's own words name: the age of "older than" and "years of age"."""
    values: tuple[str, ...] = ()
    reach: str = ""
    """How far classes reach from the one that is named: `>=` for B or worse, where C is worse."""
    framed: Token | None = None
    """The measure that stands inside the limit: 18 ≤ age ≤ 65, > grade 1."""
    lent: bool = False
    """Whether the comparator is that of an earlier limit."""
    scaled: bool = False
    """Whether a word for a scale stands inside the limit: at least class III."""
    worded: bool = False
    """Whether its comparator is in words: `at least`, not ≥."""
    out_of: Decimal | None = None
    """Where the scale ends that a number is told out of: 4/10."""
    dealt: tuple[tuple[Token, Quantity], ...] = ()
    """Measures with a limit each, as `respectively` deals them out; the limit itself is the first one's."""

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """The one or two bounds."""
        if self.lower is None:
            return () if self.upper is None else (self.upper,)
        return (self.lower,) if self.upper is None else (self.lower, self.upper)


def sided(op: str, bound: Bound, shape: str = "bound") -> Quantity:
    """The quantity that a comparator makes of one bound."""
    sign, _, implied = op.partition("a")
    named = "age" if implied else None
    bound = bound._replace(inclusive=bound.inclusive and sign.endswith("="))
    if sign == "=":
        return Quantity(bound, bound, "equal", None, named)
    if sign[0] == ">":
        return Quantity(bound, None, shape, None, named)
    return Quantity(None, bound, shape, None, named)


_PARTS = {"wk": 7, "gestation": 7, "a": 12}
"""How many parts there are in what `Amount.parts_of` says that a number was told in."""


def share_unit(low: Bound, high: Bound) -> tuple[Bound, Bound]:
    """18-75 years: the unit behind the second number is the first one's too; likewise 2-3 x ULN, 24 to 33 6/7 weeks."""
    if low.unit is None and low.relative_to is None and high.amount is not None and high.amount.parts_of:
        low = low._replace(value=low.value * _PARTS[high.amount.parts_of], unit=high.unit)
    elif low.unit is None and low.relative_to is None:
        low = low._replace(unit=high.unit, relative_to=high.relative_to)
    elif high.unit is None and high.relative_to is None:
        high = high._replace(unit=low.unit, relative_to=low.relative_to)
    return low, high


def ranged(low: Bound, high: Bound, shape: str = "range", implied: str | None = None) -> Quantity | None:
    """The range between two ends; None where they do not lie in that order."""
    low, high = share_unit(low, high)
    ends = (in_days(low), in_days(high)) if not same_scale(low, high) else (low.value, high.value)
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        return None
    return Quantity(low, high, shape, None, implied)


_DAYS = {
    "a": Decimal("365.25"),
    "mo": Decimal("30.4375"),
    "wk": Decimal(7),
    "d": Decimal(1),
    "h": ARITHMETIC.divide(1, 24),
}


def in_days(bound: Bound) -> Decimal | None:
    """An amount of time in days; None for other amounts."""
    days = _DAYS.get(bound.unit.ucum or "") if bound.unit is not None else None
    return None if days is None else bound.value * days


def same_scale(low: Bound, high: Bound) -> bool:
    """Whether two bounds have one unit and one reference limit."""
    units = [None if bound.unit is None else bound.unit.ucum for bound in (low, high)]
    return units[0] == units[1] and low.relative_to == high.relative_to


def merged(first: Quantity, second: Quantity) -> Quantity | None:
    """≥ 18.5 and < 25: one range if one side is below and the other above."""
    implied = first.implied or second.implied
    if (first.second is None) != (second.second is None):
        return None
    if first.implied != second.implied and not all(q.bounds[0].unit for q in (first, second)):
        return None  # up to the age of 50 years and ≥ 4: the second number is of something else
    for low, high in ((first, second), (second, first)):
        if low.lower and high.upper and not low.upper and not high.lower:
            both = ranged(low.lower, high.upper, "range", implied)
            if both is None:
                continue
            if low.second is None or high.second is None:
                return both
            behind = merged(low.second, high.second)  # > 140/90 and < 180/110
            return behind and both._replace(shape="pair", second=behind)
    return None


_NEAR_BY = Decimal("1.6")
"""Numbers that are no farther apart are two for one end, where words compare."""


def hedges(first: Quantity, low: Bound, high: Bound) -> bool:
    """Whether a writer was in two minds: `at least 8-9 g/dL`, `at least 4-6 weeks`, `> 2-3 x ULN`; no range is so."""
    unit = low.unit.ucum if low.unit is not None else None
    if low.relative_to:
        return True
    if not first.worded or first.implied or low.aged or high.aged or unit == "a":
        return False
    return unit in _DAYS or high.value <= low.value * _NEAR_BY


def paired(low: Bound, high: Bound, second_low: Bound, second_high: Bound) -> Quantity | None:
    """Two ranges with a slash; the one unit behind them is everybody's."""
    unit = next((b.unit for b in (second_high, high, second_low, low) if b.unit is not None), None)
    low, high, second_low, second_high = (b._replace(unit=unit) for b in (low, high, second_low, second_high))
    first, second = ranged(low, high), ranged(second_low, second_high)
    return None if first is None or second is None else first._replace(shape="pair", second=second)
