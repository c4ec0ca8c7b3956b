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
    "Gout; patients must be able to swallow capsules": "Gout or not patients must be able to swallow capsul…",
}
FOUND = {
    "Subjects must not be pregnant": "be pregnant",
    "Patients should not have uric acid > 6 mg/dL": "uric acid > 6 mg/dL",
    "Patients who must take colchicine for 2 weeks": "Patients who must take colchicine for 2… (at least 2 wk)",
    "A disease that must be treated within 2 weeks": "A disease that must be treated within 2… (within 2 wk)",
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


@pytest.mark.parametrize("text", DEMANDED)
def test_what_is_demanded(text: str) -> None:
    assert reading(text, excludes=True) == DEMANDED[text]


@pytest.mark.parametrize("text", FOUND)
def test_what_is_found(text: str) -> None:
    assert reading(text, excludes=True) == FOUND[text]


@pytest.mark.parametrize("text", INCLUDED)
def test_denials_within_prose(text: str) -> None:
    assert reading(text) == INCLUDED[text]
