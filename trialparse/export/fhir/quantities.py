"""Limits as FHIR quantities and ranges, and back.

| limit | element |
|---|---|
| one side | `valueQuantity` with a comparator: in a Range, a side that is missing is not known, rather than open |
| two sides that include their ends, in one unit | `valueRange`, whose ends belong to it |
| both sides the same | `valueQuantity` without a comparator |
| other two sides | all-of two quantities |
| ULN, LLN, baseline, with something added or not | `valueQuantity` (0, or what is added) with an `offset` |
| a multiple of one | an amount in `{xULN}`; that is our convention |
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, get_args

from trialparse.export.fhir.codes import UCUM, Element, code, coded, tables
from trialparse.models.comparison import Side, sides
from trialparse.models.requirement import Limit, Offset, Reference, Threshold, Unit

_OFFSETS: dict[Reference, str] = {"ULN": "UNL", "LLN": "LNL"}
"""Reference -> its code in FHIR, which spells the limits of normal the other way round."""
_MULTIPLES: dict[str, Reference] = {f"{{x{name}}}": name for name in get_args(Reference)}
"""Unit of a multiple -> what it is a multiple of."""
_COMPARATORS: dict[tuple[Side, bool], str] = {
    ("lower", True): ">=", ("lower", False): ">", ("upper", True): "<=", ("upper", False): "<",
}  # fmt: skip
_SIDES = {sign: side for side, sign in _COMPARATORS.items()}
"""Comparator -> side, and whether the value itself is admitted."""


class Amount(NamedTuple):
    """A limit as a quantity."""

    quantity: Element
    offset: Element | None = None
    """The reference point that the quantity is counted from."""
    multiple_of: str | None = None
    """The reference that it is a multiple of, which is our convention."""


def amount(limit: Limit) -> Amount | None:
    """The value of a limit, without a comparator; None where FHIR has no form for it."""
    if limit.relative_to is None:
        return Amount(quantity(limit.value, limit.unit)) if limit.offset is None else None
    if limit.value == 1:
        added = limit.offset or Offset(value=Decimal(0))
        return Amount(quantity(added.value, added.unit), _reference(limit.relative_to))
    if limit.offset is not None:
        return None
    unit = Unit(text=f"× {limit.relative_to}", ucum=f"{{x{limit.relative_to}}}")
    return Amount(quantity(limit.value, unit), None, limit.relative_to)


def quantity(value: Decimal, unit: Unit | None, comparator: str | None = None) -> Element:
    """A Quantity; its unit as printed, and as a UCUM code where it is known."""
    found: Element = {"value": value} if comparator is None else _compared({"value": value}, comparator)
    if unit is not None and unit.text.strip():
        found["unit"] = unit.text
    if unit is not None and unit.ucum is not None:
        found |= {"system": UCUM, "code": unit.ucum}
    return found


def value_of(item: Threshold) -> list[tuple[Element, str | None]] | None:
    """The values that say together what its limits say, each with what it is a multiple of; None: FHIR has no form."""
    ends: list[tuple[Side, Limit, Amount]] = []
    for limit, side in sides(item):
        found = amount(limit)
        if found is None:
            return None
        ends.append((side, limit, found))
    if len(ends) > 1 and all(limit.inclusive for _, limit, _ in ends):
        (_, _, low), (_, _, high) = ends
        if low == high:
            return [(_value({"valueQuantity": low.quantity}, low), low.multiple_of)]
        if _in_order(low, high):
            return [(_value({"valueRange": {"low": low.quantity, "high": high.quantity}}, low), low.multiple_of)]
    return [
        (
            _value({"valueQuantity": _compared(each.quantity, _COMPARATORS[side, limit.inclusive])}, each),
            each.multiple_of,
        )
        for side, limit, each in ends
    ]


def limits_of(element: Mapping[str, Any]) -> dict[Side, Limit]:
    """Side -> limit, of a definitionByTypeAndValue.

    Raises:
        ValueError: a comparator or a number is none.
    """
    offset = element.get("offset")
    if (found := element.get("valueRange")) is not None:
        ends: dict[Side, Any] = {"lower": found.get("low"), "upper": found.get("high")}
        if None in ends.values():
            raise ValueError("a Range with one end: FHIR takes the other for not known, rather than open")
        return {side: _limit(each, offset, inclusive=True) for side, each in ends.items()}
    found = element.get("valueQuantity")
    if found is None:
        return {}
    side, inclusive = side_of(found)
    limit = _limit(found, offset, inclusive=inclusive)
    return {"lower": limit, "upper": limit} if side is None else {side: limit}


def side_of(found: Mapping[str, Any]) -> tuple[Side | None, bool]:
    """The side that a quantity's comparator bounds, None without one; and whether the value itself is admitted.

    Raises:
        ValueError: it is none of those that compare.
    """
    if "comparator" not in found:
        return None, True
    sign = found["comparator"]
    if sign not in _SIDES:
        raise ValueError(f"{sign!r} compares in no way that is known: {', '.join(_SIDES)} do")
    return _SIDES[sign]


def number(found: object) -> Decimal:
    """The value of a quantity.

    Raises:
        ValueError: it is no number.
    """
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        raise ValueError(f"{found!r} is no exact number; read the document by trialparse.export.exact.loads")
    return Decimal(found)


def unit_of(found: Mapping[str, Any]) -> Unit | None:
    """The unit of a quantity; its code counts only where it is one of UCUM."""
    ucum = found.get("code") if found.get("system") == UCUM else None
    text = found.get("unit") or found.get("code")
    return None if text is None else Unit(text=text, ucum=ucum)


def _compared(found: Element, comparator: str) -> Element:
    return {"value": found["value"], "comparator": code("quantity-comparator", comparator), **found}


def _reference(name: Reference) -> Element:
    return coded("characteristic-offset", _OFFSETS[name], name) if name in _OFFSETS else {"text": name}


def _value(value: Element, of: Amount) -> Element:
    return value if of.offset is None else {**value, "offset": of.offset}


def _in_order(low: Amount, high: Amount) -> bool:
    """Whether they make a range: its ends share a unit and a reference point, and ascend."""
    units = [{key: each.quantity.get(key) for key in ("unit", "code")} for each in (low, high)]
    ascending: bool = low.quantity["value"] < high.quantity["value"]
    return units[0] == units[1] and low.offset == high.offset and ascending


def _limit(found: Mapping[str, Any], offset: Mapping[str, Any] | None, *, inclusive: bool) -> Limit:
    value, unit = number(found.get("value")), unit_of(found)
    if offset is not None:
        added = None if value == 0 and unit is None else Offset(value=value, unit=unit)
        return Limit(value=Decimal(1), inclusive=inclusive, relative_to=_named(offset), offset=added)
    if unit is not None and unit.ucum in _MULTIPLES:
        return Limit(value=value, inclusive=inclusive, relative_to=_MULTIPLES[unit.ucum])
    return Limit(value=value, inclusive=inclusive, unit=unit)


def _named(offset: Mapping[str, Any]) -> Reference:
    """The reference that an offset is.

    Raises:
        ValueError: it is none that is known.
    """
    system = tables()["value_sets"]["characteristic-offset"]["system"]
    names = {value: name for name, value in _OFFSETS.items()}
    for coding in offset.get("coding", ()):
        if coding.get("system") == system and coding.get("code") in names:
            return names[coding["code"]]
    if offset.get("text") == "BASELINE":
        return "BASELINE"
    raise ValueError(f"an offset that is neither a limit of normal nor the baseline: {dict(offset)!r}")
