"""Hostile text takes time and memory in proportion to its length."""

from __future__ import annotations

import tracemalloc

import pytest

import trialparse
from tests.robustness.growth import (
    WORST,
    growth,
    growth_of_markup,
    growth_of_reader,
    growth_of_records,
    growth_of_value,
    reader_of,
    records,
)
from tests.robustness.hostile import LOOK_BACK, MARKUP, texts
from tests.robustness.long_values import GOES_ON, spread
from trialparse.layouts.fields import BLOCK_READERS
from trialparse.layouts.page import Value, lines_of
from trialparse.layouts.values import LINE_READERS
from trialparse.text.readable import make_readable

SIZE = 1000
RECORDS_SIZE = 6000
LOOK_BACK_SIZE = 20_000
"""A search of all that stands before is cheap, and shows in a longer text alone."""
MARKUP_SIZE = 30_000
"""So does what is done for each of the elements that are open."""
LARGER = 20_000
VALUE_SIZE = 2000
MOST_PLACES = 5
"""Of the values of a record, so many are made long, each in another way; the growth of all in all ways takes hours."""
READER_SIZE = 4000
BEHIND_SIZE = 8000
MEMORY = {
    "word, criteria": 30,
    "paragraphs, criteria": 200,
    "limits with stop, criteria": 900,
    "bullets, criteria": 700,
    "bare limits, criteria": 1500,
    "blank bullets, criteria": 2500,
}
"""Bytes for each character at the peak, from prose to the most costly text: a criterion every second character."""


RECORDS = records()


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    trialparse.parse("Inclusion Criteria:\n* ALT ≤ 3 × ULN within 28 days before screening")


@pytest.mark.parametrize("name", texts(1))
def test_time(name: str) -> None:
    took, times = growth(name, SIZE)
    assert times <= WORST, f"{took:.2f} s"


@pytest.mark.parametrize("piece", LOOK_BACK)
def test_time_of_what_looks_back(piece: str) -> None:
    took, times = growth(f"{piece}, criteria", LOOK_BACK_SIZE)
    assert times <= WORST, f"{took:.2f} s"


@pytest.mark.parametrize("name", MARKUP)
def test_time_of_markup(name: str) -> None:
    took, times = growth_of_markup(name, MARKUP_SIZE)
    assert times <= WORST, f"{took:.2f} s"


@pytest.mark.parametrize("name", RECORDS)
def test_time_for_many_records_of_a_layout_or_format(name: str) -> None:
    took, times = growth_of_records(RECORDS[name], RECORDS_SIZE)
    assert times <= WORST, f"{took:.2f} s"


@pytest.mark.parametrize("name", RECORDS)
def test_time_for_a_long_value_of_a_layout_or_format(name: str) -> None:
    for at, way in spread(RECORDS[name], MOST_PLACES):
        took, times = growth_of_value(RECORDS[name], at, way, VALUE_SIZE)
        assert times <= WORST, f"{took:.2f} s with {way} behind {RECORDS[name][max(0, at - 40) : at]!r}"


@pytest.mark.parametrize("way", GOES_ON)
@pytest.mark.parametrize("field", LINE_READERS)
def test_time_for_a_long_value_of_a_field(field: str, way: str) -> None:
    took, times = growth_of_reader(lambda text: LINE_READERS[field](text, field), way, READER_SIZE)
    assert times <= WORST, f"{took:.2f} s"


@pytest.mark.parametrize("way", GOES_ON)
@pytest.mark.parametrize("field", BLOCK_READERS)
def test_time_for_a_long_block_of_a_field(field: str, way: str) -> None:
    def read(text: str) -> object:
        return BLOCK_READERS[field](Value(make_readable(text), field, lines_of(text)))

    took, times = growth_of_reader(read, way, READER_SIZE)
    assert times <= WORST, f"{took:.2f} s"


@pytest.mark.parametrize("way", ["limits", "dates", "numbers", "ages"])
@pytest.mark.parametrize(
    "limit", ["Age 18 to 75 years;", "Onset before the age of 40 years", "Platelets ≥ 90 x 10^9/L."]
)
def test_time_for_what_goes_on_behind_a_limit(limit: str, way: str) -> None:
    def read(text: str) -> object:
        return trialparse.parse_criteria(f"Inclusion Criteria:\n- {limit} {text}")

    took, times = growth_of_reader(read, way, BEHIND_SIZE)
    assert times <= WORST, f"{took:.2f} s"


@pytest.mark.parametrize("name", MEMORY)
def test_memory(name: str) -> None:
    text = texts(LARGER)[name]
    tracemalloc.start()
    try:
        kept = reader_of(name)(text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert kept is not None
    assert peak <= MEMORY[name] * len(text), f"{peak / len(text):.0f} bytes a character"
