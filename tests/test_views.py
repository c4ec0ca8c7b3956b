"""Flat views know their place: which limits bind the patient, and which are one branch of several."""

from __future__ import annotations

import pytest

import trialparse

ROLES = {
    "In patients with platelets < 55 × 10^9/L, INR ≤ 1.5": [("platelets", "condition"), ("inr", "requirement")],
    "Creatinine ≤ 1.5 mg/dL or CrCl ≥ 60 mL/min": [
        ("creatinine", "requirement"),
        ("creatinine_clearance", "requirement"),
    ],
    "Cancer, except prostate cancer with PSA < 1 ng/mL": [("psa", "exception")],
    "BMI ≥ 30 kg/m2. Note: BMI of 25 kg/m2 or more is overweight": [("bmi", "requirement"), ("bmi", "note")],
    "ALT ≤ 3 × ULN (≤ 5 × ULN if liver metastases)": [("alt", "requirement"), ("alt", "requirement")],
}


@pytest.mark.parametrize("text", ROLES)
def test_roles(text: str) -> None:
    found = trialparse.parse(f"Inclusion Criteria:\n\n* {text}").thresholds()
    assert [(each.threshold.measure.name, each.role) for each in found] == ROLES[text]


def test_an_exception_in_an_exclusion_criterion() -> None:
    page = "Exclusion Criteria:\n\n* Cancer within 5 years, except prostate cancer with PSA < 1 ng/mL"
    trial = trialparse.parse(page)
    assert [each.role for each in trial.thresholds()] == ["exception"]
    assert [each.role for each in trial.windows()] == ["requirement"]


def test_alternatives_name_their_any() -> None:
    text = "Age ≥ 18 years, and creatinine ≤ 1.5 mg/dL or CrCl ≥ 60 mL/min"
    found = {
        each.threshold.measure.name: each.alternative
        for each in trialparse.parse(f"Inclusion Criteria:\n* {text}").thresholds()
    }
    assert found == {"age": None, "creatinine": "0.1", "creatinine_clearance": "0.1"}
