"""Age fields against the ages in the criteria: told where they differ, silent where they may not."""

from __future__ import annotations

import pytest

import trialparse

PAGE = """Examplumab in people with exampleitis
NCT ID: NCT09900001
Ages: {ages}

Inclusion Criteria:

* {criterion}
* Written consent

Exclusion Criteria:

* Age below 10 years
"""


def conflicts(ages: str, criterion: str) -> list[str]:
    source = PAGE.format(ages=ages, criterion=criterion)
    notes = [note for note in trialparse.parse(source).diagnostics if note.code == "age_conflict"]
    for note in notes:
        assert note.span is not None
        assert source[note.span.start : note.span.end] in criterion
    return [note.message for note in notes]


@pytest.mark.parametrize(
    ("ages", "criterion", "field", "values"),
    [
        ("18 Years and older", "Age ≥ 21 years", "minimum_age", ("18 a", "21 a")),
        ("18 Years to 65 Years", "Aged 18-70 years", "maximum_age", ("65 a", "70 a")),
        ("18 Months and older", "Age ≥ 18 years", "minimum_age", ("18 mo", "18 a")),
        ("18 Years and older", "Age > 20 years", "minimum_age", ("18 a", "> 20 a")),
    ],
)
def test_a_conflict_is_told_with_both_values(ages: str, criterion: str, field: str, values: tuple[str, str]) -> None:
    (message,) = conflicts(ages, criterion)
    assert field in message
    assert all(value in message for value in values)


@pytest.mark.parametrize(
    ("ages", "criterion"),
    [
        ("18 Years and older", "Age ≥ 18 years"),
        ("18 Years and older", "Age > 17 years"),
        ("18 Years and older", "Age > 18 years"),
        ("up to 17 Years", "Age < 18 years"),
        ("2 Years and older", "Age ≥ 24 months"),
        ("18 Years and older", "Women aged ≥ 50 years or men aged ≥ 60 years"),
        ("18 Years to 75 Years", "Onset of exampleitis at ≤ 50 years of age"),
        ("18 Years and older", "Age ≥ 21 years if treated at the second centre"),
        ("18 Years and older", "Must not be older than 80 years"),
        ("18 Years and older", "Adults with exampleitis"),
    ],
)
def test_what_may_agree_is_no_conflict(ages: str, criterion: str) -> None:
    assert conflicts(ages, criterion) == []


def test_groups_of_their_own_ages_are_no_conflict() -> None:
    assert conflicts("12 Years and older", "Group A: age ≥ 18 years\n* Group B: age ≥ 14 years") == []


def test_a_field_the_page_does_not_state_is_no_conflict() -> None:
    assert conflicts("N/A", "Age ≥ 21 years") == []
