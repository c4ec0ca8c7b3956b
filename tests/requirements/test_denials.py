"""Denials within prose, and words that deny nothing: invented inclusion criteria and their readings."""

from __future__ import annotations

import pytest

from tests.requirements.logic import reading

INCLUSION = {
    "Gout and no prior colchicine": "Gout and not prior colchicine",
    "Gout or pseudogout, and no tophi": "Gout or pseudogout and not tophi",
    "Joint pain but no tophi": "Joint pain and not tophi",
    "Arthritis of kinds including but not limited to gout": "Arthritis of kinds including but not li…",
    "Any laboratory value outside the normal range": "Any laboratory value outside the normal…",
    "Potassium outside the range of 3-5 mmol/L": "not 3 ≤ potassium ≤ 5 mmol/L",
}


@pytest.mark.parametrize("text", INCLUSION)
def test_inclusion(text: str) -> None:
    assert reading(text) == INCLUSION[text]
