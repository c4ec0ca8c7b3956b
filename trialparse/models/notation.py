"""A requirement as a short formula: `platelets ≥ 75 10*9/L`, `if liver metastases: alt ≤ 5 × ULN`.

What `str()` of a requirement gives. Kinds are told by their names, so that the models themselves can import this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trialparse.decimals import written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from trialparse.models.requirement import If, Limit, Requirement, Threshold, Unit, Window

_AT_LEAST = {True: "≥", False: ">"}
_AT_MOST = {True: "≤", False: "<"}
"""By whether the value itself is admitted."""

JOINS = {"all": "all of", "any": "any of", "at_least": "at least {minimum} of"}
"""How parts join, in words for people."""

_PROSE = 40
"""Statements inside a formula are cut to this many characters; the criterion's own text stands beside it."""


def formula(item: Requirement) -> str:
    """One line for a requirement: canonical measure names, UCUM units, prose shortened."""
    if item.kind == "threshold":
        return _timed(bounds(item), item.windows)
    if item.kind == "window":
        return elapsed(item)
    if item.kind == "statement":
        return _timed(shortened(item.text), item.windows)
    if item.kind == "not":
        return f"not {_operand(item.item)}"
    if item.kind == "if":
        return _conditional(item)
    if item.kind == "at_least":
        return f"at least {item.minimum} of: " + "; ".join(map(_operand, item.items))
    return (" and " if item.kind == "all" else " or ").join(map(_operand, item.items))


def _timed(text: str, windows: Sequence[Window]) -> str:
    return " ".join([text, *(f"({elapsed(window)})" for window in windows)]) if windows else text


def findings(item: Requirement) -> tuple[str, ...]:
    """The formulas worth showing beside the criterion's text; prose without a limit or window adds nothing to it.

    What must all hold is one formula a line, and no line stands twice.
    """
    if item.kind == "all":
        return tuple(dict.fromkeys(line for part in item.items for line in findings(part)))
    if item.kind == "statement":
        return tuple(map(elapsed, item.windows))
    return (formula(item),) if _has_limit(item) else ()


def _has_limit(item: Requirement) -> bool:
    if item.kind == "threshold" or item.kind == "window":
        return True
    if item.kind == "statement":
        return bool(item.windows)
    if item.kind == "not":
        return _has_limit(item.item)
    if item.kind == "if":
        return any(part is not None and _has_limit(part) for part in (item.condition, item.then, item.otherwise))
    return any(map(_has_limit, item.items))


def _operand(item: Requirement) -> str:
    """A formula that can stand inside another one."""
    text = formula(item)
    return f"({text})" if item.kind in ("all", "any", "at_least", "if") else text


def _conditional(item: If) -> str:
    text = f"if {formula(item.condition)}: {formula(item.then)}"
    then, otherwise = item.then, item.otherwise
    if otherwise is None:
        return text
    if then.kind == "threshold" and otherwise.kind == "threshold" and _name(then) == _name(otherwise):
        ranged = None not in (otherwise.lower, otherwise.upper) and otherwise.lower != otherwise.upper
        return f"{text}, otherwise {bounds(otherwise, named=ranged)}"
    return f"{text}, otherwise {formula(otherwise)}"


def _name(item: Threshold) -> str:
    return (item.measure.name or item.measure.text).replace("_", " ")


def bounds(item: Threshold, *, named: bool = True) -> str:
    """A threshold without its time windows: `2 ≤ potassium ≤ 5 mmol/L`; without the name `≤ 5 × ULN`."""
    name = _name(item) if named else ""
    lower, upper = item.lower, item.upper
    if item.values:
        text = f"{name} {' or '.join(item.values)}"
    elif lower is not None and lower == upper:
        text = f"{name} = {amount(lower)}"
    elif lower is not None and upper is not None:
        least = written(lower.value) if _same_scale(lower, upper) else amount(lower)
        text = f"{least} {_AT_MOST[lower.inclusive]} {name} {_AT_MOST[upper.inclusive]} {amount(upper)}"
    elif lower is not None:
        text = f"{name} {_AT_LEAST[lower.inclusive]} {amount(lower)}"
    elif upper is not None:
        text = f"{name} {_AT_MOST[upper.inclusive]} {amount(upper)}"
    else:
        text = shortened(item.text)
    return text.strip()


def elapsed(item: Window) -> str:
    """A time window: `within 28 d before enrollment`."""
    lower, upper = item.lower, item.upper
    if lower and upper:
        time = f"{amount(lower)} to {amount(upper)}"
    elif upper:
        time = f"{'within' if upper.inclusive else 'less than'} {amount(upper)}"
    elif lower:
        time = f"{'at least' if lower.inclusive else 'more than'} {amount(lower)}"
    else:
        time = shortened(item.text)
    relation = item.direction or ("of" if item.anchor else None)
    return " ".join(part for part in (time, relation, item.anchor) if part)


def _same_scale(one: Limit, other: Limit) -> bool:
    return one.relative_to is None and one.offset is None and _code(one.unit) == _code(other.unit)


def amount(limit: Limit) -> str:
    """One side of a range: `75 10*9/L`, `2.5 × ULN`."""
    if limit.relative_to is None:
        text = _quantity(limit.value, limit.unit)
    else:
        text = limit.relative_to if limit.value == 1 else f"{written(limit.value)} × {limit.relative_to}"
    if limit.offset is None:
        return text
    return f"{text} {'-' if limit.offset.value < 0 else '+'} {_quantity(abs(limit.offset.value), limit.offset.unit)}"


def _quantity(value: Decimal, unit: Unit | None) -> str:
    code = _code(unit)
    number = written(value)
    return f"{number}{code}" if code == "%" else f"{number} {code}".strip()


def _code(unit: Unit | None) -> str:
    return "" if unit is None else unit.ucum or unit.text


def shortened(text: str) -> str:
    """Prose as it stands in a formula."""
    return text if len(text) <= _PROSE else text[: _PROSE - 1].rstrip() + "…"
