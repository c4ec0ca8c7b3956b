"""Amounts from one unit to another, exactly; mass to molar concentration only where the molar mass is known.

Sources of the factors that are not powers of ten: the SI brochure and UCUM for mass, length, pressure; the NGSP master
equation `NGSP % = 0.09148 * IFCC mmol/mol + 2.152` for HbA1c, the only thing that criteria give in mmol/mol; 1 year =
12 months = 365.25 days. For enzymes and hormones U and IU are the same amount.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import regex

from trialparse.decimals import ARITHMETIC, plain
from trialparse.lexicon.measures import MeasureRow
from trialparse.lexicon.units import units

# dimensions (per mass, per amount of substance): the base of the second is 1000 / molar mass of the first's
_MOLAR = {
    "mass_concentration": "molar_concentration",
    "mass_per_substance": "mass_fraction",
}
_POWER = regex.compile(r"10\*(\d{1,2})(/.++)")
_ROUNDING = ARITHMETIC.copy()
_ROUNDING.prec = 6


class Scale(NamedTuple):
    """A unit's dimension, and `value * factor + offset` in the dimension's base."""

    dimension: str
    factor: Fraction
    offset: Fraction


def canonical(measure: MeasureRow, value: Decimal, ucum: str) -> Decimal | None:
    """`value` in the measure's own unit; None where it has none or the units do not convert."""
    if measure.unit is None:
        return None
    if measure.unit == "{score}" and ucum == "%":
        return plain(value)  # Karnofsky 70 % is 70 points
    return convert(value, ucum, measure.unit, measure.molar_mass, valence=measure.valence)


def is_measured_in(measure: MeasureRow, ucum: str) -> bool:
    """Whether limits on the measure may be given in a unit: it converts, or is taken for the canonical one."""
    return ucum in measure.taken_for or canonical(measure, Decimal(1), ucum) is not None


def loinc_code(measure: MeasureRow, printed: str, ucums: Iterable[str]) -> str | None:
    """The code of what is printed, unless a unit tells of another property: neutrophils in %, FEV1 in litres."""
    if measure.loinc is None or not measure.is_coded(printed):
        return None
    fits = measure.unit is None or all(is_measured_in(measure, each) for each in ucums)
    return measure.loinc if fits else None


def convert(
    value: Decimal, ucum: str, target: str, molar_mass: Decimal | None = None, *, valence: int | None = None
) -> Decimal | None:
    """`value` in another unit.

    Args:
        value: amount in `ucum`.
        ucum: UCUM code of the unit at hand; powers of ten (`10*5/uL`) need not be in the table.
        target: UCUM code of the unit wanted.
        molar_mass: g/mol, for conversions between mass and amount of substance.
        valence: charge, for conversions from and to milliequivalents.

    Returns:
        The amount, exact or (where a division does not come out even) to 6 significant digits; None where the units
        measure different things.
    """
    return plain(value) if ucum == target else _converted(value, ucum, target, molar_mass, valence)


@lru_cache(maxsize=4096)
def _converted(
    value: Decimal, ucum: str, target: str, molar_mass: Decimal | None, valence: int | None
) -> Decimal | None:
    """As `convert`, between two units; a limit is converted to be told and to be judged."""
    source, goal = _scale(ucum), _scale(target)
    if source is None or goal is None:
        return None
    ratio = _ratio(source.dimension, goal.dimension, molar_mass, valence)
    if ratio is None:
        return None
    amount = (Fraction(value) * source.factor + source.offset) * ratio
    return _decimal((amount - goal.offset) / goal.factor)


@lru_cache(maxsize=256)
def _scale(ucum: str) -> Scale | None:
    row = units().get(ucum)
    if row is not None:
        return Scale(row.dimension, row.factor, row.offset)
    power = _POWER.fullmatch(ucum)
    row = units().get(power[2]) if power else None
    if power is None or row is None:
        return None
    return Scale(row.dimension, row.factor * 10 ** int(power[1]), Fraction(0))


def _ratio(dimension: str, wanted: str, molar_mass: Decimal | None, valence: int | None) -> Fraction | None:
    """What an amount in the base of one dimension has to be multiplied with to be in the base of the other."""
    if dimension == wanted:
        return Fraction(1)
    if dimension == "equivalent_concentration":
        molar = _ratio("molar_concentration", wanted, molar_mass, None)
        return molar / valence if molar and valence else None
    if wanted == "equivalent_concentration":
        molar = _ratio(dimension, "molar_concentration", molar_mass, None)
        return molar * valence if molar and valence else None
    if molar_mass is None:
        return None
    if _MOLAR.get(dimension) == wanted:
        return 1000 / Fraction(molar_mass)
    if _MOLAR.get(wanted) == dimension:
        return Fraction(molar_mass) / 1000
    return None


def _decimal(amount: Fraction) -> Decimal:
    rest = amount.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return plain(ARITHMETIC.divide(Decimal(amount.numerator), Decimal(amount.denominator)))
    return plain(_ROUNDING.divide(Decimal(amount.numerator), Decimal(amount.denominator)))
