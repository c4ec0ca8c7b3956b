"""Which of the candidates for labels count."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trialparse
from trialparse.layouts.labels import longest_rise


@given(st.lists(st.integers(0, 9), max_size=10))
def test_the_longest_rise(ranks: list[int]) -> None:
    positions = longest_rise(ranks)[::-1]
    assert _rises(positions)
    assert _rises([ranks[position] for position in positions])
    assert not any(map(_rises, combinations(ranks, len(positions) + 1)))


def _rises(numbers: list[int] | tuple[int, ...]) -> bool:
    return all(one < other for one, other in pairwise(numbers))


DRAWN = """\
{inclusion:<28}* Age over 18 years
                            * Gout
Where it all                first value
was folded                  second value
{exclusion:<28}* Asthma
"""
"""A table of criteria as readers of PDF draw it, with a row under a label that no layout has."""


@pytest.mark.parametrize(
    ("layout", "inclusion", "exclusion"),
    [
        ("generic", "Inclusion Criteria", "Exclusion Criteria"),
        ("veeva", "Inclusion Criteria", "Exclusion Criteria"),
        ("isrctn", "Key inclusion criteria", "Key exclusion criteria"),
        ("anzctr", "Key inclusion criteria", "Key exclusion criteria"),
    ],
)
def test_an_unknown_row_among_criteria_is_none(layout: str, inclusion: str, exclusion: str) -> None:
    trial = trialparse.parse(DRAWN.format(inclusion=inclusion, exclusion=exclusion), layout=layout)
    criteria = [(section, criterion.text) for section, criterion in trial.eligibility.criteria()]
    assert criteria == [("inclusion", "Age over 18 years"), ("inclusion", "Gout"), ("exclusion", "Asthma")]
    assert ("Where it all was folded", "first value\nsecond value") in [
        (section.heading, section.text) for section in trial.sections
    ]
