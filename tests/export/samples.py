"""Invented trials, and limits, times and requirements of every form, for the tests of the exporters."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import count
from typing import get_args

from hypothesis import strategies as st

import trialparse
from tests.generated import pages
from trialparse.models.base import Span
from trialparse.models.eligibility import Criterion, Eligibility
from trialparse.models.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    If,
    Limit,
    Measure,
    Not,
    Offset,
    Reference,
    Requirement,
    Statement,
    Threshold,
    Unit,
    Window,
)
from trialparse.models.trial import Trial


@cache
def fixtures() -> tuple[Trial, ...]:
    """The trials of the fixture pages."""
    return tuple(trialparse.parse(page.read_bytes()) for page in pages())


_numbers = st.decimals(min_value="0.01", max_value=900, places=2) | st.integers(1, 10**6).map(Decimal)
_units = st.sampled_from(
    [Unit(text="mg/dL", ucum="mg/dL"), Unit(text="×10^9/L", ucum="10*9/L"), Unit(text="puffs", ucum=None), None]
)
_times = st.sampled_from([Unit(text="weeks", ucum="wk"), Unit(text="days", ucum="d"), Unit(text="cycles", ucum=None)])
_words = st.text("abcdefgh ≥°", min_size=1, max_size=12).filter(str.strip)
_places = count(1)
_spans = st.builds(lambda: Span(start=next(_places), end=next(_places)))
"""No two at one place."""


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    """A limit: absolute, or of a reference with something added or multiplied."""
    inclusive, value = draw(st.booleans()), draw(_numbers)
    if draw(st.booleans()):
        return Limit(value=value, inclusive=inclusive, unit=draw(_units))
    offset = draw(st.none() | st.builds(Offset, value=_numbers, unit=_units))
    factor = draw(st.sampled_from([Decimal(1), Decimal("2.50")]))
    reference: Reference = draw(st.sampled_from(get_args(Reference)))
    return Limit(value=factor, inclusive=inclusive, relative_to=reference, offset=offset)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """A time window of any form."""
    unit = draw(_times)
    ends = st.none() | st.builds(
        Limit, value=_numbers | st.just(Decimal(0)), inclusive=st.booleans(), unit=st.just(unit)
    )
    return Window(
        lower=draw(ends),
        upper=draw(ends),
        direction=draw(st.sampled_from(["before", "after", None])),
        anchor=draw(st.none() | _words),
        text=draw(_words),
        span=draw(_spans),
    )


_several = st.lists(windows(), max_size=2).map(tuple)


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    """A threshold: of one limit or two, or of classes."""
    lower, upper = draw(st.tuples(st.none() | limits(), st.none() | limits()))
    values = draw(st.sampled_from([(), (), (), ("A",), ("A", "B")]))
    return Threshold(
        measure=Measure(
            name=draw(st.sampled_from(["alt", None])), text=draw(_words), loinc=draw(st.sampled_from(["1742-6", None]))
        ),
        lower=None if values else lower,
        upper=None if values else upper,
        values=values,
        windows=draw(_several),
        text=draw(_words),
        span=draw(_spans),
    )


def _larger(inner: st.SearchStrategy[Requirement]) -> st.SearchStrategy[Requirement]:
    lists = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AllOf, items=lists),
        st.builds(AnyOf, items=lists),
        st.builds(AtLeast, minimum=st.integers(1, 3), items=lists),
        st.builds(Not, item=inner),
        st.builds(If, condition=inner, then=inner, otherwise=st.none() | inner),
    )


_statements = st.builds(
    Statement, text=_words, span=_spans, windows=_several, asserts=st.sampled_from([True, True, True, False])
)
requirements: st.SearchStrategy[Requirement] = st.recursive(
    thresholds() | thresholds() | _statements | windows(), _larger, max_leaves=6
)


@st.composite
def eligibilities(draw: st.DrawFn) -> Eligibility:
    """Criteria of both sections, some with children."""

    def grow(name: str, depth: int) -> Criterion:
        children = tuple(grow(f"{name}.{i}", depth - 1) for i in range(1, 1 + draw(st.integers(0, 2 * depth))))
        combine = draw(st.sampled_from(["all", "any", "at_least"])) if children else None
        heading = bool(children) and draw(st.booleans())
        return Criterion(
            id=name,
            text=draw(_words),
            span=draw(_spans),
            heading=heading,
            combine=combine,
            minimum=draw(st.integers(1, 2)) if combine == "at_least" else None,
            children=children,
            requirement=None if heading else draw(st.none() | requirements),
        )

    def section(letter: str) -> tuple[Criterion, ...]:
        number = count(1)
        return tuple(grow(f"{letter}{next(number)}", 1) for _ in range(draw(st.integers(0, 2))))

    return Eligibility(inclusion=section("I"), exclusion=section("E"), other=section("O"))
