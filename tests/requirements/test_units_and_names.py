"""Units beside the name, in brackets or oddly spelled; which measure is meant; values that stand first or are glued."""

from __future__ import annotations

import pytest

from tests.requirements.golden import reading
from tests.requirements.notation import tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a unit beside the name or in brackets
        ("Hemoglobin (g/dL) ≥ 9", "hemoglobin ≥ 9 g/dL"),
        ("Serum creatinine [mg/dL]: ≤ 1.5", "creatinine ≤ 1.5 mg/dL"),
        ("Platelets (x10^9/L) ≥ 100", "platelets ≥ 100 10*9/L"),
        ("Platelet count (× 10⁹/L): > 75", "platelets > 75 10*9/L"),
        ("Age (years): 18-65", "18 ≤ age ≤ 65 a"),
        ("BMI (in kg/m2) between 18 and 30", "18 ≤ bmi ≤ 30 kg/m2"),
        ("Hemoglobin ≥ 9 (g/dL)", "hemoglobin ≥ 9 g/dL"),
        ("Bilirubin (mg/dL) ≤ 1.5 × ULN", "total_bilirubin ≤ 1.5 × ULN"),
        ("Hemoglobin (g/dL) ≥ 9 and platelets ≥ 100,000", "hemoglobin ≥ 9 g/dL and platelets ≥ 100000"),
        ("Heart rate [HR] < 60", "heart_rate < 60"),
        # spellings
        ("ESR ≥ 28 mm/1st hour", "esr ≥ 28 mm/h"),
        ("ESR > 30 mm in the first hour", "esr > 30 mm/h"),
        ("ANC > 1000 cells/cu.mm", "anc > 1000 /mm3"),
        ("BMI 18.5 to 29.9 kg•m-2", "18.5 ≤ bmi ≤ 29.9 kg/m2"),
        ("BMI > 30 Kg/M2", "bmi > 30 kg/m2"),
        ("Hemoglobin ≥ 9.0 g/Dl", "hemoglobin ≥ 9 g/dL"),
        ("Platelets ≥ 100/nL", "platelets ≥ 100 /nL"),
        ("Temperature > 100.4 F", "body_temperature > 100.4 [degF]"),
        ("Body temperature ≥ 38 C", "body_temperature ≥ 38 Cel"),
        # negative powers
        ("Glucose 7.2–13.1 mmol.L-1", "7.2 ≤ glucose ≤ 13.1 mmol/L"),
        ("Glucose > 7.2 mmol·L⁻¹", "glucose > 7.2 mmol/L"),
        ("Hemoglobin < 90 g L^-1", "hemoglobin < 90 g/L"),
        ("eGFR < 60 ml.min-1.1.73m-2", "egfr < 60 mL/min/{1.73_m2}"),
        ("eGFR < 60 mL/min/1.73 m⁻²", "egfr < 60 mL/min/{1.73_m2}"),
        ("VO2max < 20 ml kg−1 min−1", "vo2_peak < 20 mL/kg/min"),
        ("Platelets < 50 × 10⁹ L⁻¹", "platelets < 50 10*9/L"),
        ("Platelets < 50.10^9.L-1", "platelets < 50 10*9/L"),
        ("Heart rate > 100 beats.min-1", "heart_rate > 100 {beats}/min"),
        ("Heart rate > 100 min-1", "heart_rate > 100 /min"),
        ("CRP > 10 mg IL-1", "…"),
        ("Tumor size > 5 cm L-1", "tumor_size > 5 cm"),
        # a plus behind the unit
        ("Age 60 yrs+", "age ≥ 60 a"),
        ("Weight 50 kg+", "body_weight ≥ 50 kg"),
        # brackets with a number between name and limit
        ("Hemoglobin (Hb; 2 weeks without transfusion) ≥ 9 g/dL", "hemoglobin ≥ 9 g/dL"),
        ("Vitamin D (25-OH) < 20 ng/mL", "vitamin_d < 20 ng/mL"),
        ("Bleeding time (Ivy) < 5 min", "bleeding_time < 5 min"),
        # the value first
        ("30 kg/m2 ≤ BMI", "bmi ≥ 30 kg/m2"),
        ("18 years < age", "age > 18 a"),
        ("100 mmHg < systolic blood pressure (SBP) < 140 mmHg", "100 < systolic_bp < 140 mm[Hg]"),
        # glued
        ("Chemotherapy within14 days prior to enrollment", "…[≤ 14 d before ⟨enrollment⟩]"),
        ("Adults over18 years of age", "age > 18 a"),
        ("Age ≥ 18 years; diabetes equal to or more than1 year", "age ≥ 18 a and …[≥ 1 a]"),
        ("HbA1c below10%", "hba1c < 10 %"),
        ("ECOG0-1", "0 ≤ ecog ≤ 1"),
        ("Reactivity of DMF5 cells", "…"),
        # one case
        ("inr ≤ 1.5", "inr ≤ 1.5"),
        ("alt ≤ 3 x uln", "alt ≤ 3 × ULN"),
        ("hb ≥ 9 g/dl", "hemoglobin ≥ 9 g/dL"),
        ("HB ≥ 9 G/DL", "hemoglobin ≥ 9 g/dL"),
        ("ecog 0-1", "0 ≤ ecog ≤ 1"),
        ("had lost more than 10% of their weight", "body_weight > 10 %"),
        # the right scale
        ("qSOFA ≥ 2", "qsofa ≥ 2"),
        ("SOFA ≥ 2", "sofa ≥ 2"),
        ("PaO 2 /FiO 2 < 300", "pf_ratio < 300"),
        # ratios
        ("Neutrophil-to-lymphocyte ratio > 3", "nlr > 3"),
        ("Neutrophil/lymphocyte ratio > 3", "nlr > 3"),
        ("LDL/HDL ratio > 3", "ldl_hdl_ratio > 3"),
        ("AST:ALT ratio > 2", "ast_alt_ratio > 2"),
        ("Ratio of AST to ALT > 2", "ast_alt_ratio > 2"),
        ("BUN/creatinine ratio > 20", "bun_creatinine_ratio > 20"),
        ("Calcium/magnesium ratio > 2", '"calcium/magnesium ratio" > 2'),
        ("AST/ALT ≤ 3 × ULN", "ast ≤ 3 × ULN and alt ≤ 3 × ULN"),
        ("eGFR = 175 x creatinine", "…"),
        # the number of a list glued to its item's first number
        ("1.18-75 years old", "18 ≤ age ≤ 75 a"),
        ("2.18 kg/m2 ≤ BMI ≤ 30 kg/m2", "18 ≤ bmi ≤ 30 kg/m2"),
        ("1.18 ≤ age ≤ 75 years", "18 ≤ age ≤ 75 a"),
    ],
)
def test_units_and_names(text: str, expected: str) -> None:
    assert reading(text) == tidy(expected)
