"""The meaning of `grammars/quantity.lark`: tokens -> lower and upper bounds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from trialparse.decimals import ARITHMETIC
from trialparse.lexicon.conversion import convert
from trialparse.requirements.parser import Island, IslandParser, Spread
from trialparse.requirements.tokens import Amount, Token, UnitMark


class Bound(NamedTuple):
    """One side of a range, before it has a measure."""

    value: Decimal
    unit: UnitMark | None = None
    relative_to: str | None = None
    inclusive: bool = True
    offset: Amount | None = None
    amount: Amount | None = None
    aged: bool = False
    """Whether "old" or "of age" stands behind it."""
    place: tuple[int, int] | None = None
    """Where its number stands."""


class Quantity(NamedTuple):
    """A limit as printed, before it has a measure."""

    lower: Bound | None
    upper: Bound | None
    shape: str
    """bound (a comparator), range (two ends), series (bare numbers), pair (150/90), normal (within normal limits)."""
    second: Quantity | None = None
    """The limit behind the slash of a pair."""
    implied: str | None = None
    """The measure that the limit's own words name: the age of "older than" and "years of age"."""
    values: tuple[str, ...] = ()
    reach: str = ""
    """How far classes reach from the one that is named: `>=` for B or worse, where C is worse."""
    framed: Token | None = None
    """The measure that stands inside the limit: 18 ≤ age ≤ 65, > grade 1."""
    lent: bool = False
    """Whether the comparator is that of an earlier limit."""
    scaled: bool = False
    """Whether a word for a scale stands inside the limit: at least class III."""
    dealt: tuple[tuple[Token, Quantity], ...] = ()
    """Measures with a limit each, as `respectively` deals them out; the limit itself is the first one's."""

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """The one or two bounds."""
        if self.lower is None:
            return () if self.upper is None else (self.upper,)
        return (self.lower,) if self.upper is None else (self.lower, self.upper)


def _side(op: str, bound: Bound, shape: str = "bound") -> Quantity:
    """The quantity that a comparator makes of one bound."""
    sign, _, implied = op.partition("a")
    named = "age" if implied else None
    bound = bound._replace(inclusive=bound.inclusive and sign.endswith("="))
    if sign == "=":
        return Quantity(bound, bound, "equal", None, named)
    if sign[0] == ">":
        return Quantity(bound, None, shape, None, named)
    return Quantity(None, bound, shape, None, named)


_DAYS_OF_WEEK = 7


def _share_unit(low: Bound, high: Bound) -> tuple[Bound, Bound]:
    """18-75 years: the unit behind the second number is the first one's too; likewise 2-3 x ULN, 24 to 33 6/7 weeks."""
    if low.unit is None and low.relative_to is None and high.amount is not None and high.amount.parts_of:
        low = low._replace(value=low.value * _DAYS_OF_WEEK, unit=high.unit)
    elif low.unit is None and low.relative_to is None:
        low = low._replace(unit=high.unit, relative_to=high.relative_to)
    elif high.unit is None and high.relative_to is None:
        high = high._replace(unit=low.unit, relative_to=low.relative_to)
    return low, high


def _range(low: Bound, high: Bound, shape: str = "range", implied: str | None = None) -> Quantity | None:
    low, high = _share_unit(low, high)
    ends = (_in_days(low), _in_days(high)) if not _same_scale(low, high) else (low.value, high.value)
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        return None
    return Quantity(low, high, shape, None, implied)


_DAYS = {
    "a": Decimal("365.25"),
    "mo": Decimal("30.4375"),
    "wk": Decimal(7),
    "d": Decimal(1),
    "h": ARITHMETIC.divide(1, 24),
}


def _in_days(bound: Bound) -> Decimal | None:
    days = _DAYS.get(bound.unit.ucum or "") if bound.unit is not None else None
    return None if days is None else bound.value * days


def _same_scale(low: Bound, high: Bound) -> bool:
    units = [None if bound.unit is None else bound.unit.ucum for bound in (low, high)]
    return units[0] == units[1] and low.relative_to == high.relative_to


def merged(first: Quantity, second: Quantity) -> Quantity | None:
    """≥ 18.5 and < 25: one range if one side is below and the other above."""
    implied = first.implied or second.implied
    if (first.second is None) != (second.second is None):
        return None
    if first.implied != second.implied and not all(q.bounds[0].unit for q in (first, second)):
        return None  # up to the age of 50 years and ≥ 4: the second number is of something else
    for low, high in ((first, second), (second, first)):
        if low.lower and high.upper and not low.upper and not high.lower:
            both = _range(low.lower, high.upper, "range", implied)
            if both is None:
                continue
            if low.second is None or high.second is None:
                return both
            behind = merged(low.second, high.second)  # > 140/90 and < 180/110
            return behind and both._replace(shape="pair", second=behind)
    return None


