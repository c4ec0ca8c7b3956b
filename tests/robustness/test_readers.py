"""The quick part of `python -m tests.robustness.readers`: long values and many labels take linear time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

import trialparse
from tests.robustness.readers import FACTOR, SHAPES, WORST, growth, readers, repeated
from trialparse import layouts
from trialparse.layouts.base import Layout

SIZE = 4000
_SHAPES = 5


@pytest.mark.parametrize(("number", "reader"), [*enumerate(readers())])
def test_a_long_value(number: int, reader: str) -> None:
    for shape in [*SHAPES][number % _SHAPES :: _SHAPES]:
        assert growth(reader, shape, SIZE) <= WORST, shape


def _times(source: Callable[[int], str], size: int, layout: str | None) -> float:
    best = float("inf")
    for _ in range(3):
        taken = []
        for each in (source(size), source(FACTOR * size)):
            begun = time.process_time()
            trialparse.parse(each, layout=layout)
            taken.append(time.process_time() - begun)
        best = min(best, taken[1] / taken[0])
        if best <= WORST / 2:
            break
    return best


@pytest.mark.parametrize("layout", [name for name in layouts.names() if isinstance(layouts.load(name), Layout)])
def test_labels_again_and_again(layout: str) -> None:
    assert _times(lambda size: repeated(layout, size), 6000, layout) <= WORST


@pytest.mark.parametrize("piece", ["aa bb ", "Zzz, ", "a study. "])
@pytest.mark.parametrize("label", ["Sponsor", "Locations", "Summary"])
def test_one_long_line_under_a_label(label: str, piece: str) -> None:
    def page(size: int) -> str:
        return f"NCT09900001\n{label}\n{piece * (size // len(piece))}\nSex: All\n"

    assert _times(page, 30_000, None) <= WORST
