"""Other limits for some: `≥ 4, or 3 with gout`, `> 14 drinks for men or 7 for women`, `A (men) or B (women) ≥ 50`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialparse.requirements.fit import fits, is_plain, same_unit, with_unit
from trialparse.requirements.neighbours import WALLS, Finding
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token

_FOR_SOME = frozenset({"IF", "WITH", "NOT", "FOR", "POP"})
_JOINS = frozenset({"AND", "OR", "COMMA"})
_FARTHEST = 24
_SOME = 2
_BRACKET = 12
_TO_LIMIT = 4
_IDLE = frozenset({"SCALE", "MEASURE", "FILL", "WORD", "OF"})
"""What may stand between the last brackets and the limit: `(< 16 years) performance score ≥ 50`."""


def alternative(
    tokens: Sequence[Token], findings: Mapping[int, Finding], at: int, quantity: Quantity
) -> tuple[int, Quantity] | None:
    """Which earlier limit the bare number at `at` is an alternative to, and the limit that it makes.

    It has the comparator of that one; of a range it moves the end beyond which it lies: `0-1, or 2 if due to pain`.
    """
    if quantity.shape != "series" or quantity.lower != quantity.upper or not _is_for_some(tokens, at):
        return None
    for i in range(at - 2, max(-1, at - _FARTHEST), -1):
        if tokens[i].type in WALLS:
            return None
        if i in findings and (made := _beside(findings[i].quantity, quantity, near=_is_near(tokens, i, at))):
            return i, made
    return None


def _is_for_some(tokens: Sequence[Token], at: int) -> bool:
    """Whether `or` stands before a number, or any word between the sexes, and behind it for whom that is."""
    if at < 2 or at + 1 >= len(tokens) or tokens[at + 1].type not in _FOR_SOME:
        return False
    each_sex = tokens[at + 1].type == "POP" == tokens[at - 2].type
    return tokens[at - 1].type == "OR" or (each_sex and tokens[at - 1].type in _JOINS)


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


def for_each(tokens: list[Token]) -> list[Token]:
    """The tokens with a limit behind each of two measures that are for some people each, and share one.

    `Karnofsky (≥ 16 years) or Lansky (< 16 years) score ≥ 50`: what stands in brackets says for whom.
    """
    if sum(token.type == "LPAR" for token in tokens) < _SOME or not any(token.type == "OR" for token in tokens):
        return tokens
    for i, token in enumerate(tokens):
        if token.type != "OR" or not 0 < i < len(tokens) - 1 or tokens[i + 1].type != "MEASURE":
            continue
        first = _named_for_some(tokens, i - 1, -1)
        stop = _named_for_some(tokens, i + 1, 1)
        at = next((k for k in range(stop, min(stop + _TO_LIMIT, len(tokens))) if tokens[k].type not in _IDLE), 0)
        if not first or not stop or not at or tokens[at].type != "LIMIT":
            continue
        limit = tokens[at].value
        if limit.bounds and fits(tokens[first - 1].value, limit) and fits(tokens[i + 1].value, limit):
            lent = tokens[at]._replace(start=tokens[first - 1].end, end=tokens[first - 1].end)
            moved = tokens[at]._replace(start=tokens[i + 1].end, end=tokens[i + 1].end)
            return [*tokens[:first], lent, *tokens[first : i + 2], moved, *tokens[i + 2 : stop], *tokens[at + 1 :]]
    return tokens


def _named_for_some(tokens: Sequence[Token], at: int, step: int) -> int:
    """The bracket behind a measure that holds an age: with step 1 where it ends, else where it begins; 0 for none."""
    if step > 0:
        if at + 1 >= len(tokens) or tokens[at + 1].type != "LPAR":
            return 0
        last = next((k for k in range(at + 2, min(at + _BRACKET, len(tokens))) if tokens[k].type == "RPAR"), 0)
        return last + 1 if last and _holds_age(tokens[at + 2 : last]) else 0
    if tokens[at].type != "RPAR":
        return 0
    first = next((k for k in range(at - 1, max(0, at - _BRACKET), -1) if tokens[k].type == "LPAR"), 0)
    return first if first and tokens[first - 1].type == "MEASURE" and _holds_age(tokens[first + 1 : at]) else 0


def _holds_age(inside: Sequence[Token]) -> bool:
    return any(token.type in ("LIMIT_TIME", "TIME") for token in inside)
