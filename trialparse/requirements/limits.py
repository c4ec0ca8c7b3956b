"""The meaning of `grammars/quantity.lark`: tokens -> lower and upper bounds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from trialparse.lexicon.conversion import convert
from trialparse.requirements.fit import dimension
from trialparse.requirements.parser import Island, IslandParser, Spread
from trialparse.requirements.quantity import (
    Bound,
    Quantity,
    hedges,
    merged,
    paired,
    ranged,
    same_scale,
    share_unit,
    sided,
)
from trialparse.requirements.tokens import Amount, Token

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SIGN = 2
_FROM = "from"
_SIDES_OF_TIME = frozenset({"BEFORE", "AFTER", "AGO", "PAST", "TO", "UNTIL", "AND"})
_PASSED = frozenset({"FILL", "OF", "SCALE"})
_GOES_ON = frozenset({"AMOUNT", "COLON", "CMP", "BETWEEN", "SLASH", "TO"})


class _Meaning:
    def start(self, quantity: Quantity) -> Quantity | None:
        if quantity.shape == "series" and all(bound.amount is None for bound in quantity.bounds):
            return None  # "baseline" alone is no limit
        return quantity._replace(implied="age") if any(bound.aged for bound in quantity.bounds) else quantity

    # one side
    def bound(self, cmp: Token, value: Bound) -> Quantity:
        return sided(_op(cmp), value)._replace(worded=cmp.end - cmp.start > _SIGN)

    def bound_named(self, cmp: Token, measure: Token, *value: Any) -> Quantity:
        return sided(_op(cmp), value[-1])._replace(framed=measure)

    def bound_scaled(self, cmp: Token, _: Token, value: Bound) -> Quantity:
        """`at least class III`: of a scale that other words name."""
        return sided(_op(cmp), value)._replace(scaled=True)

    def bound_post(self, cmp: Token, value: Bound, post: Token) -> Quantity:
        """`at least 18 years or older` says it twice; the comparator counts, but for `equal 18 or older`."""
        quantity = sided(_op(post if _op(cmp) == "=" else cmp), value)
        return quantity._replace(implied=quantity.implied or ("age" if _op(post).endswith("age") else None))

    def bound_above(self, cmp: Token, times: Token, *rest: Any) -> Quantity:
        """`> 2.5-fold above the upper limit`: the second comparator says nothing new."""
        return sided(_op(cmp), _multiple(times, *(part for part in rest if part.type in ("REF", "NORMAL"))))

    def bound_off(self, cmp: Token, amount: Token, side: Token, *reference: Token) -> Quantity | None:
        """`> 50 % above baseline`: more than 1.5 x BASELINE; `≥ 20 % below baseline`: at most 0.8 of it.

        `≤ 5 s above ULN`: at most ULN + 5 s.
        """
        share: Amount = amount.value
        if share.unit is None or _op(side)[0] not in "<>" or _op(cmp)[0] == "=":
            return None
        below = _op(side)[0] == "<"
        op = _FLIPPED[_op(cmp)] if below else _op(cmp)
        off = share._replace(value=-share.value) if below else share
        if share.unit.ucum != "%":
            return sided(op, Bound(Decimal(1), None, _reference(reference), True, off))
        return sided(op, Bound(1 + off.value.scaleb(-2), None, _reference(reference), True, None, share))

    def bound_part(self, cmp: Token, amount: Token, _: Token, *reference: Token) -> Quantity | None:
        """`≤ half of the LLN`; what has a unit, as < 4 weeks of baseline, is no multiple."""
        return sided(_op(cmp), _multiple(amount, *reference)) if amount.value.unit is None else None

    def bound_pair(self, cmp: Token, value: Bound, _: Token, second: Bound) -> Quantity:
        value, second = share_unit(value, second)
        return sided(_op(cmp), value, "pair")._replace(second=sided(_op(cmp), second, "pair"))

    def times_above(self, times: Token, _: Token, cmp: Token, *reference: Token) -> Quantity:
        """`twice higher than normal`: more than 2 x ULN."""
        return sided(_op(cmp), _multiple(times, *reference))

    def framed(self, low: Bound, cmp: Token, measure: Token, high: Quantity) -> Quantity | None:
        flipped = _FLIPPED.get(_op(cmp))
        both = merged(sided(flipped, low), high) if flipped else None
        return None if both is None else both._replace(framed=measure)

    def turned(self, value: Bound, cmp: Token, measure: Token) -> Quantity | None:
        """`18 years < age`: the value stands first. Only signs are used so."""
        flipped = _FLIPPED.get(_op(cmp)) if cmp.end - cmp.start <= _SIGN else None
        return sided(flipped, value)._replace(framed=measure) if flipped else None

    def post(self, series: Quantity, post: Token) -> Quantity:
        op = _op(post)
        edge = series.lower if op.startswith(">") else series.upper
        assert edge is not None
        quantity = sided(op, edge)
        if series.second is None:
            return quantity
        behind = series.second.lower
        assert behind is not None
        return quantity._replace(shape="pair", second=sided(op, behind, "pair"))

    # two sides
    def both(self, *parts: Any) -> Quantity | None:
        sides = [part for part in parts if isinstance(part, Quantity)]
        whole = merged(*sides) if len(sides) == 2 else None
        frames = [side.framed for side in sides if side.framed is not None]
        if whole is None or any(frame.value is not frames[0].value for frame in frames):
            return None  # minimum age 18, maximum BMI 35
        return whole._replace(framed=frames[0]) if frames else whole

    def bound_to(self, first: Quantity, _: Token, high: Bound) -> Quantity | None:
        """A comparator before two numbers: the laxer one counts, unless they are a range, as in `> 18-75 years`."""
        low, high = share_unit(first.bounds[0], high)
        apart = not same_scale(low, high) or low.value > high.value
        if first.lower is None:  # no more than 2-3 x ULN
            return None if apart else first._replace(upper=high._replace(inclusive=low.inclusive, hedged=True))
        if apart or not hedges(first, low, high):
            return ranged(low, high, "range", first.implied)
        return first._replace(lower=low._replace(hedged=True))

    def between(self, *parts: Any) -> Quantity | None:
        low, high = share_unit(*(part for part in parts if isinstance(part, Bound)))
        if any(isinstance(part, Token) and part.type == "TO" and part.value == "<" for part in parts):
            high = high._replace(inclusive=False)
        if same_scale(low, high) and low.value > high.value:
            low, high = high, low  # between -1.0 and -2.5
        return ranged(low, high, "range", _named(parts[0]))

    def from_value(self, between: Token, low: Bound) -> Quantity | None:
        """`from 16 years`, which only an age is told like."""
        years = low.unit is not None and low.unit.ucum == "a"
        if not between.value.startswith(_FROM) or not (years or low.aged or _named(between)):
            return None
        return Quantity(low, None, "from", None, _named(between))

    def from_post(self, between: Token, low: Bound, post: Token) -> Quantity | None:
        """`from 18 years and older`."""
        return (
            self.bound_post(between.turned(between.type, ">="), low, post) if between.value.startswith(_FROM) else None
        )

    def both_between(self, *parts: Any) -> Quantity | None:
        return self.both(*parts)

    def span(self, low: Bound, to: Token, high: Bound) -> Quantity | None:
        low, high = share_unit(low, high._replace(inclusive=high.inclusive and to.value != "<"))
        if high.value < 0 and same_scale(low, high) and low.value > high.value:
            low, high = high, low  # 0 to -5
        return ranged(low, high, "range")

    def value_to(self, low: Bound, _: Token, high: Quantity) -> Quantity | None:
        return ranged(low, high.upper, "range", high.implied) if high.upper and not high.lower else None

    def from_both(self, low: Bound, *parts: Any) -> Quantity | None:
        high: Quantity = parts[-1]
        return ranged(low, high.upper, "range", high.implied) if high.upper and not high.lower else None

    def spans_pair(self, *parts: Any) -> Quantity | None:
        """`90-140/50-90`: each side of the slash is a range."""
        values = [part for part in parts if isinstance(part, Bound)]
        return paired(*values)

    def pairs_span(self, *parts: Any) -> Quantity | None:
        """`90/60 to 140/90`: what stands before each slash is a range, and what stands behind it."""
        first, second, third, fourth = (part for part in parts if isinstance(part, Bound))
        return paired(first, third, second, fourth)

    def around(self, middle: Bound, *parts: Any) -> Quantity | None:
        spread: Bound = parts[-1]
        middle, spread = share_unit(middle, spread._replace(value=abs(spread.value)))
        if not same_scale(middle, spread):  # 36 weeks ± 3 days
            codes = [bound.unit.ucum if bound.unit is not None else None for bound in (middle, spread)]
            value = convert(middle.value, codes[0], codes[1]) if codes[0] and codes[1] else None
            if value is None:
                return None
            middle = middle._replace(value=value, unit=spread.unit)
        low, high = middle.value - spread.value, middle.value + spread.value
        return ranged(middle._replace(value=low), middle._replace(value=high))

    def normal(self, _: Token) -> Quantity:
        one = Decimal(1)
        return Quantity(Bound(one, None, "LLN"), Bound(one, None, "ULN"), "normal")

    def normal_bound(self, _: Token, bound: Quantity) -> Quantity:
        """`within normal limits, ≤ 1.5 x ULN`: the number says what is meant."""
        return bound

    # series of bare numbers
    def series(self, value: Bound) -> Quantity:
        return Quantity(value, value, "series")

    def slashed(self, *parts: Any) -> Quantity | None:
        """`IIIA/IIIB/IV`: only classes are listed so."""
        values = [part for part in parts if isinstance(part, Bound)]
        return self.listing(*values) if all(_is_roman(value) for value in values) else None

    def pair(self, first: Bound, _: Token, second: Bound) -> Quantity | None:
        if _is_roman(first) and _is_roman(second):
            return self.listing(first, second)
        first, second = share_unit(first, second)
        return Quantity(first, first, "pair")._replace(second=Quantity(second, second, "pair"))

    def listing(self, *parts: Any) -> Quantity | None:
        values = sorted((part for part in parts if isinstance(part, Bound)), key=lambda bound: bound.value)
        low, high = share_unit(values[0], values[-1])
        return ranged(low, high, "series") if same_scale(low, high) else None

    def listing_to(self, *parts: Any) -> Quantity | None:
        """`II or III-IV`: one range, where nothing lies between the first number and those behind it."""
        first, low, high = (part for part in parts if isinstance(part, Bound))
        low, high = share_unit(low, high)
        first, low = share_unit(first, low)
        counted = all(bound.value == bound.value.to_integral_value() for bound in (first, low))
        joined = counted and same_scale(first, low) and low.value - 1 <= first.value <= low.value
        return ranged(first, high, "range") if joined else None

    def classes(self, *parts: Token) -> Quantity:
        return Quantity(None, None, "classes", values=tuple(part.value for part in parts if part.type == "CLASS"))

    def classes_up_to(self, first: Token, second: Token) -> Quantity:
        """`B or better`, `worse than A`."""
        named, op = (first, second) if first.type == "CLASS" else (second, first)
        return self.classes(named)._replace(reach=_op(op))

    # values
    def amount(self, token: Token) -> Bound:
        amount: Amount = token.value
        return Bound(amount.value, amount.unit, None, True, None, amount, place=(token.start, token.end))

    def multiple(self, *parts: Token) -> Bound | None:
        bound = _multiple(*parts)
        unit = bound.amount and bound.amount.unit
        return None if unit and dimension(unit.ucum) == "time" else bound  # the two-week baseline period

    def reference(self, *parts: Token) -> Bound:
        return Bound(Decimal(1), None, _reference(parts))

    def reference_plus(self, *parts: Token) -> Bound:
        return Bound(Decimal(1), None, _reference(parts), True, parts[-1].value)

    def inclusive(self, bound: Bound, _: Token) -> Bound:
        return bound

    def aged(self, bound: Bound, _: Token) -> Bound:
        return bound._replace(aged=True)

    def exclusive(self, bound: Bound, _: Token) -> Bound:
        return bound._replace(inclusive=False)


def _named(between: Token) -> str | None:
    """The measure that the words before a range name: `ages between`."""
    return "age" if between.value.endswith("age") else None


def _multiple(*parts: Token) -> Bound:
    amount: Amount = next(part.value for part in parts if part.type == "AMOUNT")
    return Bound(amount.value, None, _reference(parts), True, None, amount)


def _is_roman(bound: Bound) -> bool:
    return bound.amount is not None and bound.amount.roman


def _op(token: Token) -> str:
    op: str = token.value
    return op


def _reference(parts: Sequence[Token]) -> str:
    """ "normal" on its own means the upper limit: 3 x normal."""
    return next((part.value for part in parts if part.type == "REF"), "ULN")


@lru_cache(maxsize=1)
def _parser() -> IslandParser:
    return IslandParser("quantity", "start", Spread(_Meaning()), skip="FILL")


BEGINS = frozenset({"AMOUNT", "CMP", "BETWEEN", "REF", "WNL", "CLASS"})
"""Token types a limit can begin with."""


def quantity_at(tokens: Sequence[Token], first: int) -> Island | None:
    """The limit that begins at `tokens[first]`, reaching as far as it makes sense; its value is a `Quantity`."""
    island = _parser().longest(tokens, first)
    if island is not None and island.value.shape == _FROM:
        return _from_age(tokens, island)
    if island is None or island.value.framed is None or tokens[island.stop - 1].type != "MEASURE":
        return island
    behind = (token.type for token in tokens[island.stop : island.stop + 3])
    if next((kind for kind in behind if kind not in _PASSED), "") in _GOES_ON:  # 4 of 9 > grade 2: its own number comes
        return _parser().longest(tokens[: island.stop - 2], first)
    return island


def _from_age(tokens: Sequence[Token], island: Island) -> Island | None:
    """`from 16 years` as a limit, unless the words go on as those of a time or a range: `from 2 years before`."""
    behind = (token.type for token in tokens[island.stop : island.stop + 2])
    if next((kind for kind in behind if kind != "FILL"), "") in _SIDES_OF_TIME:
        return None
    return island._replace(value=island.value._replace(shape="bound"))
