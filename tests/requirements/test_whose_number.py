"""Whose number it is: the candidate's age, a value and not its change, a scale's own grades."""

from __future__ import annotations

import pytest

from tests.requirements.golden import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mother older than 35 years", '"mother" > 35 a'),
        ("Maternal age ≥ 18 years", '"maternal age" ≥ 18 a'),
        ("Donor age ≤ 60 years", '"donor age" ≤ 60 a'),
        ("Age of the donor < 65 years", '"age of the donor" < 65 a'),
        ("Parents aged 18 years or older", '"parents aged" ≥ 18 a'),
        ("Father older than 50 years", '"father" > 50 a'),
        ("Patients older than 35 years", "age > 35 a"),
        ("Duration of T2DM between 3 and 15 years", "…[3 ≤ ≤ 15 a]"),
        ("Diabetes duration between 5 and 20 years", "…[5 ≤ ≤ 20 a]"),
        ("History of smoking between 10 and 20 years", "…[10 ≤ ≤ 20 a]"),
        ("Patients between 18 and 75 years", "18 ≤ age ≤ 75 a"),
        ("between 18 and 65 years old", "18 ≤ age ≤ 65 a"),
        ("Creatinine increase > 50%", '"creatinine increase" > 50 %'),
        ("Increase in systolic blood pressure > 20 mmHg", '"increase in systolic blood pressure" > 20 mm[Hg]'),
        ("Rise in serum creatinine of more than 0.3 mg/dL", '"rise in serum creatinine" > 0.3 mg/dL'),
        ("Drop in hemoglobin ≥ 2 g/dL", '"drop in hemoglobin" ≥ 2 g/dL'),
        ("Increased creatinine > 2 mg/dL", "creatinine > 2 mg/dL"),
        ("Height < 3rd centile", "height_percentile < 3 {percentile}"),
        ("Height below the 10th percentile", "height_percentile < 10 {percentile}"),
        ("BMI > 95th percentile", "bmi_percentile > 95 {percentile}"),
        ("Height < -2 SD", "height_sds < -2 {z-score}"),
        ("Weight < 10th percentile", "weight_percentile < 10 {percentile}"),
        ("Pressure ulcer stage III or IV", '3 ≤ "pressure ulcer" ≤ 4'),
        ("Pressure ulcer stage 3 or 4", '3 ≤ "pressure ulcer" ≤ 4'),
        ("Hypertension grade 2 or 3", "2 ≤ hypertension_stage ≤ 3"),
        ("Chronic kidney disease stage 3 or 4", "3 ≤ ckd_stage ≤ 4"),
        ("Kellgren-Lawrence grade 2 to 3", "2 ≤ kellgren_lawrence ≤ 3"),
        ("Neuropathy grade 2 or higher", "ctcae_grade ≥ 2"),
        ("Stage III or IV melanoma", "3 ≤ tnm_stage ≤ 4"),
        # a number out of ten is one on a scale, and no value of what is measured
        ("Pain > 3/10", '"pain" > 3'),
        ("Visual acuity < 3/10", "…"),
        ("Eyes with acuity below 2/10", "…"),
        # behind each number stands what it is of
        ("≥ 12 on the PHQ-9 and/or ≥ 9 on the GAD-7", "phq9 ≥ 12 or gad7 ≥ 9"),
        # off a reference, and not beside it
        ("aPTT ≤ 6 seconds above ULN", "aptt ≤ ULN + 6 s"),
        ("Hemoglobin ≥ 3 g/dL below baseline", "hemoglobin ≤ BASELINE + -3 g/dL"),
        ("SOFA score of ≥ 3 points above baseline", "sofa ≥ BASELINE + 3 {score}"),
        ("Beighton score was 2 points below the usual cut-off", "…"),
        ("Weight > 15 kg above ideal weight", "…"),
        ("Temperature 37.5 °C or above", "body_temperature ≥ 37.5 Cel"),
        # the mark of a footnote, and where a scale goes from and to
        ("Health questionnaire (PHQ-9)12 score ≥ 11", "phq9 ≥ 11"),
        ("Age (years)21 or older", "age ≥ 21 a"),
        ("Itch ≥ 3 on the mMRC scale ranging from 0 to 4", "mmrc ≥ 3"),
        ("mMRC ≥ 2 and ECOG from 0 to 1", "mmrc ≥ 2 and 0 ≤ ecog ≤ 1"),
        # how many there are, and how much is taken
        ("Leukemia in adults ≥ 50 years with complex (≥ 5) karyotype", "age ≥ 50 a"),
        ("Uveitis (two or more clinical attacks in a year)", "…"),
        ("Clinics with ≥ 20 seizure-related admissions", "…"),
        ("At least two points of contact", "…"),
        ("Taking > 3,000 units of vitamin D", "…"),
        ("Apnea (> 15 breathing pauses per hour over 8 seconds)", '"breathing pauses" > 15 {episode}/h'),
        # two measures that are added up are one
        ("ALT plus AST ≤ 120 U/L", '"alt plus ast" ≤ 120 U/L'),
        ("Sum of ALT and AST ≤ 120 U/L", '"sum of alt and ast" ≤ 120 U/L'),
        ("≥ 10 % myeloblasts plus promonocytes in blood", '"myeloblasts plus promonocytes" ≥ 10 %'),
        ("Hemoglobin ≥ 9 g/dL plus platelets ≥ 75 x 10^9/L", "hemoglobin ≥ 9 g/dL and platelets ≥ 75 10*9/L"),
        # the stage of kidneys, also where it names an item of a list
        ("Women of child bearing age and women less than 20 weeks from menopause", "…[< 20 wk after ⟨menopause⟩]"),
        ("Stage 2 renal impairment", "…"),
        ("Stage 3: moderate renal impairment, eGFR 30 to 59 mL/min", "30 ≤ egfr ≤ 59 mL/min"),
        ("Stage 3: melanoma", "tnm_stage = 3"),
    ],
)
def test_whose_number(text: str, expected: str) -> None:
    assert reading(text) == expected
