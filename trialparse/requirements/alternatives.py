"""Other limits for some: `≥ 4, or 3 with gout`, `> 14 drinks for men or 7 for women`, `A (men) or B (women) ≥ 50`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialparse.lexicon.wording import words
from trialparse.requirements.fit import fits, is_plain, same_unit, with_unit
from trialparse.requirements.neighbours import WALLS, Finding
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token

_FOR_SOME = frozenset({"IF", "WITH", "NOT", "FOR", "POP"})
_JOINS = frozenset({"AND", "OR", "COMMA", "SEMI"})
_FARTHEST = 24
_SHORTEST = 3
"""Tokens on either side of the `or`: a name and brackets around it."""
_BRACKET = 12
_TO_LIMIT = 4
_DISEASE = frozenset({"WORD", "DISORDER", "FILL", "OF"})
_LONGEST_DISEASE = 5
_LEADS_TO_DISEASE = frozenset({"WITHIN", "FOR", "WITH"})
_BEFORE_DISEASE = _JOINS | {"BUT", "LPAR"}
_TO_INSTEAD = 4
_IDLE = frozenset({"SCALE", "MEASURE", "FILL", "WORD", "OF"})
"""What may stand between the last brackets and the limit: `(< 16 years) performance score ≥ 50`."""


def alternative(
    tokens: Sequence[Token], findings: Mapping[int, Finding], at: int, quantity: Quantity
) -> tuple[int, Quantity] | None:
    """Which earlier limit the bare number at `at` is an alternative to, and the limit that it makes.

    It has the comparator of that one; of a range it moves the end beyond which it lies: `0-1, or 2 if due to pain`.
    """
    if quantity.shape != "series" or quantity.lower != quantity.upper or not _is_for_some(tokens, at, quantity):
        return None
    for i in range(at - 2, max(-1, at - _FARTHEST), -1):
        if tokens[i].type in WALLS:
            return None
        if i in findings and (made := _beside(findings[i].quantity, quantity, near=_is_near(tokens, i, at))):
            return i, made
    return None


def _is_for_some(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """Whether `or` stands before a number, or any joint between the sexes or multiples; and for whom it is behind."""
    if at < 2 or at + 1 >= len(tokens) or tokens[at + 1].type not in _FOR_SOME:
        return False
    each_sex = tokens[at + 1].type == "POP" == tokens[at - 2].type
    multiple = any(bound.relative_to for bound in quantity.bounds)
    return tokens[at - 1].type == "OR" or ((each_sex or multiple) and tokens[at - 1].type in _JOINS)


def _is_near(tokens: Sequence[Token], earlier: int, at: int) -> bool:
    """Whether nothing but people stands between two numbers, so that the unit of the first is the second's, too."""
    return all(token.type in _JOINS or token.type == "POP" for token in tokens[earlier + 1 : at])


def _beside(before: Quantity, quantity: Quantity, *, near: bool) -> Quantity | None:
    """The limit that a bare number is beside another one; None where it cannot be on the same measure."""
    edge = quantity.lower
    if edge is None or before.shape not in ("bound", "range", "series") or before.second is not None:
        return None
    if before.bounds[0].relative_to != edge.relative_to:
        return None
    if near and is_plain(quantity):
        quantity = with_unit(quantity, before)
        edge = quantity.lower or edge
    if not same_unit(before, quantity):
        return None
    if before.lower is None or before.upper is None:
        edge = edge._replace(inclusive=before.bounds[0].inclusive)
        sides = (edge, None) if before.lower is not None else (None, edge)
        return quantity._replace(lower=sides[0], upper=sides[1], shape="bound", lent=True)
    if before.lower.value <= edge.value <= before.upper.value:
        return None
    low, high = (before.lower, edge) if edge.value > before.upper.value else (edge, before.upper)
    return quantity._replace(lower=low, upper=high, shape="range", lent=True)


def elsewhere(tokens: Sequence[Token], at: int, quantity: Quantity) -> int:
    """`ALT ≤ 3 x ULN, and in liver metastases ≤ 5 x ULN`: where the disease begins that it is another limit in; or 0.

    A limit in ULN is never on the disease; any other says so: `in thalassemia, ≥ 8 g/dL applies instead`.
    """
    relative = any(bound.relative_to for bound in quantity.bounds)
    instead = any(token.value in words("replaces") for token in tokens[at + 1 : at + 1 + _TO_INSTEAD])
    return _disease_before(tokens, at) if (relative or instead) and quantity.shape != "normal" else 0


def _disease_before(tokens: Sequence[Token], at: int) -> int:
    """Where `in liver metastases` begins that ends right before `tokens[at]` and behind a joint; 0 where none does."""
    stop = at - (tokens[at - 1].type == "COMMA")
    first = stop
    while first > 0 and stop - first < _LONGEST_DISEASE and tokens[first - 1].type in _DISEASE:
        first -= 1
    led = first < stop and tokens[first - 1].type in _LEADS_TO_DISEASE
    if first == stop or not led:
        return 0
    first -= 1
    ails = tokens[stop - 1].type == "DISORDER" or tokens[stop - 1].value in words("ailments")
    if tokens[first].type != "WITHIN" and not ails:
        return 0  # with serum amylin ≤ 2 x ULN
    return first if first > 0 and tokens[first - 1].type in _BEFORE_DISEASE else 0


def for_each(tokens: list[Token]) -> list[Token]:
    """The tokens with a limit behind each of two measures that are for some people each, and share one.

    `Karnofsky (≥ 16 years) or Lansky (< 16 years) score ≥ 50`: what stands in brackets says for whom.
    """
    for i in range(_SHORTEST, len(tokens) - _SHORTEST):
        if tokens[i].type != "OR" or tokens[i - 1].type != "RPAR" or tokens[i + 1].type != "MEASURE":
            continue
        first, stop = _bracket_before(tokens, i - 1), _bracket_behind(tokens, i + 2)
        at = next((k for k in range(stop, min(stop + _TO_LIMIT, len(tokens))) if tokens[k].type not in _IDLE), 0)
        if not (first and stop and at) or tokens[at].type != "LIMIT":
            continue
        limit, names = tokens[at], (tokens[first - 1], tokens[i + 1])
        if limit.value.bounds and all(name.type == "MEASURE" and fits(name.value, limit.value) for name in names):
            lent, moved = (Token(limit.type, limit.value, name.end, name.end) for name in names)
            return [*tokens[:first], lent, *tokens[first : i + 2], moved, *tokens[i + 2 : stop], *tokens[at + 1 :]]
    return tokens


def _bracket_before(tokens: Sequence[Token], last: int) -> int:
    """Where brackets begin that close at `last`, if they hold an age or another time; 0 where they do not."""
    first = next((k for k in range(last - 1, max(0, last - _BRACKET), -1) if tokens[k].type == "LPAR"), 0)
    return first if first and _holds_time(tokens[first:last]) else 0


def _bracket_behind(tokens: Sequence[Token], first: int) -> int:
    """The token behind brackets that open at `first`, likewise."""
    if tokens[first].type != "LPAR":
        return 0
    last = next((k for k in range(first + 1, min(first + _BRACKET, len(tokens))) if tokens[k].type == "RPAR"), 0)
    return last + 1 if _holds_time(tokens[first:last]) else 0


def _holds_time(inside: Sequence[Token]) -> bool:
    return any(token.type in ("LIMIT_TIME", "TIME") for token in inside)
