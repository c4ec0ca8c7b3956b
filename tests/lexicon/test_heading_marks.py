"""The marks by which headings are found quickly: no phrase lacks one, and each example holds its own."""

from __future__ import annotations

import pytest

from trialparse.criteria import heading_forms as forms
from trialparse.lexicon.headings import headings
from trialparse.lexicon.tables import load

MARKS = load("headings")["marks"]


@pytest.mark.parametrize("name", MARKS)
def test_each_example_holds_a_mark_of_its_row(name: str) -> None:
    for example in MARKS[name]["examples"]:
        assert any(part in example.lower() for part in MARKS[name]["parts"]), example


def _places(phrase: str) -> tuple[list[int], list[int]]:
    return forms.marks(phrase, headings().marks)


@pytest.mark.parametrize("phrase", headings().kinds)
def test_no_phrase_lacks_a_mark(phrase: str) -> None:
    stems, _ = _places(phrase)
    assert stems


@pytest.mark.parametrize("text", ["adults", "stroke within 6 months", "standard care", "closure of the foramen"])
def test_what_is_no_heading_has_none(text: str) -> None:
    assert not any(_places(text))
