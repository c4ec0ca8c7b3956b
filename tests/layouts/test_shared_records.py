"""Every record of the shared corpus has its number, its title and its criteria."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import trialparse
from tests.conftest import SHARED
from tests.test_corpus import criteria_of, rows
from trialparse.models.trial import Trial

pytestmark = pytest.mark.shared
CORPUS = SHARED / "corpus"
_FEWEST = 60
"""Shorter texts of criteria may be nothing but headings."""


def lacking(trial: Trial, criteria: bool) -> list[str]:
    found = {"id": trial.trial_id, "title": trial.brief_title or trial.official_title}
    tree = trial.eligibility
    return [*(name for name, value in found.items() if not value)] + (
        ["criteria"] if criteria and not (tree.inclusion or tree.exclusion) else []
    )


def read(name: str) -> Iterator[tuple[str, list[str]]]:
    if name.endswith(("jsonl", "gz")):
        for row in rows(name):
            trial = trialparse.parse(json.dumps(row, ensure_ascii=False))
            yield str(trial.trial_id), lacking(trial, len(criteria_of(row)) > _FEWEST)
    else:
        for path in sorted((CORPUS / name).iterdir()):
            yield path.name, lacking(trialparse.parse(path.read_bytes()), criteria=True)


@pytest.mark.parametrize("name", ["ctgov_v2.jsonl.gz", "ictrp.jsonl", "ctgov_xml", "euctr_text"])
def test_nothing_is_missing(name: str) -> None:
    records = list(read(name))
    assert records
    assert [(number, missing) for number, missing in records if missing] == []
