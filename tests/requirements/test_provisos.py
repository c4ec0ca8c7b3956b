"""Provisos are asked for, examples of nobody: invented inclusion criteria and their readings."""

from __future__ import annotations

import pytest

from tests.requirements.logic import reading, stages
from trialparse.requirements.expression import Said, walk

INCLUSION = {
    # a proviso is asked for, unless something may be
    "Gout, as long as uric acid < 9 mg/dL": "Gout and uric acid < 9 mg/dL",
    "Gout, provided that uric acid < 9 mg/dL": "Gout and uric acid < 9 mg/dL",
    "Colchicine may be continued as long as the dose was stable for 3 months": (
        "if the dose was stable for 3 months (at least 3 mo): Colchicine may be continued"
    ),
    "Uric acid < 9 mg/dL if gout is present": "if gout is present: uric acid < 9 mg/dL",
    "Liver biopsy only if ALT > 3 x ULN": "if alt > 3 × ULN: Liver biopsy",
    "Statins are allowed provided on a stable dose for 4 weeks": (
        "if Statins are allowed: on a stable dose for 4 weeks (at least 4 wk)"
    ),
    "Able to use a meter provided by the sponsor for 3 months": (
        "Able to use a meter provided by the spo… (at least 3 mo)"
    ),
    # examples in brackets are asked of nobody
    "Gout (e.g. an attack within 6 months) with uric acid < 9 mg/dL": (
        "Gout (e.g. an attack within 6 months) w… and uric acid < 9 mg/dL "
        "and e.g. an attack within 6 months (within 6 mo)"
    ),
}


@pytest.mark.parametrize("text", INCLUSION)
def test_inclusion(text: str) -> None:
    assert reading(text) == INCLUSION[text]


def test_an_example_in_brackets_binds_nobody() -> None:
    found = stages("Gout (e.g. an attack within 6 months) with uric acid < 9 mg/dL").expression
    assert found is not None
    (note,) = (each for each in walk(found) if isinstance(each, Said) and not each.asserts)
    assert note.windows
