"""A requirement as a short formula: `platelets ≥ 75 10*9/L`, `if liver metastases: alt ≤ 5 × ULN`."""

from __future__ import annotations

from decimal import Decimal

from trialparse.models.base import ARITHMETIC
from trialparse.models.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    If,
    Limit,
    Not,
    Requirement,
    Statement,
    Threshold,
    Unit,
    Window,
)

_AT_LEAST = {True: "≥", False: ">"}
_AT_MOST = {True: "≤", False: "<"}
"""By whether the value itself is admitted."""

_PROSE = 40
"""Statements inside a formula are cut to this many characters; the criterion's own text stands beside it."""


def formula(item: Requirement) -> str:
    """One line for a requirement: canonical measure names, UCUM units, prose shortened."""
    match item:
        case Threshold():
            return " ".join([_comparison(item, named=True), *(f"({_window(window)})" for window in item.windows)])
        case Window():
            return _window(item)
        case Statement():
            return " ".join([_shortened(item.text), *(f"({_window(window)})" for window in item.windows)])
        case AllOf():
            return " and ".join(map(_operand, item.items))
        case AnyOf():
            return " or ".join(map(_operand, item.items))
        case AtLeast():
            return f"at least {item.minimum} of: " + "; ".join(map(_operand, item.items))
        case Not():
            return f"not {_operand(item.item)}"
        case If():
            return _conditional(item)


def findings(item: Requirement) -> tuple[str, ...]:
    """The formulas worth showing beside the criterion's text; prose without a limit or window adds nothing to it.

    What must all hold is one formula a line, and no line stands twice.
    """
    if isinstance(item, AllOf):
        return tuple(dict.fromkeys(line for part in item.items for line in findings(part)))
    if isinstance(item, Statement):
        return tuple(map(_window, item.windows))
    return (formula(item),) if _has_limit(item) else ()


def _has_limit(item: Requirement) -> bool:
    match item:
        case Threshold() | Window():
            return True
        case Statement():
            return bool(item.windows)
        case AllOf() | AnyOf() | AtLeast():
            return any(map(_has_limit, item.items))
        case Not():
            return _has_limit(item.item)
        case If():
            parts = (item.condition, item.then, item.otherwise)
            return any(part is not None and _has_limit(part) for part in parts)


def _operand(item: Requirement) -> str:
    """A formula that can stand inside another one."""
    text = formula(item)
    return f"({text})" if isinstance(item, AllOf | AnyOf | AtLeast | If) else text


def _conditional(item: If) -> str:
    text = f"if {formula(item.condition)}: {formula(item.then)}"
    match item.then, item.otherwise:
        case _, None:
            return text
        case Threshold() as then, Threshold() as otherwise if _name(then) == _name(otherwise):
            return f"{text}, otherwise {_comparison(otherwise, named=False)}"
        case _, otherwise:
            return f"{text}, otherwise {formula(otherwise)}"


def _name(item: Threshold) -> str:
    return (item.measure.name or item.measure.text).replace("_", " ")


def _comparison(item: Threshold, *, named: bool) -> str:
    name = _name(item) if named else ""
    lower, upper = item.lower, item.upper
    if item.values:
        text = f"{name} {' or '.join(item.values)}"
    elif lower is not None and lower == upper:
        text = f"{name} = {_amount(lower)}"
    elif lower is not None and upper is not None:
        least = _number(lower.value) if _same_scale(lower, upper) else _amount(lower)
        text = f"{least} {_AT_MOST[lower.inclusive]} {name} {_AT_MOST[upper.inclusive]} {_amount(upper)}"
    elif lower is not None:
        text = f"{name} {_AT_LEAST[lower.inclusive]} {_amount(lower)}"
    elif upper is not None:
        text = f"{name} {_AT_MOST[upper.inclusive]} {_amount(upper)}"
    else:
        text = _shortened(item.text)
    return text.strip()


def _window(item: Window) -> str:
    lower, upper = item.lower, item.upper
    if lower and upper:
        time = f"{_amount(lower)} to {_amount(upper)}"
    elif upper:
        time = f"{'within' if upper.inclusive else 'less than'} {_amount(upper)}"
    elif lower:
        time = f"{'at least' if lower.inclusive else 'more than'} {_amount(lower)}"
    else:
        time = _shortened(item.text)
    relation = item.direction or ("of" if item.anchor else None)
    return " ".join(part for part in (time, relation, item.anchor) if part)


def _same_scale(one: Limit, other: Limit) -> bool:
    return one.relative_to is None and one.offset is None and _code(one.unit) == _code(other.unit)


def _amount(limit: Limit) -> str:
    if limit.relative_to is None:
        text = _quantity(limit.value, limit.unit)
    else:
        text = limit.relative_to if limit.value == 1 else f"{_number(limit.value)} × {limit.relative_to}"
    return f"{text} + {_quantity(limit.offset.value, limit.offset.unit)}" if limit.offset else text


def _quantity(value: Decimal, unit: Unit | None) -> str:
    code = _code(unit)
    number = _number(value)
    return f"{number}{code}" if code == "%" else f"{number} {code}".strip()


def _code(unit: Unit | None) -> str:
    return "" if unit is None else unit.ucum or unit.text


def _number(value: Decimal) -> str:
    return f"{value.normalize(ARITHMETIC):f}"


def _shortened(text: str) -> str:
    return text if len(text) <= _PROSE else text[: _PROSE - 1].rstrip() + "…"
