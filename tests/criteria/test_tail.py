"""Rows of a page's fields and its buttons behind the criteria: kept, but as no criteria."""

from __future__ import annotations

import pytest

import trialparse

TAILS = {
    "ages and sex": "Minimum age: 18 Years\nMaximum age: 75 Years\nSex: All",
    "after blank lines": "Gender: Both\n\nAge: 18 Years to 75 Years\n\nLocations: Example Town",
    "one row of ages": "Ages eligible for study: 18 Years to 75 Years\nSexes eligible for study: All",
    "buttons": "Show less",
    "links on one line": "Contact us | Privacy policy | Terms of use",
    "rows and buttons": "Sex: All\nAge: 18-75\nStudy type: Interventional\n\nBack to top\nPrint",
    "copyright": "Healthy volunteers: No\nSponsor: Example Clinic\nShow more",
}


@pytest.mark.parametrize("case", TAILS)
@pytest.mark.parametrize(
    "criteria", ["- Adults\nExclusion Criteria:\n- Fever", "Adults\n\nExclusion Criteria:\n\n1. Fever"]
)
def test_what_is_of_the_page_is_no_criterion(case: str, criteria: str) -> None:
    found = trialparse.parse_criteria(f"Inclusion Criteria:\n{criteria}\n\n{TAILS[case]}\n")
    assert [item.text for item in found.exclusion] == ["Fever"]
    assert [item.text for item in found.other] == [line for line in TAILS[case].split("\n") if line]


def test_the_rows_fill_their_fields() -> None:
    rows = "Minimum age: 18 Years\nMaximum age: 75 Years\nSex: Female"
    found = trialparse.parse_criteria(f"Inclusion Criteria\n- Adults\nExclusion Criteria\n- Fever\n{rows}")
    assert found.minimum_age is not None
    assert found.maximum_age is not None
    assert [int(found.minimum_age.value), int(found.maximum_age.value)] == [18, 75]
    assert found.sex == "FEMALE"


@pytest.mark.parametrize(
    "line",
    [
        "Age: over 75 years",
        "Sex: intersex people on hormones",
        "- Sex: All",
        "Age < 18 years",
        "Phase of the moon",
    ],
)
def test_criteria_that_look_a_little_like_rows_stay(line: str) -> None:
    found = trialparse.parse_criteria(f"Inclusion Criteria:\n- Adults\n\nExclusion Criteria:\n- Fever\n{line}")
    assert len(found.exclusion) == 2
    assert not found.other
