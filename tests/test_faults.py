"""Every input of the shared faults is read as it is right: `faults.json` holds the readings by a digest of the input.

After a change whose every new reading was looked at: `python -m tests.test_faults`.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import trialparse
from tests.conftest import SHARED
from tests.requirements.notation import notation
from trialparse.models.eligibility import Eligibility

pytestmark = pytest.mark.shared
FAULTS = SHARED / "exam" / "faults_dev.jsonl"
READINGS = Path(__file__).parent / "faults.json"
_SAID = frozenset({"assumed_inclusion", "unknown_layout", "no_criteria", "not_a_trial"})
"""What only says what kind of text it is."""
_FIELDS = {"phases", "overall_status", "study_type", "start_date", "enrollment"}
_ASKED = {"minimum_age", "maximum_age", "sex", "healthy_volunteers"}


def faults() -> list[dict[str, Any]]:
    if not FAULTS.exists():
        return []
    return [json.loads(line) for line in FAULTS.read_text(encoding="utf-8").splitlines()]


def digest(fault: dict[str, Any]) -> str:
    return hashlib.sha256(f"{fault['call']} {fault['input']}".encode()).hexdigest()[:16]


def reading(fault: dict[str, Any]) -> list[str]:
    """What the call makes of the input, without its words: spans, requirements, fields, diagnostics."""
    text = fault["input"]
    if fault["call"] == "parse_criterion":
        return [notation(trialparse.parse_criterion(text).requirement)]
    if fault["call"] == "parse_criteria":
        eligibility = trialparse.parse_criteria(text)
        return [*_nodes(eligibility), *_said(eligibility.diagnostics)]
    trial = trialparse.parse(text)
    out = [json.dumps(trial.model_dump(mode="json", include=_FIELDS, exclude_defaults=True), sort_keys=True)]
    out += _said(trial.diagnostics)
    if trial.eligibility is None:
        return out
    asked = trial.eligibility.model_dump(mode="json", include=_ASKED, exclude_none=True)
    return [*out, json.dumps(asked, sort_keys=True), *_nodes(trial.eligibility)]


def _nodes(eligibility: Eligibility) -> list[str]:
    return [
        f"{each.id} {each.marker or ''} {each.span.start}-{each.span.end} {notation(each.requirement)}"
        for _, each in eligibility.criteria()
    ]


def _said(diagnostics: Any) -> list[str]:
    return sorted({each.code for each in diagnostics} - _SAID)


def _named(fault: dict[str, Any] | None) -> str:
    return "none without the shared folder" if fault is None else f"{fault['class'][:40]}: {fault['input'][:60]}"


@pytest.mark.parametrize("fault", [*faults()] or [None], ids=_named)
def test_fault(fault: dict[str, Any]) -> None:
    assert reading(fault) == json.loads(READINGS.read_text(encoding="utf-8"))[digest(fault)]


if __name__ == "__main__":
    readings = {digest(fault): reading(fault) for fault in faults()}
    READINGS.write_text(json.dumps(readings, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
