"""Every record of the shared corpus has its number, its title and its criteria."""

from __future__ import annotations

import pytest

from tests.corpus import CORPUS, criteria_of, rows, trials
from trialparse.models.trial import Trial

pytestmark = [pytest.mark.shared, pytest.mark.xdist_group("corpus")]
_FEWEST = 60
"""Shorter texts of criteria may be nothing but headings."""


def lacking(trial: Trial, criteria: bool) -> list[str]:
    found = {"id": trial.trial_id, "title": trial.brief_title or trial.official_title}
    tree = trial.eligibility
    return [*(name for name, value in found.items() if not value)] + (
        ["criteria"] if criteria and not (tree.inclusion or tree.exclusion) else []
    )


def has_criteria(name: str) -> list[bool]:
    """Of each record of a file or folder."""
    if name.endswith(("jsonl", "gz")):
        return [len(criteria_of(row)) > _FEWEST for row in rows(name)]
    return [True] * len(list((CORPUS / name).iterdir()))


@pytest.mark.parametrize("name", ["ctgov_v2.jsonl.gz", "ictrp.jsonl", "ctgov_xml", "euctr_text"])
def test_nothing_is_missing(name: str) -> None:
    records = list(zip(trials(name), has_criteria(name), strict=True))
    assert records
    found = [(trial.trial_id, lacking(trial, criteria)) for trial, criteria in records]
    assert [(number, missing) for number, missing in found if missing] == []
