"""What an exclusion criterion demands shuts out who does not meet it, and what only looks like a demand."""

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
    "Patients who have had surgery must have recovered for 2 weeks": (
        "not (if Patients who have had surgery: must have recovered for 2 weeks (at least 2 wk))"
    ),
    "Gout; patients must be able to swallow capsules": "Gout or not patients must be able to swallow capsul…",
}
NOT_DEMANDED = {
    "Subjects must not be pregnant": "be pregnant",
    "Patients should not have uric acid > 6 mg/dL": "uric acid > 6 mg/dL",
    "Patients who must take colchicine for 2 weeks": "Patients who must take colchicine for 2… (at least 2 wk)",
    "A disease that must be treated within 2 weeks": "A disease that must be treated within 2… (within 2 wk)",
    "Any disease which, in the opinion of the investigator, must be treated": (
        "Any disease which, in the opinion of th…"
    ),
    "Diseases that could or must be treated within 2 weeks": "Diseases that could or must be treated… (within 2 wk)",
    "LVEF that does not exceed 40 %": "lvef ≤ 40%",
    "Creatinine is not above 1.3 mg/dL": "creatinine ≤ 1.3 mg/dL",
    "Gout for 2 weeks where infection has been excluded by culture": (
        "Gout for 2 weeks where infection has be… (at least 2 wk)"
    ),
    "Uric acid should be > 6 mg/dL": "uric acid > 6 mg/dL",
    "Patients with gout should be excluded": "Patients with gout should be excluded",
    "A no-fault case within 2 weeks": "A no-fault case within 2 weeks (within 2 wk)",
}


@pytest.mark.parametrize("text", DEMANDED)
def test_what_is_demanded(text: str) -> None:
    assert reading(text, excludes=True) == DEMANDED[text]


@pytest.mark.parametrize("text", NOT_DEMANDED)
def test_what_is_found(text: str) -> None:
    assert reading(text, excludes=True) == NOT_DEMANDED[text]
