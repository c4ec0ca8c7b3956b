"""Numbers with a slash: blood pressures, scores out of ten, and two classes."""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.lexicon.measures import measures
from trialparse.requirements.naming import LIMITS, Named, name_before
from trialparse.requirements.neighbours import WALLS, Finding
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token

PRESSURES = frozenset({"blood_pressure", "systolic_bp", "diastolic_bp"})
"""Names of the measures that are blood pressures."""
_REACH = 9
_LOWEST = (60, 30)
"""No systolic or diastolic limit lies below."""
_LOW = 120
"""An upper limit on the systolic pressure below it, the upper end of the normal range, tells a low pressure."""
_CLASS_ENDS = 7
_SCALE_ENDS = frozenset({10, 15, 30, 42, 60, 63, 100})
"""Where common scores end: 4/10, 21/30, 80/100."""


def either_of(pressures: Quantity) -> bool:
    """Whether one of both pressures is enough: too high, `> 140/90`, or too low, `< 90/60`, but not `< 140/90`."""
    return pressures.upper is None or pressures.upper.value < _LOW


def unslashed(quantity: Quantity) -> Quantity:
    """`≥ 4/10` is 4 on a scale of ten; `grade 3/4` is 3 to 4. Other pairs stay as they are."""
    second = quantity.second
    if quantity.shape != "pair" or second is None or quantity.bounds[0].unit is not None:
        return quantity
    if len(second.bounds) > 1 and second.lower != second.upper:
        return quantity  # 20/30 to 20/320
    first, last = quantity.bounds[0].value, second.bounds[0].value
    if last in _SCALE_ENDS and first <= last:
        shape = "bound" if quantity.lower != quantity.upper else "series"
        return quantity._replace(shape=shape, second=None, out_of=last)
    if quantity.lower == quantity.upper and first < last <= _CLASS_ENDS:
        return quantity._replace(upper=second.upper, shape="series", second=None)
    return quantity


def pressure(tokens: Sequence[Token], at: int, quantity: Quantity) -> Finding | None:
    """`hypertension (> 150/90 mmHg)`: two numbers of that size with a slash are a blood pressure."""
    second = quantity.second
    if quantity.shape != "pair" or second is None:
        return None
    systolic, diastolic = quantity.bounds[0], second.bounds[0]
    unit = systolic.unit.ucum if systolic.unit is not None else None
    if unit not in (None, "mm[Hg]") or systolic.value <= diastolic.value:
        return None
    if systolic.value < _LOWEST[0] or diastolic.value < _LOWEST[1]:
        return None
    token = tokens[at]
    if named_before := _named_pressure(tokens, at):
        i, named = named_before
        shared = any(each.type in LIMITS for each in tokens[i:at])
        return Finding((named,), quantity, token.start if shared else named.start, token.end, shared)
    if unit is None:
        return None
    name = name_before(tokens, at)
    row = measures()["blood_pressure"]
    named = Named(row, name.start, name.end) if name is not None else Named(row, token.start, token.end)
    return Finding((named,), quantity, min(named.start, token.start), token.end)


def _named_pressure(tokens: Sequence[Token], at: int) -> tuple[int, Named] | None:
    """The blood pressure that is named before the limit at `at`, and where."""
    for i in range(at - 1, max(-1, at - _REACH - 1), -1):
        if tokens[i].type in WALLS:
            return None
        if tokens[i].type == "MEASURE" and tokens[i].value.name in PRESSURES:
            return i, Named(tokens[i].value, tokens[i].start, tokens[i].end)
    return None
