"""Each row reads its examples, and each example is read by a row of its field."""

from __future__ import annotations

import pytest

from trialparse.layouts.stated import chips, said
from trialparse.lexicon.sentences import sentences

EXAMPLES = [(row, example) for row in sentences() for example in row.examples]
FILLED = {"ages": {"minimum_age", "maximum_age"}, "countries": {"locations"}}


@pytest.mark.parametrize(("row", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_examples(row: object, example: str) -> None:
    assert row.pattern.search(example)  # type: ignore[attr-defined]
    field = row.field  # type: ignore[attr-defined]
    assert any(FILLED.get(field, {field}) & set(found) for found in said(example))


@pytest.mark.parametrize(
    "sentence",
    [
        "A phase 2 trial of another drug was stopped.",
        "Patients were followed for 3 to 5 years.",
        "Results from 20 people with gout are known.",
        "Women with gout are rarely treated.",
        "The drug was developed by a company.",
    ],
)
def test_what_says_nothing_of_this_trial(sentence: str) -> None:
    assert list(said(sentence)) == []


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Phase 3 · Recruiting · 220 participants · Ages 18-75",
         {"phases", "overall_status", "enrollment", "minimum_age", "maximum_age"}),
        ("Recruiting Phase 3 Interventional", {"overall_status", "phases", "study_type"}),
        ("Completed | N/A", {"overall_status", "phases"}),
        ("Recruiting patients with gout", set()),
        ("Phase 2", set()),
    ],
)  # fmt: skip
def test_chips(line: str, fields: set[str]) -> None:
    assert set(chips(line)) - {"notes"} == fields
