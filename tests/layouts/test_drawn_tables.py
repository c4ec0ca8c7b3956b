"""Tables drawn in columns of spaces, and what looks like one."""

from __future__ import annotations

import pytest

import trialparse
from tests.coverage import lost, misplaced
from trialparse.layouts.residue import block_text
from trialparse.models.base import Span
from trialparse.text.layer import Layer


def test_the_line_below_a_drawn_table_ends_it_and_is_said_once() -> None:
    table = (
        "Condition           Mockitis\nInclusion criteria  Adults\n                    Able to swim\nAbout this site\n"
    )
    shown = block_text(Layer(table))[0].text
    assert shown.splitlines()[-3:] == ["Adults", "Able to swim", "## About this site"]


def test_the_label_of_a_row_that_is_folded_stands_on_all_its_lines() -> None:
    text = "Inclusion criteria  Adults\n                    Able to swim\nOther Matters\nof interest\n"
    eligibility = trialparse.parse_criteria(text)
    assert [node.text for _, node in eligibility.criteria()] == ["Adults", "Able to swim", "Other Matters of interest"]
    assert misplaced(text, eligibility, as_block=True) == []


NO_TABLES = {
    **{
        f"an item below items that hang on a heading: {item}": (
            f"Inclusion Criteria:  1. Adults\n                     2. Able to swim\n{item}",
            ["Adults", "Able to swim", "Gout Of Grade"],
        )
        for item in ("3. Gout Of Grade", "  * Gout Of Grade", "• Gout Of Grade")
    },
    "words that begin in one column by chance": (
        "Inclusion criteria\n    Men above age of 30 years\nEligibility   Gout of grade 2 in the last year\n",
        ["Men above age of 30 years", "Gout of grade 2 in the last year"],
    ),
    "a gap in a long line": (
        f'Inclusion criteria\n{"Adults, " * 12}"Eligibility criteria   gout" and who like it\nInclusion criteria\n',
        ["Adults, " * 12 + '"Eligibility criteria gout" and who like it'],
    ),
}


@pytest.mark.parametrize("case", NO_TABLES)
def test_lines_that_look_a_little_like_a_table_in_columns(case: str) -> None:
    text, wanted = NO_TABLES[case]
    eligibility = trialparse.parse_criteria(text)
    assert [node.text for _, node in eligibility.criteria()] == wanted
    assert lost(text, eligibility, Span(start=0, end=len(text)), as_block=True) == []
    assert misplaced(text, eligibility, as_block=True) == []
