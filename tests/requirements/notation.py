"""The short notation of the golden lines.

    platelets ≥ 100 10*9/L          a limit: canonical measure, bound, UCUM unit
    18 ≤ age < 75 a                 a range; `2 mo ≤ age < 12 a` where the units differ
    alt ≤ 3 × ULN; inr ≤ ULN + 4 s  multiples of a reference limit, offsets
    child_pugh in A B               classes that are no numbers
    "hop test" ≥ 5 m                a measure that the lexicon lacks, as printed
    hba1c > 7 % [≤ 28 d before ⟨screening⟩]   windows in square brackets: bound, side, ⟨anchor⟩
    …  and  …[≥ 6 mo]               prose, and prose with its windows; prose joined by `and` to a limit is left out
    A and B, A or B, not A, 2 of (A; B), if ⟨liver metastases⟩: A else B

Words in ⟨⟩ compare without case and without the words of `_IDLE`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import regex

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

PROSE = "…"
_QUOTED = regex.compile(r"⟨([^⟨⟩]*+)⟩")
_IDLE = frozenset(
    "a an the of in for with without to at on by is are was were be has have had having who if when they their this "
    "that it subject subjects patient patients participant participants presence present known due only those".split()
)


def notation(item: Requirement | None) -> str:
    """One line for a requirement; `…` for one without limits and windows."""
    match item:
        case None | Statement(windows=()):
            return PROSE
        case Statement():
            return PROSE + "".join(map(_window, item.windows))
        case Window():
            return PROSE + _window(item)
        case Threshold():
            return " ".join([_threshold(item), *map(_window, item.windows)])
        case AllOf():
            kept = [part for part in item.items if notation(part) != PROSE]
            return notation(kept[0]) if len(kept) == 1 else " and ".join(_parts(kept, AllOf)) or PROSE
        case AnyOf():
            return " or ".join(dict.fromkeys(_parts(item.items, AnyOf)))
        case AtLeast():
            parts = [notation(part) for part in item.items]
            return PROSE if set(parts) == {PROSE} else f"{item.minimum} of ({'; '.join(parts)})"
        case Not():
            inner = _operand(item.item)
            return inner if inner.startswith(PROSE) else f"not {inner}"
        case If():
            return _conditional(item)


def tidy(expected: str) -> str:
    """A hand-written reading as `notation` would write it: white space and the words in ⟨⟩ made alike."""
    return _QUOTED.sub(lambda match: _quoted(match[1]), " ".join(expected.split()))


def _parts(items: Iterable[Requirement], kind: type[AllOf] | type[AnyOf]) -> list[str]:
    """Operands, those of the same kind taken apart."""
    out: list[str] = []
    for item in items:
        if isinstance(item, kind):
            out.extend(_parts(item.items, kind))
        else:
            out.append(_operand(item))
    return out


def _operand(item: Requirement) -> str:
    text = notation(item)
    joined = isinstance(item, AllOf | AnyOf | If) and regex.search(" (?:and|or) |^if ", text)
    return f"({text})" if joined else text


def _conditional(item: If) -> str:
    then = _operand(item.then)
    otherwise = "" if item.otherwise is None else f" else {_operand(item.otherwise)}"
    if then == PROSE and not otherwise:
        return PROSE
    return f"if {_condition(item.condition)}: {then}{otherwise}"


def _condition(item: Requirement) -> str:
    if isinstance(item, Statement):
        return _quoted(item.text) + "".join(map(_window, item.windows))
    if isinstance(item, Not) and isinstance(item.item, Statement):
        return f"not {_condition(item.item)}"
    return _operand(item)


def _threshold(item: Threshold) -> str:
    name = item.measure.name or f'"{item.measure.text.lower()}"'
    if item.values:
        return f"{name} in {' '.join(item.values)}"
    return _bounded(name, item.lower, item.upper, _amount)


def _window(item: Window) -> str:
    bound = _bounded("", item.lower, item.upper, _amount)
    anchor = _quoted(item.anchor) if item.anchor else ""
    return f"[{' '.join(part for part in (bound, item.direction, anchor) if part)}]"


def _bounded(name: str, lower: Limit | None, upper: Limit | None, amount: Callable[[Limit], str]) -> str:
    if lower is not None and lower == upper:
        text = f"{name} = {amount(lower)}"
    elif lower is not None and upper is not None:
        least = _number(lower) if _code(lower.unit) == _code(upper.unit) and not lower.relative_to else amount(lower)
        text = f"{least} {'≤' if lower.inclusive else '<'} {name} {'≤' if upper.inclusive else '<'} {amount(upper)}"
    elif lower is not None:
        text = f"{name} {'≥' if lower.inclusive else '>'} {amount(lower)}"
    elif upper is not None:
        text = f"{name} {'≤' if upper.inclusive else '<'} {amount(upper)}"
    else:
        text = f"{name} ?"
    return " ".join(text.split())


def _amount(limit: Limit) -> str:
    text = _with_unit(_number(limit), limit.unit)
    if limit.relative_to is not None:
        text = limit.relative_to if limit.value == 1 else f"{text} × {limit.relative_to}"
    if limit.offset is None:
        return text
    return f"{text} + {_with_unit(f'{limit.offset.value.normalize():f}', limit.offset.unit)}"


def _with_unit(number: str, unit: Unit | None) -> str:
    return f"{number} {_code(unit)}".strip()


def _number(limit: Limit) -> str:
    return f"{limit.value.normalize():f}"


def _code(unit: Unit | None) -> str:
    return "" if unit is None else unit.ucum or f"?{unit.text}"


def _quoted(text: str) -> str:
    words = regex.findall(r"[\w/≥≤<>%.+-]*\w[%+]*|[≥≤<>]", text.lower())
    return "⟨" + " ".join(word for word in words if word not in _IDLE) + "⟩"
