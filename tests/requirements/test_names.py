"""What a limit is said to be on where the lexicon holds no name for it, or a known word nearby is another's."""

from __future__ import annotations

import pytest

from tests.requirements.golden import reading
from tests.requirements.notation import tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # when, how and by whom something is measured is no name
        ("The KOMA score rated by the caregivers at baseline is below 12 points", '"koma score" < 12 {score}'),
        ("Score on the OSWEGO questionnaire ≥ 3", '"score on the oswego questionnaire" ≥ 3'),
        ("The risk score is ≥ 4", '"risk score" ≥ 4'),
        ("> 80% of prescribed weekly doses were taken", "…"),
        ("Headaches from one every third day up to six per day", "…"),
        ("Duration of insulin treatment longer than 2 years at start time of study drug", "…[> 2 a]"),
        ("Drive time of at most 2 hours", '"drive time" ≤ 2 h'),
        # a name around brackets
        ("During a brief (5-10 seconds) occlusion test", "…"),
        ("A large (≥ 3 cm) mass", '"mass" ≥ 3 cm'),
        ("Tumors with high (> 90%) cure rate", '"cure rate" > 90 %'),
        ("Rash (> 30%) requiring steroids", '"rash" > 30 %'),
        # in a disease: another limit on the measure before
        (
            "ALT ≤ 2.5 x ULN, and in liver metastasis ≤ 5 x ULN",
            "if ⟨in liver metastasis⟩: alt ≤ 5 × ULN else alt ≤ 2.5 × ULN",
        ),
        (
            "AST ≤ 3 x ULN (in liver involvement ≤ 5 x ULN)",
            "if ⟨in liver involvement⟩: ast ≤ 5 × ULN else ast ≤ 3 × ULN",
        ),
        (
            "Hemoglobin ≥ 9 g/dL; in thalassemia trait, ≥ 8.2 g/dL applies instead",
            "if ⟨in thalassemia trait⟩: hemoglobin ≥ 8.2 g/dL else hemoglobin ≥ 9 g/dL",
        ),
        ("ALT ≤ 2.5 x ULN, liver metastases ≤ 5 x ULN", "alt ≤ 2.5 × ULN"),
        ("Creatinine ≤ 1.5 x ULN, serum amylin ≤ 2 x ULN", 'creatinine ≤ 1.5 × ULN and "serum amylin" ≤ 2 × ULN'),
        # a known word that is another limit's, or that something else is a share of
        (
            "Huntington disease (CAG repeat > 38) with a chorea score of > 12",
            '"chorea score" > 12 and "cag repeat" > 38',
        ),
        (
            "Platelets > 150,000 or < 100,000 Serum Creatinine > 1.4 mg/dL",
            "(platelets > 150000 or platelets < 100000) and creatinine > 1.4 mg/dL",
        ),
        ("Biparietal diameter less than the 5th% for gestational age", "biparietal_diameter < 5 {percentile}"),
        ("Weight-for-length/height > 2 z-scores below the median", "weight_for_height_z < -2 {z-score}"),
        ("The reduction rates are less than 40% in pain during migraine attacks", '"reduction rates" < 40 %'),
        ("CD33 expression on > 90% of blasts", '"cd33 expression" > 90 %'),
        ("Presence of > 5% of blasts", "blasts > 5 %"),
        ("At least five attacks during the two-week baseline period", "…[≤ 2 wk]"),
        # no limits on the patient
        ("High-dose methotrexate (> 3,000 mg/m2/day)", "…"),
        ("Avoids fathering children (with at least 99 % certainty)", "…"),
        ("Tumor regression on at least 2 imaging studies", "…"),
        # one measure, two ways
        ("Lesion ≥ 20 mm by X-ray or ≥ 10 mm by spiral CT", '"lesion" ≥ 20 mm or "lesion" ≥ 10 mm'),
        # classes between slashes
        ("Stage IIIB/IIIC/IV melanoma", "3 ≤ tnm_stage ≤ 4"),
        ("NYHA class II/III", "2 ≤ nyha ≤ 3"),
        ("Blood pressure ≤ 140/90 mmHg", "systolic_bp ≤ 140 mm[Hg] and diastolic_bp ≤ 90 mm[Hg]"),
    ],
)
def test_what_a_limit_is_on(text: str, expected: str) -> None:
    assert tidy(reading(text)) == tidy(expected)
