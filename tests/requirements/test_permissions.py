"""Who and what is let in or shut out, and under which conditions: invented criteria and their readings as formulas."""

from __future__ import annotations

import pytest

import trialparse
from tests.requirements.logic import reading
from trialparse.models.requirement import Statement

INCLUSION = {
    "Patients aged 18 years or older are eligible if they have gout": "age ≥ 18 a and they have gout",
    "Patients with ALT > 3 x ULN are eligible if they have liver metastases": (
        "if alt > 3 × ULN: they have liver metastases"
    ),
    "Colchicine and febuxostat are not permitted": "not (Colchicine or febuxostat are not permitted)",
    "Age ≥ 18 years. However, women must use contraception": "age ≥ 18 a and (if women: must use contraception)",
    "Women with no acceptable contraception within 4 weeks": (
        "not acceptable contraception within 4 weeks (within 4 wk)"
    ),
    "Bilirubin ≤ 2 mg/dL (isolated bilirubin > 2 mg/dL is acceptable if fractionated and direct bilirubin < 35 %)": (
        "if fractionated and direct bilirubin < 35%: isolated and total bilirubin > 2 mg/dL, "
        "otherwise total bilirubin ≤ 2 mg/dL"
    ),
    "Hemoglobin ≥ 9 g/dL. This does not apply to patients with thalassemia": (
        "if not patients with thalassemia: hemoglobin ≥ 9 g/dL"
    ),
    "The duration of the stay must have been at least 3 and no more than 10 days": "3 ≤ duration of the stay ≤ 10 d",
    "CD19-positive leukemia with ≥ 25 % blasts in the marrow": "CD19-positive leukemia with and blasts marrow ≥ 25%",
}

EXCLUSION = {
    "Urate > 9 mg/dL. A previous stent is not an exclusion criterion": "uric acid > 9 mg/dL",
    "Urate > 9 mg/dL; gout is no reason for exclusion": "uric acid > 9 mg/dL",
    "Urate > 9 mg/dL. Meets any exclusion criteria of the main study": (
        "uric acid > 9 mg/dL or Meets any exclusion criteria of the mai…"
    ),
    "Urate > 9 mg/dL. Any disease that may affect the outcome": (
        "uric acid > 9 mg/dL or Any disease that may affect the outcome"
    ),
    "Urate > 9 mg/dL; any disease which in my opinion may be harmful": (
        "uric acid > 9 mg/dL or any disease which in my opinion may be…"
    ),
    "Urate > 9 mg/dL. Drugs that interfere with urate may be used": "uric acid > 9 mg/dL",
    "Urate > 9 mg/dL; relapses may lead to another visit": "uric acid > 9 mg/dL",
    "Thyroid replacement is allowed if the dose was stable for 3 months": (
        "not (if Thyroid replacement is allowed: the dose was stable for 3 months (at least 3 mo))"
    ),
    "Patients who smoke > 5 cigarettes per day may be enrolled if they stop smoking": (
        "not (if cigarettes per day > 5 {cigarette}/d: they stop smoking)"
    ),
    "Subjects with gout within 6 months are allowed if stable": (
        "not (if Subjects with gout within 6 months are… (within 6 mo): stable)"
    ),
    "Patients positive for gout are eligible only if tophi are absent": (
        "not (if Patients positive for gout are eligible: tophi are absent)"
    ),
    "Gout; however, subjects with treated gout may be enrolled if stable for 4 weeks": (
        "Gout and not (subjects with treated gout may be enrol… and stable for 4 weeks (at least 4 wk))"
    ),
    "Gout. Treated gout is allowed providing that it is stable for 4 weeks": (
        "Gout and not (Treated gout is allowed and it is stable for 4 weeks (at least 4 wk))"
    ),
    "Gout drugs within 2 weeks (colchicine and febuxostat allowed)": (
        "Gout drugs within 2 weeks (within 2 wk) and not (colchicine or febuxostat allowed)"
    ),
    "Tumors with fat and calcium are excluded": "Tumors with fat and calcium are excluded",
    "Subjects positive for HBc but negative for HBs and DNA are excluded": (
        "Subjects positive for HBc and negative for HBs and DNA are excluded"
    ),
    "Not recovered from toxicity due to drugs given more than 4 weeks earlier": (
        "not recovered from toxicity and due to drugs given more than 4 weeks ea… (more than 4 wk before)"
    ),
    "Infection within 4 weeks of screening that led to surgery or death": (
        "Infection within 4 weeks of screening (within 4 wk before screening) and that led to surgery or death"
    ),
    "Insulin cannot be started within 12 hours of admission": (
        "not Insulin be started within 12 hours of a… (within 12 h before admission)"
    ),
    "Gout drugs within 2 weeks (colchicine and febuxostat allowed e.g. for flares when the dose is stable)": (
        "Gout drugs within 2 weeks (within 2 wk) and not (colchicine or febuxostat allowed e.g. for flares when…)"
    ),
    "Gout drugs within 2 weeks (colchicine and febuxostat are allowed if stable)": (
        "Gout drugs within 2 weeks (within 2 wk) and not ((colchicine or febuxostat are allowed) and stable)"
    ),
    "Gout drugs within 2 weeks (colchicine is allowed when the dose is stable for 4 weeks)": (
        "Gout drugs within 2 weeks (within 2 wk) and not (colchicine is allowed and the dose is stable for 4 weeks "
        "(at least 4 wk))"
    ),
    "Keratitis (Note: mild blepharitis is permitted if stable)": (
        "Keratitis and not (mild blepharitis is permitted and stable)"
    ),
    "Participants who do not develop symptoms within 28 days": "not develop symptoms within 28 days (within 28 d)",
    "Toxicity that has not resolved to ≤ grade 1": "Toxicity and not ctcae grade ≤ 1",
    "Cancer within 5 years. Except for skin cancer": "Cancer within 5 years (within 5 a) and not skin cancer",
    "Gout. However, this does not apply to participants on colchicine": "Gout and not participants on colchicine",
    "Gout. These criteria do not apply in participants on colchicine": "Gout and not participants on colchicine",
    "Gout drugs within 2 weeks before screening However, this will not apply to colchicine": (
        "Gout drugs within 2 weeks before screen… (within 2 wk before screening) and not colchicine"
    ),
}


@pytest.mark.parametrize("text", INCLUSION)
def test_inclusion(text: str) -> None:
    assert reading(text) == INCLUSION[text]


@pytest.mark.parametrize("text", EXCLUSION)
def test_exclusion(text: str) -> None:
    assert reading(text, excludes=True) == EXCLUSION[text]


@pytest.mark.parametrize(
    ("text", "asserts"),
    [
        ("Gout for > 4 weeks does not exclude the patient", False),
        ("Gout for > 4 weeks does not preclude participation", False),
        ("A negative test within 4 weeks does not exclude gout", True),
        ("Gout for > 4 weeks precludes participation", True),
    ],
)
@pytest.mark.parametrize("section", ["Inclusion", "Exclusion"])
def test_what_does_not_shut_out_binds_nobody(section: str, text: str, asserts: bool) -> None:
    found = trialparse.parse_criteria(f"{section} Criteria:\n\n* {text}")
    ((_, criterion),) = found.criteria()
    assert isinstance(criterion.requirement, Statement)
    assert criterion.requirement.asserts is asserts
