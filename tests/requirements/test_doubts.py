"""What is borrowed or could be read in two ways is said, with its place."""

from __future__ import annotations

import pytest

import trialparse

SAID = {
    "ALT ≤ 3 × ULN (5 × ULN if liver metastases)": {"borrowed_measure": "5 × ULN", "borrowed_comparator": "5 × ULN"},
    "Systolic ≥ 160 and/or diastolic ≥ 100 mmHg": {"borrowed_unit": "Systolic ≥ 160"},
    "Age ≥ 18 years or BMI ≥ 30 kg/m2 and ECOG ≤ 1": {
        "ambiguous_scope": "Age ≥ 18 years or BMI ≥ 30 kg/m2 and ECOG ≤ 1"
    },
    "Age ≥ 18 years or BMI ≥ 30 kg/m2, and ECOG ≤ 1": {},
    "Hemoglobin ≥ 9 g/dL and platelets ≥ 75 × 10^9/L": {},
}


@pytest.mark.parametrize("text", SAID)
def test_loans_and_doubts_are_said(text: str) -> None:
    source = f"Inclusion Criteria:\n\n* {text}"
    found = trialparse.parse_criteria(source).diagnostics
    assert {d.code: source[d.span.start : d.span.end] for d in found if d.span is not None} == SAID[text]


def test_an_alternative_amid_a_list_makes_no_alternatives_of_all_of_it() -> None:
    limits = [
        "platelets ≥ 75 × 10^9/L",
        "ALT ≤ 3 × ULN",
        "creatinine ≤ 1 × ULN or",
        "eGFR ≥ 60 mL/min",
        "BMI ≥ 18 kg/m2",
    ]
    source = "Inclusion Criteria:\n\n* Adequate function:\n" + "".join(f"  - {limit}\n" for limit in limits)
    found = trialparse.parse_criteria(source)
    assert found.inclusion[0].combine == "all"
    said = [source[d.span.start : d.span.end] for d in found.diagnostics if d.code == "ambiguous_list" and d.span]
    assert said == [limits[2]]


@pytest.mark.parametrize("ends", [("", "", " or"), (" or", " or", " or"), (" or", "", " or")])
def test_a_list_whose_end_or_most_of_which_ends_in_or_is_one_of_alternatives(ends: tuple[str, ...]) -> None:
    limits = ["platelets ≥ 75 × 10^9/L", "ALT ≤ 3 × ULN", "eGFR ≥ 60 mL/min", "BMI ≥ 18 kg/m2"]
    printed = "".join(f"  - {limit}{end}\n" for limit, end in zip(limits, (*ends, ""), strict=True))
    found = trialparse.parse_criteria(f"Inclusion Criteria:\n\n* Adequate function:\n{printed}")
    assert found.inclusion[0].combine == "any"
    assert not [d for d in found.diagnostics if d.code == "ambiguous_list"]


def test_a_child_borrows_the_measure_of_its_parent() -> None:
    (note,) = trialparse.parse_criteria("Inclusion Criteria:\n\n* Hemoglobin:\n  - ≥ 9 g/dL").diagnostics
    assert note.code == "borrowed_measure"
