"""What goes on behind a limit, a time or a comma, and what begins there: invented criteria and their readings."""

from __future__ import annotations

import pytest

from tests.requirements.logic import reading

INCLUSION = {
    "Creatinine clearance ≥ 30 mL/min, measured or estimated": "creatinine clearance ≥ 30 mL/min",
    "Creatinine clearance ≥ 30 mL/min or estimated survival": "creatinine clearance ≥ 30 mL/min or estimated survival",
    "Body weight > 45 kg at screening and randomisation": "body weight > 45 kg",
    "Body weight > 45 kg and consent": "body weight > 45 kg and consent",
    "Tumor size ≥ 2 cm, by X-ray or ultrasound": "tumor size ≥ 2 cm and by X-ray or ultrasound",
    "HbA1c < 7.5 % or ≥ 10 % at screening (visit 1)": "hba1c < 7.5% or hba1c ≥ 10%",
    "LVEF ≤ 40 % measured by echocardiography, CT or MRI": "lvef ≤ 40% and measured by echocardiography, CT or MRI",
    "LVEF ≤ 40 % measured by echocardiography, gout or uveitis": (
        "(lvef ≤ 40% and measured by echocardiography) or gout or uveitis"
    ),
    "Creatinine clearance ≥ 60 mL/min by the Cockcroft-Gault equation or 24-hour urine collection method": (
        "creatinine clearance ≥ 60 mL/min and by the Cockcroft-Gault equation or 24-h…"
    ),
    "HbA1c 7-11 % at screening and the run-in visit": "7 ≤ hba1c ≤ 11%",
    "HbA1c 7-11 % at screening and gout": "7 ≤ hba1c ≤ 11% and gout",
    "Gout > 4 weeks after the last course of colchicine or radiotherapy": (
        "Gout > 4 weeks after the last course of… (more than 4 wk after the last course of colchicine or radiotherapy)"
    ),
    "Gout > 4 weeks after the last course of colchicine, or uveitis": (
        "Gout > 4 weeks after the last course of… (more than 4 wk after the last course of colchicine) or uveitis"
    ),
    "No current or prior gout, or uveitis within 12 weeks": (
        "not current or prior gout, or uveitis withi… (within 12 wk)"
    ),
    "No gout or tophi, or a stable dose of colchicine for 12 weeks": (
        "not gout or tophi or a stable dose of colchicine for 12 weeks (at least 12 wk)"
    ),
    "HIV RNA < 50 copies/mL for 6 months prior to and at the time of screening. Gout for 2 years": (
        "hiv rna < 50 {copies}/mL (at least 6 mo before) and Gout for 2 years (at least 2 a)"
    ),
}

EXCLUSION = {
    "eGFR < 30 mL/min, on dialysis, or kidney transplant": ("egfr < 30 mL/min or on dialysis, or kidney transplant"),
    "IOP > 21 mmHg at the screening or randomization visits, or uveitis": "iop > 21 mm[Hg] or uveitis",
    "IOP > 21 mmHg at the screening visit or uveitis": "iop > 21 mm[Hg] or uveitis",
    "Surgery within 4 weeks of enrollment or pregnancy": (
        "Surgery within 4 weeks of enrollment (within 4 wk before enrollment) or pregnancy"
    ),
    "Surgery within 4 weeks after the last dose of study drug or pregnancy": (
        "Surgery within 4 weeks after the last d… (within 4 wk after the last dose of study drug) or pregnancy"
    ),
    "Infection within 30 days after the last dose of oral or systemic steroids": (
        "Infection within 30 days after the last… (within 30 d after the last dose of oral or systemic steroids)"
    ),
    "Hypersensitivity (grade ≥ 3) to colchicine and/or any of its excipients": (
        "Hypersensitivity (grade ≥ 3) to colchic… and ctcae grade ≥ 3"
    ),
    "Hypersensitivity (grade ≥ 3) to colchicine, febuxostat and/or any of their excipients": (
        "Hypersensitivity (grade ≥ 3) to colchic… and ctcae grade ≥ 3"
    ),
    "Hypersensitivity (grade ≥ 3) to colchicine or uveitis": (
        "(Hypersensitivity (grade ≥ 3) to colchic… and ctcae grade ≥ 3) or uveitis"
    ),
    "Gout drugs within 2 weeks, including but not limited to colchicine, febuxostat, and probenecid": (
        "Gout drugs within 2 weeks (within 2 wk) or colchicine (within 2 wk) or febuxostat (within 2 wk) or "
        "probenecid (within 2 wk)"
    ),
    "Drugs or foods that raise urate within 2 weeks, such as colchicine, febuxostat, and probenecid": (
        "Drugs or foods that raise urate within… (within 2 wk) or as colchicine (within 2 wk) or febuxostat "
        "(within 2 wk) or probenecid (within 2 wk)"
    ),
    "Gout within 5 years, regardless of tophi or uveitis": "Gout within 5 years, regardless of toph… (within 5 a)",
    "Gout (other than pseudogout), treated or untreated, within 5 years, regardless of tophi": (
        "Gout (other than pseudogout), treated o… (within 5 a) and not pseudogout"
    ),
    "Treated gout or untreated uveitis within 5 years": "Treated gout or untreated uveitis withi… (within 5 a)",
    "Gout drugs, that slow the heart (colchicine), within 3 days before surgery": (
        "Gout drugs, that slow the heart (colchi… (within 3 d before surgery)"
    ),
    "Gout that, in the opinion of the investigator, affects the heart, within 6 months": (
        "Gout that, in the opinion of the invest… (within 6 mo)"
    ),
    "Gout, in the opinion of the investigator, or uveitis within 6 months": (
        "Gout, in the opinion of the investigato… (within 6 mo)"
    ),
    "Gout or pseudogout within 5 years": "Gout or pseudogout within 5 years (within 5 a)",
}


@pytest.mark.parametrize("text", INCLUSION)
def test_inclusion(text: str) -> None:
    assert reading(text) == INCLUSION[text]


@pytest.mark.parametrize("text", EXCLUSION)
def test_exclusion(text: str) -> None:
    assert reading(text, excludes=True) == EXCLUSION[text]