_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SIGN = 2
_FROM = "from"
_SIDES_OF_TIME = frozenset({"BEFORE", "AFTER", "AGO", "PAST", "TO", "UNTIL", "AND"})
_PASSED = frozenset({"FILL", "OF", "SCALE"})
_GOES_ON = frozenset({"AMOUNT", "COLON", "CMP", "BETWEEN", "SLASH", "TO"})


def _paired(low: Bound, high: Bound, second_low: Bound, second_high: Bound) -> Quantity | None:
    """Two ranges with a slash; the one unit behind them is everybody's."""
    unit = next((b.unit for b in (second_high, high, second_low, low) if b.unit is not None), None)
    low, high, second_low, second_high = (b._replace(unit=unit) for b in (low, high, second_low, second_high))
    first, second = _range(low, high), _range(second_low, second_high)
    return None if first is None or second is None else first._replace(shape="pair", second=second)


class _Meaning:
    def start(self, quantity: Quantity | None) -> Quantity | None:
        if quantity is None or (quantity.shape == "series" and all(b.amount is None for b in quantity.bounds)):
            return None  # "baseline" alone is no limit
        return quantity._replace(implied="age") if any(bound.aged for bound in quantity.bounds) else quantity

    # one side
    def bound(self, cmp: Token, value: Bound) -> Quantity:
        return _side(_op(cmp), value)

    def bound_named(self, cmp: Token, measure: Token, *value: Any) -> Quantity:
        return _side(_op(cmp), value[-1])._replace(framed=measure)

    def bound_scaled(self, cmp: Token, _: Token, value: Bound) -> Quantity:
        """`at least class III`: of a scale that other words name."""
        return _side(_op(cmp), value)._replace(scaled=True)

    def bound_post(self, cmp: Token, value: Bound, post: Token) -> Quantity:
        """`at least 18 years or older` says it twice; the comparator counts, but for `equal 18 or older`."""
        quantity = _side(_op(post if _op(cmp) == "=" else cmp), value)
        return quantity._replace(implied=quantity.implied or ("age" if _op(post).endswith("age") else None))

    def bound_above(self, cmp: Token, times: Token, *rest: Any) -> Quantity:
        """`> 2.5-fold above the upper limit`: the second comparator says nothing new."""
        return _side(_op(cmp), self.multiple(times, *(part for part in rest if part.type in ("REF", "NORMAL"))))

    def bound_pair(self, cmp: Token, value: Bound, _: Token, second: Bound) -> Quantity:
        value, second = _share_unit(value, second)
        return _side(_op(cmp), value, "pair")._replace(second=_side(_op(cmp), second, "pair"))

    def times_above(self, times: Token, _: Token, cmp: Token, *reference: Token) -> Quantity:
        """`twice higher than normal`: more than 2 x ULN."""
        return _side(_op(cmp), self.multiple(times, *reference))

    def framed(self, low: Bound, cmp: Token, measure: Token, high: Quantity) -> Quantity | None:
        flipped = _FLIPPED.get(_op(cmp))
        both = merged(_side(flipped, low), high) if flipped else None
        return None if both is None else both._replace(framed=measure)

    def turned(self, value: Bound, cmp: Token, measure: Token) -> Quantity | None:
        """`18 years < age`: the value stands first. Only signs are used so."""
        flipped = _FLIPPED.get(_op(cmp)) if cmp.end - cmp.start <= _SIGN else None
        return _side(flipped, value)._replace(framed=measure) if flipped else None

    def post(self, series: Quantity | None, post: Token) -> Quantity | None:
        if series is None:
            return None
        op = _op(post)
        edge = series.lower if op.startswith(">") else series.upper
        assert edge is not None
        quantity = _side(op, edge)
        if series.second is None:
            return quantity
        behind = series.second.lower
        assert behind is not None
        return quantity._replace(shape="pair", second=_side(op, behind, "pair"))

    # two sides
    def both(self, *parts: Any) -> Quantity | None:
        sides = [part for part in parts if isinstance(part, Quantity)]
        return merged(*sides) if len(sides) == 2 else None

    def bound_to(self, first: Quantity, _: Token, high: Bound) -> Quantity | None:
        low = first.lower
        if low is None:  # no more than 2-3 x ULN: the laxer end counts
            pair = _share_unit(first.upper, high) if first.upper else None
            if pair is None or not _same_scale(*pair) or pair[0].value > pair[1].value:
                return None
            return first._replace(upper=pair[1]._replace(inclusive=pair[0].inclusive))
        return _range(low, high, "range", first.implied)

    def between(self, *parts: Any) -> Quantity | None:
        low, high = _share_unit(*(part for part in parts if isinstance(part, Bound)))
        if _same_scale(low, high) and low.value > high.value:
            low, high = high, low  # between -1.0 and -2.5
        return _range(low, high, "range", _named(parts[0]))

    def from_value(self, between: Token, low: Bound) -> Quantity | None:
        """`from 16 years`, which only an age is told like."""
        years = low.unit is not None and low.unit.ucum == "a"
        if not between.value.startswith(_FROM) or not (years or low.aged or _named(between)):
            return None
        return Quantity(low, None, "from", None, _named(between))

    def from_post(self, between: Token, low: Bound, post: Token) -> Quantity | None:
        """`from 18 years and older`."""
        return self.bound_post(between._replace(value=">="), low, post) if between.value.startswith(_FROM) else None

    def both_between(self, *parts: Any) -> Quantity | None:
        return self.both(*parts)

    def span(self, low: Bound, _: Token, high: Bound) -> Quantity | None:
        low, high = _share_unit(low, high)
        if high.value < 0 and _same_scale(low, high) and low.value > high.value:
            low, high = high, low  # 0 to -5
        return _range(low, high, "range")

    def value_to(self, low: Bound, _: Token, high: Quantity) -> Quantity | None:
        return _range(low, high.upper, "range", high.implied) if high.upper and not high.lower else None

    def from_both(self, low: Bound, *parts: Any) -> Quantity | None:
        high: Quantity = parts[-1]
        return _range(low, high.upper, "range", high.implied) if high.upper and not high.lower else None

    def spans_pair(self, *parts: Any) -> Quantity | None:
        """`90-140/50-90`: each side of the slash is a range."""
        values = [part for part in parts if isinstance(part, Bound)]
        return _paired(*values)

    def pairs_span(self, *parts: Any) -> Quantity | None:
        """`90/60 to 140/90`: what stands before each slash is a range, and what stands behind it."""
        first, second, third, fourth = (part for part in parts if isinstance(part, Bound))
        return _paired(first, third, second, fourth)

    def around(self, middle: Bound, *parts: Any) -> Quantity | None:
        spread: Bound = parts[-1]
        middle, spread = _share_unit(middle, spread._replace(value=abs(spread.value)))
        if not _same_scale(middle, spread):  # 36 weeks ± 3 days
            codes = [bound.unit.ucum if bound.unit is not None else None for bound in (middle, spread)]
            value = convert(middle.value, codes[0], codes[1]) if codes[0] and codes[1] else None
            if value is None:
                return None
            middle = middle._replace(value=value, unit=spread.unit)
        low, high = middle.value - spread.value, middle.value + spread.value
        return _range(middle._replace(value=low), middle._replace(value=high))

    def normal(self, _: Token) -> Quantity:
        one = Decimal(1)
        return Quantity(Bound(one, None, "LLN"), Bound(one, None, "ULN"), "normal")

    def normal_bound(self, _: Token, bound: Quantity) -> Quantity:
        """`within normal limits, ≤ 1.5 x ULN`: the number says what is meant."""
        return bound

    # series of bare numbers
    def series(self, value: Bound) -> Quantity:
        return Quantity(value, value, "series")

    def pair(self, first: Bound, _: Token, second: Bound) -> Quantity:
        first, second = _share_unit(first, second)
        return Quantity(first, first, "pair")._replace(second=Quantity(second, second, "pair"))

    def listing(self, *parts: Any) -> Quantity | None:
        values = sorted((part for part in parts if isinstance(part, Bound)), key=lambda bound: bound.value)
        low, high = _share_unit(values[0], values[-1])
        return _range(low, high, "series") if _same_scale(low, high) else None

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

    def multiple(self, *parts: Token) -> Bound:
        amount: Amount = next(part.value for part in parts if part.type == "AMOUNT")
        return Bound(amount.value, None, _reference(parts), True, None, amount)

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
