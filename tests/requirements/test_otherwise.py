"""Another way for who misses a limit: `if higher, ...` behind one, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.requirements.logic import reading

INCLUSION = {
    "UPCR ≤ 0.9; if higher, 24-hour proteinuria must be < 950 mg/24 h": "upcr ≤ 0.9 or proteinuria 24h < 950 mg/(24.h)",
    "Creatinine ≤ 1.5 mg/dL. When it is higher, eGFR ≥ 50 mL/min": "creatinine ≤ 1.5 mg/dL or egfr ≥ 50 mL/min",
    "Creatinine ≤ 1.5 mg/dL; platelets ≥ 50 10^9/L; if lower, a transfusion": (
        "creatinine ≤ 1.5 mg/dL and (platelets ≥ 50 10*9/L or a transfusion)"
    ),
    "Creatinine ≤ 1.5 mg/dL; if elevated, eGFR ≥ 50 mL/min": "creatinine ≤ 1.5 mg/dL or egfr ≥ 50 mL/min",
    "Creatinine ≤ 1.5 mg/dL; if lower, eGFR ≥ 50 mL/min": "creatinine ≤ 1.5 mg/dL and (if lower: egfr ≥ 50 mL/min)",
    "Platelets ≥ 50 10^9/L; if higher, no transfusion": "platelets ≥ 50 10*9/L and (if higher: not transfusion)",
    "Creatinine ≤ 1.5 mg/dL if higher. Platelets ≥ 50 10^9/L": (
        "(if higher: creatinine ≤ 1.5 mg/dL) and platelets ≥ 50 10*9/L"
    ),
    "Creatinine ≤ 1.5 mg/dL; if gout is present, eGFR ≥ 50 mL/min": (
        "creatinine ≤ 1.5 mg/dL and (if gout is present: egfr ≥ 50 mL/min)"
    ),
}


@pytest.mark.parametrize("text", INCLUSION)
def test_what_is_asked_of_those_beyond_a_limit(text: str) -> None:
    assert reading(text) == INCLUSION[text]


def test_in_an_exclusion_criterion_each_part_shuts_out() -> None:
    text = "Creatinine > 1.5 mg/dL; if lower, eGFR < 50 mL/min"
    assert reading(text, excludes=True) == "creatinine > 1.5 mg/dL or (if lower: egfr < 50 mL/min)"
