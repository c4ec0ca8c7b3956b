"""Whom a limit is for: one sex, those whom a label before a colon names, those in one part of the trial."""

from __future__ import annotations

import pytest

from tests.requirements.logic import reading

INCLUSION = {
    # one sex is asked for with an age, and both are not
    "Female patients aged 18 years or older": "Female patients and age ≥ 18 a",
    "Men or women aged 18 years or older": "age ≥ 18 a",
    "Waist ≥ 90 cm for men and ≥ 80 cm for women (a sign of obesity)": (
        "(if for men: waist circumference ≥ 90 cm) and (if for women: waist circumference ≥ 80 cm)"
    ),
    "Kids: BMI < 20; teens: BMI < 25": "(if Kids: bmi < 20) and (if teens: bmi < 25)",
    "Adults: BMI < 20 kg/m2, children: BMI < 25 kg/m2": (
        "(if Adults: bmi < 20 kg/m2) and (if children: bmi < 25 kg/m2)"
    ),
    "Adults: BMI < 20 kg/m2": "bmi < 20 kg/m2",
    "Weight: BMI < 20; liver: ALT < 3 x ULN": "Weight and bmi < 20 and liver and alt < 3 × ULN",
    # parts of the trial
    "Cohort B: uric acid < 9 mg/dL": "if Cohort B: uric acid < 9 mg/dL",
    "For part 2, uric acid < 9 mg/dL": "if For part 2: uric acid < 9 mg/dL",
    "Uric acid < 9 mg/dL. Part B: uric acid < 6 mg/dL": "if Part B: uric acid < 6 mg/dL, otherwise < 9 mg/dL",
    "Cohort 1: 18 years or older": "if Cohort 1: age ≥ 18 a",
}


@pytest.mark.parametrize("text", INCLUSION)
def test_inclusion(text: str) -> None:
    assert reading(text) == INCLUSION[text]
