"""Which of the candidates for labels count."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from trialparse.layouts.labels import longest_rise


@given(st.lists(st.integers(0, 9), max_size=10))
def test_the_longest_rise(ranks: list[int]) -> None:
    positions = longest_rise(ranks)[::-1]
    assert _rises(positions)
    assert _rises([ranks[position] for position in positions])
    assert not any(map(_rises, combinations(ranks, len(positions) + 1)))


def _rises(numbers: list[int] | tuple[int, ...]) -> bool:
    return all(one < other for one, other in pairwise(numbers))
