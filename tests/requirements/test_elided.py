"""What a text leaves out because it has just been said: whose each number is, and of what a multiple."""

from __future__ import annotations

import pytest

import trialparse
from tests.requirements.golden import reading
from tests.requirements.notation import tidy
from trialparse.models.requirement import AllOf, Threshold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # to measures, before or behind
        ("AST and ALT ≤ 2.5 and ≤ 3 x ULN, respectively", "ast ≤ 2.5 × ULN and alt ≤ 3 × ULN"),
        ("ALT or AST > 3 or 5 × ULN, respectively", "alt > 3 × ULN or ast > 5 × ULN"),
        ("≤ 2.5 and 5 × ULN for AST and ALT, respectively", "ast ≤ 2.5 × ULN and alt ≤ 5 × ULN"),
        (
            "WBC, ANC and platelets ≥ 3, 1.5 and 100 × 10^9/L, respectively",
            "wbc ≥ 3 10*9/L and anc ≥ 1.5 10*9/L and platelets ≥ 100 10*9/L",
        ),
        (
            "Systolic and diastolic pressure between 90-140 and 60-90 mmHg, respectively",
            "90 ≤ systolic_bp ≤ 140 mm[Hg] and 60 ≤ diastolic_bp ≤ 90 mm[Hg]",
        ),
        ("Age and BMI ≥ 18 and ≤ 30 kg/m2, respectively", "age ≥ 18 and bmi ≤ 30 kg/m2"),
        # to people, before or behind
        (
            "Hemoglobin ≥ 13 and 12 g/dL in men and women, respectively",
            "(if ⟨men⟩: hemoglobin ≥ 13 g/dL) and (if ⟨women⟩: hemoglobin ≥ 12 g/dL)",
        ),
        (
            "Hematocrit ≥ 38% or 41% for women and men respectively",
            "(if ⟨women⟩: hematocrit ≥ 38 %) and (if ⟨men⟩: hematocrit ≥ 41 %)",
        ),
        (
            "Waist circumference ≥ 102 cm and ≥ 88 cm (men and women, respectively)",
            "(if ⟨men⟩: waist_circumference ≥ 102 cm) and (if ⟨women⟩: waist_circumference ≥ 88 cm)",
        ),
        (
            "Creatinine ≤ 1.5 and 1.4 mg/dL in men and women respectively, ECOG 0-1",
            "(if ⟨men⟩: creatinine ≤ 1.5 mg/dL) and (if ⟨women⟩: creatinine ≤ 1.4 mg/dL) and 0 ≤ ecog ≤ 1",
        ),
        (
            "Hemoglobin levels of men and women ≥ 13 and ≥ 12 g/dL, respectively",
            "(if ⟨men⟩: hemoglobin ≥ 13 g/dL) and (if ⟨women⟩: hemoglobin ≥ 12 g/dL)",
        ),
        # each number has its people already
        (
            "Hemoglobin ≥ 13 g/dL for men and ≥ 12 g/dL for women, respectively",
            "(if ⟨men⟩: hemoglobin ≥ 13 g/dL) and (if ⟨women⟩: hemoglobin ≥ 12 g/dL)",
        ),
        # multiples of the reference limit before the brackets
        (
            "ALT ≤ 3 × ULN (5 × if liver metastases)",
            "if ⟨liver metastases⟩: alt ≤ 5 × ULN else alt ≤ 3 × ULN",
        ),
        (
            "ALT ≤ 2.5 × ULN (up to 5 x in patients with liver metastases)",
            "if ⟨liver metastases⟩: alt ≤ 5 × ULN else alt ≤ 2.5 × ULN",
        ),
        ("Lansoprazole and metformin, respectively", "…"),
    ],
)
def test_what_is_left_out(text: str, expected: str) -> None:
    assert reading(text) == tidy(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Creatinine > 1.5 and > 2 mg/dL for cohort A and B, respectively",
        "BMI < 18 and > 35, respectively",
        "AST and ALT ≤ 2, 3 and 5 x ULN, respectively",
        "Age ≥ 18 and ≥ 20 years in Europe and in Japan, respectively",
    ],
)
def test_numbers_that_cannot_be_told_apart_are_not_read_and_said(text: str) -> None:
    assert reading(text) == "…"
    assert "unclear_pairing" in {each.code for each in trialparse.parse_criteria(text).diagnostics}


def test_limits_of_a_deal_share_one_span() -> None:
    text = "AST and ALT ≤ 2.5 and ≤ 3 x ULN, respectively"
    limits = trialparse.parse_criterion(text).requirement
    assert isinstance(limits, AllOf)
    spans = {each.span for each in limits.items if isinstance(each, Threshold)}
    assert [text[span.start : span.end] for span in spans] == ["AST and ALT ≤ 2.5 and ≤ 3 x ULN"]
