"""Every text of the shared corpus: no exception, nothing lost, every span a true slice."""

from __future__ import annotations

import pytest

import trialparse
from tests.corpus import criteria_of, rows, trials
from tests.coverage import lost, misplaced, overlapping
from trialparse.models.base import Span
from trialparse.models.trial import Trial

pytestmark = pytest.mark.shared
_MOST_REFUSED = 0.0005


@pytest.mark.parametrize("name", ["eligibility.jsonl.gz", "ictrp.jsonl", "ugly.jsonl"])
def test_criteria(name: str) -> None:
    """The criteria of ctgov_v2.jsonl.gz are all among those of eligibility.jsonl.gz."""
    broken = []
    criteria = refused = 0
    for number, row in enumerate(rows(name)):
        text = criteria_of(row)
        eligibility = trialparse.parse_criteria(text)
        criteria += sum(1 for _ in eligibility.criteria())
        refused += sum(note.code == "not_joined" for note in eligibility.diagnostics)
        whole = Span(start=0, end=len(text))
        odd = [*misplaced(text, eligibility, as_block=True), *overlapping(eligibility)]
        odd += lost(text, eligibility, whole, as_block=True)
        broken += [f"{name} {number}: {each}" for each in odd]
    assert broken == [], "\n".join(broken[:80])
    print(f"{name}: the joins of {refused} of {criteria} criteria were refused")
    assert refused <= criteria * _MOST_REFUSED


@pytest.mark.xdist_group("corpus")
@pytest.mark.parametrize("name", ["ctgov_xml", "euctr_text", "ctgov_v2.jsonl.gz"])
def test_records_survive_json(name: str) -> None:
    """Whether or not a layout knows them yet."""
    found = trials(name)
    assert found
    for trial in found:
        assert Trial.model_validate_json(trial.model_dump_json()) == trial
