"""Times that stand apart from what they are said of, and which way they bound: invented criteria and their readings."""

from __future__ import annotations

import pytest

from tests.requirements.logic import reading

INCLUSION = {
    "On dialysis until 6 weeks after surgery": "On dialysis until 6 weeks after surgery (at least 6 wk after surgery)",
    "18 years and 6 months after transplant": "18 years and 6 months after transplant (at least 6 mo after transplant)",
    "Randomized from the end of radiotherapy until 12 months after it": (
        "Randomized from the end of radiotherapy… (within 12 mo after it)"
    ),
    "Agrees to use condoms from screening until 90 days after the last dose": (
        "Agrees to use condoms from screening un… (at least 90 d after the last dose)"
    ),
    "Agrees to use condoms from screening through 90 days after the last dose": (
        "Agrees to use condoms from screening th… (at least 90 d after the last dose)"
    ),
    "Stable colchicine for 14 days before dosing": (
        "Stable colchicine for 14 days before do… (at least 14 d before dosing)"
    ),
    "No colchicine for 14 days before and during the trial": (
        "not colchicine for 14 days before and durin… (less than 14 d before)"
    ),
    "Stable urate for 14 days before screening and during the trial": (
        "Stable urate for 14 days before screeni… (at least 14 d before screening) and during the trial"
    ),
    "Washout of colchicine (2 weeks), febuxostat (5 weeks) before baseline": (
        "Washout of colchicine (2 weeks) (at least 2 wk before baseline) and febuxostat (5 weeks) before "
        "baseline (at least 5 wk before baseline)"
    ),
    "At least 4 weeks since colchicine, or 6 weeks if febuxostat": (
        "if febuxostat: At least 4 weeks since colchicine (at least 6 wk after colchicine), otherwise at "
        "least 4 wk after colchicine"
    ),
    "At least 4 weeks since colchicine, or 6 weeks since febuxostat": (
        "at least 4 wk after colchicine or at least 6 wk after febuxostat"
    ),
    "No colchicine within 4 weeks (6 weeks for tablets) of enrolment": (
        "not (if tablets: colchicine within 4 weeks (6 weeks for… (within 6 wk before enrolment), otherwise "
        "colchicine within 4 weeks (6 weeks for… (within 4 wk before enrolment))"
    ),
    "Lack of adequate response to colchicine": "Lack of adequate response to colchicine",
    "Lack of capacity": "not capacity",
    "ALT ≤ 2 × ULN or ≤ 5 × ULN for patients with stones (within 10 days of registration)": (
        "if for patients with stones: alt ≤ 5 × ULN (within 10 d before registration), otherwise ≤ 2 × ULN"
    ),
    "ALT ≤ 2 × ULN or ≤ 5 × ULN for patients with stroke (within 6 months before registration)": (
        "if for patients with stroke (within 6 mont… (within 6 mo before registration): alt ≤ 5 × ULN, "
        "otherwise ≤ 2 × ULN"
    ),
    "Gout (2 years) or tophi": "Gout (2 years) or tophi",
}

