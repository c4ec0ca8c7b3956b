"""Demands, provisos, examples and other words beside a limit: what they ask for, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.requirements.logic import reading

DEMANDED = {
    "Uric acid must be below 6 mg/dL": "not uric acid < 6 mg/dL",
    "Uric acid must not exceed 6 mg/dL": "not uric acid ≤ 6 mg/dL",
    "Uric acid cannot exceed 6 mg/dL": "not uric acid ≤ 6 mg/dL",
    "Subjects must have uric acid < 6 mg/dL or take colchicine": "not (uric acid < 6 mg/dL or take colchicine)",
    "Participants must agree to use contraception": "not Participants must agree to use contrace…",
    "Must have recovered from surgery at least 2 weeks before entry": (
        "not Must have recovered from surgery at lea… (at least 2 wk before entry)"
    ),
    "Gout; patients must be able to swallow capsules": "Gout or not patients must be able to swallow capsul…",
}
FOUND = {
    "Subjects must not be pregnant": "be pregnant",
    "Patients should not have uric acid > 6 mg/dL": "uric acid > 6 mg/dL",
    "Patients who must take colchicine for 2 weeks": "Patients who must take colchicine for 2… (at least 2 wk)",
    "A disease that must be treated within 2 weeks": "A disease that must be treated within 2… (within 2 wk)",
    "Gout for 2 weeks where infection has been excluded by culture": (
        "Gout for 2 weeks where infection has be… (at least 2 wk)"
    ),
    "Uric acid should be > 6 mg/dL": "uric acid > 6 mg/dL",
    "Patients with gout should be excluded": "Patients with gout should be excluded",
    "A no-fault case within 2 weeks": "A no-fault case within 2 weeks (within 2 wk)",
}
INCLUDED = {
    "Gout and no prior colchicine": "Gout and not prior colchicine",
    "Gout or pseudogout, and no tophi": "Gout or pseudogout and not tophi",
    "Joint pain but no tophi": "Joint pain and not tophi",
    "Arthritis of kinds including but not limited to gout": "Arthritis of kinds including but not li…",
    "Any laboratory value outside the normal range": "Any laboratory value outside the normal…",
    "Potassium outside the range of 3-5 mmol/L": "not 3 ≤ potassium ≤ 5 mmol/L",
}
BESIDE = {
    # a proviso is asked for, unless something may be
    "Gout, as long as uric acid < 9 mg/dL": "Gout and uric acid < 9 mg/dL",
    "Gout, provided that uric acid < 9 mg/dL": "Gout and uric acid < 9 mg/dL",
    "Colchicine may be continued as long as the dose was stable for 3 months": (
        "if the dose was stable for 3 months (at least 3 mo): Colchicine may be continued"
    ),
    "Uric acid < 9 mg/dL if gout is present": "if gout is present: uric acid < 9 mg/dL",
    "Able to use a meter provided by the sponsor for 3 months": (
        "Able to use a meter provided by the spo… (at least 3 mo)"
    ),
    # examples in brackets are asked of nobody
    "Gout (e.g. an attack within 6 months) with uric acid < 9 mg/dL": (
        "Gout (e.g. an attack within 6 months) w… and uric acid < 9 mg/dL "
        "and e.g. an attack within 6 months (within 6 mo)"
    ),
    # how and when a value was found
    "Creatinine clearance ≥ 30 mL/min, measured or estimated": "creatinine clearance ≥ 30 mL/min",
    "Creatinine clearance ≥ 30 mL/min or estimated survival": "creatinine clearance ≥ 30 mL/min or estimated survival",
    "Body weight > 45 kg at screening and randomisation": "body weight > 45 kg",
    "Body weight > 45 kg and consent": "body weight > 45 kg and consent",
    "Tumor size ≥ 2 cm, by X-ray or ultrasound": "tumor size ≥ 2 cm and by X-ray or ultrasound",
    # a unit behind the comparator
    "Life expectancy of 6 or more months": "life expectancy ≥ 6 mo",
    "Uric acid high for 6 or more weeks": "Uric acid high for 6 or more weeks (at least 6 wk)",
    # one sex is asked for with an age, and both are not
    "Female patients aged 18 years or older": "Female patients and age ≥ 18 a",
    "Men or women aged 18 years or older": "age ≥ 18 a",
    "Waist ≥ 90 cm for men and ≥ 80 cm for women (a sign of obesity)": (
        "(if for men: waist circumference ≥ 90 cm) and (if for women: waist circumference ≥ 80 cm)"
    ),
    "HbA1c < 7.5 % or ≥ 10 % at screening (visit 1)": "hba1c < 7.5% or hba1c ≥ 10%",
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
    "ANA titer ≥ 1: 80": "ana titer ≥ 80 {titer}",
}


@pytest.mark.parametrize("text", BESIDE)
def test_beside_what_is_asked(text: str) -> None:
    assert reading(text) == BESIDE[text]


@pytest.mark.parametrize("text", DEMANDED)
def test_what_is_demanded(text: str) -> None:
    assert reading(text, excludes=True) == DEMANDED[text]


@pytest.mark.parametrize("text", FOUND)
def test_what_is_found(text: str) -> None:
    assert reading(text, excludes=True) == FOUND[text]


@pytest.mark.parametrize("text", INCLUDED)
def test_denials_within_prose(text: str) -> None:
    assert reading(text) == INCLUDED[text]
