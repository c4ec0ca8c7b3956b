"""Whether a limit can be said of a measure: its form, its unit's dimension, its scale."""

from __future__ import annotations

from decimal import Decimal

from trialparse.lexicon.measures import MeasureRow, measures
from trialparse.lexicon.units import units
from trialparse.requirements.quantity import Bound, Quantity

_DOSES = frozenset("mass_per_area dose_rate dose_rate_per_area dose_per_mass mass_rate dose volume_dose energy".split())
_BODY_MASSES = frozenset({"kg", "g", "[lb_av]", "[oz_av]", "[stone_av]"})
EXPOSURES = frozenset("exposure event_rate absorbed_dose smoking_rate drinking_rate drink_count".split())
# a unit of these cannot be said of a measure in another dimension
_STRICT = frozenset("time length temperature pressure angle mass event_rate smoking_rate".split())


_RANKS = {"relative_percentile": ("_percentile",), "relative_sd": ("_z", "_sds")}
"""Dimension of a rank among others -> what the names of such measures end with."""
_SCALES = ((Decimal(0), Decimal(10)), (Decimal(0), Decimal(100)))


def same_side(first: Quantity, second: Quantity) -> bool:
    """Whether both are lower limits, upper limits or ranges."""
    return (first.lower is None) == (second.lower is None) and (first.upper is None) == (second.upper is None)


def dimension(ucum: str | None) -> str:
    """The dimension of a UCUM code; "" for one that the table lacks."""
    row = units().get(ucum) if ucum else None
    return row.dimension if row is not None else ""


def is_dose(ucum: str | None) -> bool:
    """Whether a unit is one that drugs are given in, so that only a known measure makes it a limit."""
    kind = dimension(ucum)
    return kind in _DOSES or (kind == "mass" and ucum not in _BODY_MASSES)


_PURE = frozenset({"score", "count", "fraction", "class", "", "grade", "ratio"})


def fits(row: MeasureRow, quantity: Quantity) -> bool:
    """Whether the limit's form and unit can be said of the measure."""
    if quantity.shape == "classes":
        return row.kind in ("class", "score") and row.classes is not None
    if quantity.shape == "pair":
        return False  # pressures are told by `pairs.pressure`, other pairs are no limits
    scaled = row.kind in ("score", "class")
    if not scaled and (quantity.shape == "series" or quantity.out_of is not None):
        return False  # visual acuity < 1/10 is no 1
    bound = quantity.bounds[0]
    amount = bound.amount
    if amount is not None and amount.roman and not scaled:
        return False
    if not all(_in_range(row, each) for each in quantity.bounds):
        return False
    if bound.offset is not None and bound.offset.unit is not None:
        return _unit_fits(row, bound._replace(unit=bound.offset.unit))
    if bound.unit is None:
        return bound.relative_to is None or row.kind in ("quantity", "ratio")
    return _unit_fits(row, bound)


def _unit_fits(row: MeasureRow, bound: Bound) -> bool:
    assert bound.unit is not None
    of_limit, of_measure = dimension(bound.unit.ucum), dimension(row.unit)
    if row.kind == "duration" or of_limit == "time" or of_measure == "time":
        return of_limit == of_measure == "time"
    if row.kind in ("score", "class"):
        return of_limit in _PURE
    if of_limit == of_measure or not of_measure:
        return True
    if any(each == "fraction" or each.startswith("relative") for each in (of_limit, of_measure)):
        return True
    return not {of_limit, of_measure} & _STRICT


def fits_closely(row: MeasureRow, quantity: Quantity) -> bool:
    """As `fits`, for a measure that stands at another limit: then the unit, if any, must be the measure's own kind."""
    unit = quantity.bounds[0].unit if quantity.bounds else None
    if unit is not None and row.unit is not None and dimension(unit.ucum) != dimension(row.unit):
        return row.kind == "score" and unit.ucum == "%" and fits(row, quantity)
    return fits(row, quantity)


def spans_scale(row: MeasureRow, quantity: Quantity) -> bool:
    """`pain score (0-10)` tells the scale, not a limit."""
    if row.kind not in ("score", "class") or quantity.lower is None or quantity.upper is None:
        return False
    ends = (quantity.lower.value, quantity.upper.value)
    return quantity.shape == "range" and (ends == row.range or ends in _SCALES)


def _in_range(row: MeasureRow, bound: Bound) -> bool:
    """A score beyond the end of its scale is a limit on something else."""
    if row.kind not in ("score", "class") or row.range is None:
        return True
    return bound.value <= row.range[1]


def beyond(row: MeasureRow, quantity: Quantity) -> bool:
    """Whether a plain limit lies above the end of a scale: `ECOG ≤ 20`."""
    return is_plain(quantity) and not all(_in_range(row, bound) for bound in quantity.bounds)


def is_roman(quantity: Quantity) -> bool:
    """Whether a number is in Roman numerals."""
    return any(bound.amount is not None and bound.amount.roman for bound in quantity.bounds)


def is_plain(quantity: Quantity) -> bool:
    """Whether the numbers have neither unit nor reference."""
    return not any(bound.unit or bound.relative_to for bound in quantity.bounds)


def with_unit(quantity: Quantity, other: Quantity) -> Quantity:
    """A limit without unit takes that of the one it is joined to."""
    unit = next((bound.unit for bound in other.bounds), None)
    low, high = (b and b._replace(unit=b.unit or unit) for b in (quantity.lower, quantity.upper))
    return quantity._replace(lower=low, upper=high)


def same_unit(first: Quantity, second: Quantity) -> bool:
    """Whether all numbers have one unit, or none."""
    units = {bound.unit.ucum if bound.unit else None for bound in (*first.bounds, *second.bounds)}
    return len(units) == 1


def ranked(row: MeasureRow | None, quantity: Quantity) -> MeasureRow | None:
    """The measure of a limit in centiles or standard deviations: `height < 3rd centile` is one on its percentile."""
    unit = quantity.bounds[0].unit if quantity.bounds else None
    kind = _RANKS.get(dimension(unit.ucum)) if unit is not None else None
    if row is None or kind is None or dimension(row.unit) in _RANKS:
        return row
    stem = row.name.removeprefix("body_")
    rank = next((measures()[name] for name in (f"{stem}{end}" for end in kind) if name in measures()), None)
    return rank or (None if stem != row.name else row)  # troponin > 99th percentile is troponin


def within(quantity: Quantity, before: str) -> Quantity:
    """`within 1.5 x ULN`, `within two hours travel time`: at most that."""
    if before != "WITHIN" or quantity.shape != "series":
        return quantity
    return quantity._replace(lower=None, shape="bound")