EXCLUSION = {
    "Women who will become pregnant through 90 days after the last dose": (
        "Women who will become pregnant through… (within 90 d after the last dose)"
    ),
    "Prior treatment with colchicine or febuxostat, or radiotherapy within 2 weeks": (
        "Prior treatment with colchicine or febu… or radiotherapy within 2 weeks (within 2 wk)"
    ),
    "Planning to conceive from screening through 90 days after the last dose": (
        "Planning to conceive from screening thr… (within 90 d after the last dose)"
    ),
    "Unwilling to use condoms until 90 days after the last dose": (
        "Unwilling to use condoms until 90 days… (at least 90 d after the last dose)"
    ),
    "Les than 6 months since a flare": "Les than 6 months since a flare",
    "Less than 6 months since a flare": "less than 6 mo after a flare",
    "Botox within a period not earlier than 20 weeks and not later than 3 weeks before enrolment": (
        "Botox within a period not earlier than… (within 20 wk before enrolment) (at least 3 wk before enrolment)"
    ),
    "Vaccines in the period starting 14 days before dosing and ending 21 days after dosing": (
        "Vaccines in the period starting 14 days… (within 14 d before dosing) or Vaccines in the period "
        "starting (within 21 d after dosing)"
    ),
    "Vaccines within 4 weeks before and 2 weeks after dosing": (
        "Vaccines within 4 weeks before (within 4 wk before) or Vaccines (within 2 wk after dosing)"
    ),
    "Use of colchicine for 14 days before dosing": (
        "Use of colchicine for 14 days before do… (within 14 d before dosing)"
    ),
    "Regular use of colchicine for 14 days before dosing": (
        "Regular use of colchicine for 14 days b… (at least 14 d before dosing)"
    ),
    "Colchicine within 14 days before dosing and during the trial, except gels": (
        "(Colchicine within 14 days before dosing (within 14 d before dosing) or during the trial) and not gels"
    ),
    "Drugs that cannot be stopped 1 week before dosing and for the duration of the trial": (
        "Drugs and not be stopped 1 week before dosing and for… (at least 1 wk before dosing)"
    ),
    "Lack of response to at least 6 weeks of colchicine": "Lack of response to at least 6 weeks of… (at least 6 wk)",
    "Any flares currently or within the last 6 months with urate > 8 mg/dL": (
        "Any flares currently or within the last… (within 6 mo before) and uric acid > 8 mg/dL"
    ),
    "Fever or within the last 6 months urate > 8 mg/dL": "Fever or uric acid > 8 mg/dL (within 6 mo before)",
    "Surgery within 28 days before 1st line therapy": (
        "Surgery within 28 days before 1st line… (within 28 d before 1st line therapy)"
    ),
    "Patients who need long preparations (2 days prior and 1 day prior)": "Patients who need long preparations (2…",
    "Injection of colchicine or saline into a joint, or a vaccine within 4 weeks of enrolment": (
        "Injection of colchicine or saline into… (within 4 wk before enrolment) or a vaccine within 4 weeks "
        "of enrolment (within 4 wk before enrolment)"
    ),
    "Gout or tophi, or a vaccine within 4 weeks of enrolment": (
        "Gout or tophi or a vaccine within 4 weeks of enrolment (within 4 wk before enrolment)"
    ),
    "Plans to conceive, starting with the first visit through 120 days after the last dose": (
        "Plans to conceive, starting with the fi… (within 120 d after the last dose)"
    ),
    "Vaccines within 2 weeks after the first dose and 4 weeks after the last dose": (
        "Vaccines within 2 weeks after the first… (within 2 wk after the first dose) (within 4 wk after the last dose)"
    ),
    "Plans to conceive from 2 weeks before the first dose through 6 months after the last dose": (
        "Plans to conceive from 2 weeks before t… (within 2 wk before the first dose) or Plans to conceive "
        "from (within 6 mo after the last dose)"
    ),
    "Plans to use condoms from 2 weeks before the first dose through 6 months after the last dose": (
        "Plans to use condoms from 2 weeks befor… (within 2 wk before the first dose) (at least 6 mo after "
        "the last dose)"
    ),
    "Vaccines from 14 days after dosing": "Vaccines from 14 days after dosing (at least 14 d after dosing)",
    "Took part, within the last 30 days, in a trial": "Took part, within the last 30 days, in… (within 30 d before)",
    "Have received, in the past year, colchicine or pegloticase": (
        "Have received, in the past year, colchi… (within 1 a before)"
    ),
    "Received within 30 days, a live vaccine": "Received within 30 days, a live vaccine (within 30 d)",
    "Surgery within 30 days, a flare": "Surgery within 30 days (within 30 d) or a flare",
    "A vaccine (≤ 16 weeks), an inhibitor (≤ 12 days) or a steroid (≤ 9 months) before cycle 1": (
        "A vaccine (≤ 16 weeks) (within 16 wk before cycle 1) or an inhibitor (≤ 12 days) (within 12 d "
        "before cycle 1) or a steroid (≤ 9 months) before cycle 1 (within 9 mo before cycle 1)"
    ),
    "Prohibited before day 0: retinoids (2 weeks), PUVA (6 weeks)": (
        "Prohibited before day 0: retinoids (2 w… (within 2 wk before day 0) or PUVA (6 weeks) (within 6 wk "
        "before day 0)"
    ),
    "Colchicine within 4 weeks (6 weeks if tablets) before enrolment or a flare within 2 weeks": (
        "(if tablets: Colchicine within 4 weeks (6 weeks if t… (within 6 wk before enrolment), otherwise "
        "Colchicine within 4 weeks (6 weeks if t… (within 4 wk before enrolment)) or a flare within 2 weeks "
        "(within 2 wk)"
    ),
    "Colchicine within 4 weeks (28 days) before enrolment": (
        "Colchicine within 4 weeks (28 days) bef… (within 4 wk before enrolment)"
    ),
    "Colchicine within 4 weeks before dosing, except for tablets, in which case it is 6 weeks": (
        "if tablets: Colchicine within 4 weeks before dosing (within 6 wk before dosing), otherwise "
        "Colchicine within 4 weeks before dosing (within 4 wk before dosing)"
    ),
    "Colchicine within 4 weeks before dosing, except for tablets, which are weaker": (
        "Colchicine within 4 weeks before dosing (within 4 wk before dosing) and not tablets, which are weaker"
    ),
    "Radiotherapy ≤ 4 weeks before dosing, or ≤ 2 weeks in case of small fields": (
        "if small fields: Radiotherapy ≤ 4 weeks before dosing (within 2 wk before dosing), otherwise "
        "Radiotherapy ≤ 4 weeks before dosing (within 4 wk before dosing)"
    ),
    "Drugs for gout, but not febuxostat, within the past 4 weeks (6 weeks if tablets)": (
        "(if tablets: Drugs for gout (within 6 wk before), otherwise Drugs for gout (within 4 wk before)) "
        "and not febuxostat"
    ),
}


@pytest.mark.parametrize(("text", "formula"), INCLUSION.items())
def test_inclusion(text: str, formula: str) -> None:
    assert reading(text) == formula


@pytest.mark.parametrize(("text", "formula"), EXCLUSION.items())
def test_exclusion(text: str, formula: str) -> None:
    assert reading(text, excludes=True) == formula
