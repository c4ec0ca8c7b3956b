"""The words that tell wraps from items: each example shows its table at work, and words are in one form."""

from __future__ import annotations

import pytest

from tests.criteria.outlines import read
from trialparse.lexicon.tables import load

TABLE = load("wraps")


def lines_read(above: str, below: str) -> int:
    return len(read(f"Inclusion Criteria:\n\nAdults\n{above}\n{below}\n").inclusion) - 1


@pytest.mark.parametrize("example", TABLE["ends_open"]["examples"])
def test_no_line_ends_so(example: str) -> None:
    assert lines_read(example, "severe disease") == 1
    assert lines_read("Fever", "severe disease") == 2


@pytest.mark.parametrize("example", TABLE["goes_on"]["examples"])
def test_no_item_begins_so(example: str) -> None:
    assert lines_read("Fever", example) == 1


@pytest.mark.parametrize("example", TABLE["abbreviations"]["examples"])
def test_no_sentence_ends_so(example: str) -> None:
    assert lines_read(example, "caffeine)") == 1
    assert lines_read("Stimulants.", "caffeine") == 2


@pytest.mark.parametrize("name", TABLE)
def test_words_are_sorted_once_and_lower(name: str) -> None:
    words = TABLE[name]["words"]
    assert words == sorted(set(words))
    assert all(word == word.lower() for word in words)
