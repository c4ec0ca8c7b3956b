"""Limits that make no sense are said; of two readings of a number the one that does is taken; likewise of units."""

from __future__ import annotations

from decimal import Decimal

import pytest

import trialparse
from tests.requirements.golden import reading
from trialparse.models.requirement import Canonical, Threshold


def codes(text: str) -> set[str]:
    return {each.code for each in trialparse.parse_criteria(text).diagnostics} - {"assumed_inclusion"}


def canonical(text: str) -> Canonical | None:
    requirement = trialparse.parse_criterion(text).requirement
    assert isinstance(requirement, Threshold)
    return requirement.canonical


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HIV RNA < 10.000 copies/mL", "hiv_rna < 10000 {copies}/mL"),
        ("Triglycerides > 1.000 mg/dL", "triglycerides > 1000 mg/dL"),
        ("NT-proBNP > 1.500 pg/mL", "nt_probnp > 1500 pg/mL"),
        ("Ferritin > 1.000 ng/mL", "ferritin > 1000 ng/mL"),
        ("Potassium > 5,500 mmol/L", "potassium > 5.5 mmol/L"),
        ("Creatinine < 1,200 mg/dL", "creatinine < 1.2 mg/dL"),
        ("Weight ≥ 1.500 g", "body_weight ≥ 1500 g"),
        ("Albumin between 2,500 and 3,500 g/dL", "2.5 ≤ albumin ≤ 3.5 g/dL"),
        ("Platelet count < 100.000/mm3", "platelets < 100000 /mm3"),
        ("Leukocytes > 3.500/uL", "wbc > 3500 /uL"),
        ("LDH < 1,000 U/L", "ldh < 1000 U/L"),
        ("Albumin ≥ 3.500 g/dL", "albumin ≥ 3.5 g/dL"),
        ("Albumin ≥ 3.500 g/dL and bilirubin ≤ 1,5 mg/dL", "albumin ≥ 3.5 g/dL and total_bilirubin ≤ 1.5 mg/dL"),
    ],
)
def test_a_mark_with_two_readings(text: str, expected: str) -> None:
    assert reading(text) == expected


@pytest.mark.parametrize("text", ["Triglycerides > 1.000 mg/dL", "Potassium > 5,500 mmol/L"])
def test_the_choice_is_said(text: str) -> None:
    assert codes(text) == {"ambiguous_number"}


@pytest.mark.parametrize(
    "text",
    [
        "Platelets > 0.0001 × 10^9/L", "Hemoglobin ≥ 90 g/dL", "Creatinine ≤ 1504 mg/dL", "Platelets ≥ 100 /mm3",
        "BMI > 300 kg/m2", "LVEF ≥ 50 mmol/L and potassium ≥ 35 mmol/L", "HbA1c > 75 %", "Temperature > 380 °C",
        "Potassium > 55", "ECOG ≤ 11", "NYHA class < 9", "MMSE ≥ 50", "Child-Pugh score ≤ 60",
    ],
)  # fmt: skip
def test_an_implausible_limit_is_said_and_stays_as_printed(text: str) -> None:
    assert "implausible_value" in codes(text)
    assert reading(text) != "…"


@pytest.mark.parametrize(
    "text",
    ["Platelets ≥ 100,000/mm3", "Hemoglobin ≥ 90 g/L", "Creatinine ≤ 133 µmol/L", "HbA1c < 53 mmol/mol", "ECOG 0-1"],
)
def test_a_plausible_limit_is_not(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.parametrize(
    ("text", "value", "unit", "inferred"),
    [
        ("Age ≥ 18", "18", "a", True),
        ("BMI > 30", "30", "kg/m2", True),
        ("Platelets > 100,000", "100", "10*9/L", True),
        ("Platelets > 100", "100", "10*9/L", True),
        ("ANC > 1500", "1.5", "10*9/L", True),
        ("Hemoglobin > 90", "9", "g/dL", True),
        ("eGFR ≥ 60 mL/min", "60", "mL/min/{1.73_m2}", True),
        ("Systolic blood pressure > 160", "160", "mm[Hg]", True),
        ("INR > 1.5", "1.5", "{INR}", False),
        ("ECOG ≥ 2", "2", "{score}", False),
        ("Karnofsky ≥ 70", "70", "{score}", False),
        ("NYHA > II", "2", "{class}", False),
        ("FEV1/FVC > 0.7", "0.7", "{ratio}", False),
        ("Platelets ≥ 75,000/mm3", "75", "10*9/L", False),
        ("Urine protein to creatinine ratio > 1.0", "1000", "mg/g", True),
        ("UPCR > 300", "300", "mg/g", True),
        ("Child-Pugh ≥ 7 points", "7", "{class}", False),
    ],
)
def test_canonical(text: str, value: str, unit: str, inferred: bool) -> None:
    found = canonical(text)
    assert found is not None
    assert (found.lower, found.unit) == (Decimal(value), unit)
    assert ("inferred_unit" in codes(text)) == inferred


@pytest.mark.parametrize(
    "text",
    ["Glucose > 20", "UACR > 5", "Hemoglobin > 9", "ALT ≤ 3 × ULN", "Platelets > 0.0001", "Hemoglobin ≥ 90 g/dL"],
)
def test_no_canonical_where_there_is_doubt(text: str) -> None:
    assert canonical(text) is None
