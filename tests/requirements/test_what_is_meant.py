"""Marks and units that say nothing new, stages of other things, ages of other people: what a number is one of."""

from __future__ import annotations

import pytest

from tests.requirements.golden import reading
from tests.requirements.notation import tidy
from trialparse import parse_criteria


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # marks of footnotes
        ("Hemoglobin ≥ 9 g/dL†", "hemoglobin ≥ 9 g/dL"),
        ("Hemoglobin ≥ 9 g/dL ‡ and platelets ≥ 75 x 10^9/L§", "hemoglobin ≥ 9 g/dL and platelets ≥ 75 10*9/L"),
        ("Creatinine ≤ 1.5 × ULN¶; ALT ≤ 3# × ULN", "creatinine ≤ 1.5 × ULN and alt ≤ 3 × ULN"),
        ("ALT ≤ 3* x ULN", "alt ≤ 3 × ULN"),
        ("ALT ≤ 3* ULN", "alt ≤ 3 × ULN"),
        ("Age ≥ 18† years", "age ≥ 18 a"),
        ("Consent according to § 12", "…"),
        ("Grade ≤ 2 dose-limiting toxicity and ECOG ≤ 1", "ctcae_grade ≤ 2 and ecog ≤ 1"),
        # units: a thousand to the cubic millimetre, powers in brackets, what is counted
        ("Platelets ≥ 100 K/cu mm", "platelets ≥ 100 10*3/uL"),
        ("Platelets ≥ 100 K/cu.mm", "platelets ≥ 100 10*3/uL"),
        ("ANC ≥ 1.5 k / mm^3", "anc ≥ 1.5 10*3/uL"),
        ("Platelets > 100 x (10^3/mm3)", "platelets > 100 10*3/uL"),
        ("Platelets > 100 x (103/mm3) and ANC > 1", "platelets > 100 10*3/uL and anc > 1"),
        ("Platelets < 50,000/millimeter^3 (mm^3)", "platelets < 50000 /mm3"),
        ("> 1,200 granulocytes and > 40,000 platelets/ul", "anc > 1200 /uL and platelets > 40000 /uL"),
        ("Platelets ≥ 100,000 platelets/mm3", "platelets ≥ 100000 /mm3"),
        ("CD4 count ≥ 200 lymphocytes/µL", "cd4 ≥ 200 /uL"),
        # a unit said again
        (
            "eGFR < 60 milliliters per minute per 1.73 square meter (mL/min/1.73 m²) for adults, "
            "or eGFR < 50 in children",
            "(if ⟨adults⟩: egfr < 60 mL/min/{1.73_m2}) and (if ⟨children⟩: egfr < 50)",
        ),
        ("Platelets < 50 x 10^9 per liter (10^9/L)", "platelets < 50 10*9/L"),
        ("Count ≥ 50 cells/cubic millimetre (/µL) of CD4", "cd4 ≥ 50 /mm3"),
        # numbers and times
        ("Half a year or longer since surgery", "…[≥ 0.5 a after ⟨surgery⟩]"),
        ("Half of the patients", "…"),
        ("18 years up to but not including 65 years of age", "18 ≤ age < 65 a"),
        ("Age from 18 years to but not including 65 years", "18 ≤ age < 65 a"),
        ("Age up to but not including 65 years", "age < 65 a"),
        ("Age 18 up to and including 65 years", "18 ≤ age ≤ 65 a"),
        ("Gestational age 37(0/7) to 41 (6/7) weeks", "259 ≤ gestational_age ≤ 293 d"),
        ("Age >_ 18 years", "age ≥ 18 a"),
        ("Age: 6 mos. to 11 yrs.", "6 mo ≤ age ≤ 11 a"),
        ("Age 2 to 11 years 11 months", "24 ≤ age ≤ 143 mo"),
        ("Age between 6 months and 11 years", "6 mo ≤ age ≤ 11 a"),
        ("Symptoms for > 6 mos. Patients must have a phone", "…[> 6 mo]"),
        # grades and stages of other things
        ("Spondylolisthesis (Grade 1)", "…"),
        ("Toxicity (Grade ≤ 1)", "ctcae_grade ≤ 1"),
        ("Stage 1 dose escalation cohorts and Stage 2: measurable disease", "…"),
        ("In stage II of the study, prior bevacizumab", "…"),
        ("Stage II or III breast cancer in the study", "2 ≤ tnm_stage ≤ 3"),
        ("An illness indicative of stage 3 HIV", "…"),
        ("HIV-positive patients with stage III lymphoma", "tnm_stage = 3"),
        ("No more than 1 prior regimen for stage IV disease", "…"),
        ("Candidate for surgery of stage IV disease", "tnm_stage = 4"),
        ("FIGO clinical stage IB2-IIB or III-IVA", "1 ≤ figo_stage ≤ 2 or 3 ≤ figo_stage ≤ 4"),
        ("Stage II or IIIA-IVA cancer", "2 ≤ tnm_stage ≤ 4"),
        ("Stage IIB-IIID melanoma", "2 ≤ tnm_stage ≤ 3"),
        # scales of other symptoms
        ("Moderate migraine-related fatigue (NRS > 3)", '"nrs" > 3'),
        ("Pain (NRS) ≥ 5", "pain_nrs ≥ 5"),
        ("NRS ≥ 5", "pain_nrs ≥ 5"),
        # ages of relatives
        (
            "Sister or mother with ovarian cancer diagnosed before the age of 48",
            '"sister or mother with ovarian cancer diagnosed" < 48',
        ),
        ("A brother who had a stroke at an age below 45", '"brother who had a stroke at an age" < 45'),
        ("Father who died of cancer before 50 years of age", '"father who died of cancer" < 50 a'),
        ("Patients with a sister with breast cancer, age ≥ 18 years", "age ≥ 18 a"),
        ("Children whose mother has epilepsy and who are under 12 years of age", "age < 12 a"),
    ],
)
def test_what_a_number_is_one_of(text: str, expected: str) -> None:
    assert tidy(reading(text)) == tidy(expected)


def test_the_letters_of_stages_are_told() -> None:
    told = parse_criteria("Inclusion Criteria:\n\n- FIGO stage IB2-IIIC1 cancer").diagnostics
    assert [diagnostic.code for diagnostic in told] == ["letter_left_out"] * 2
