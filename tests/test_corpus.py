"""Every text of the shared corpus: no exception, nothing lost, every span a true slice."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

import trialparse
from tests.conftest import SHARED
from tests.coverage import lost, misplaced, overlapping
from trialparse.models.base import Span
from trialparse.models.trial import Trial

pytestmark = pytest.mark.shared
CORPUS = SHARED / "corpus"
_MOST_REFUSED = 0.0005


def rows(name: str) -> Iterator[dict[str, Any]]:
    path = CORPUS / name
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def criteria_of(row: dict[str, Any]) -> str:
    """The criteria text of a row, whatever file it is from."""
    if protocol := row.get("protocolSection"):
        return str(protocol.get("eligibilityModule", {}).get("eligibilityCriteria", ""))
    texts = (row.get(key) for key in ("eligibility_text", "text", "inclusion_criteria", "exclusion_criteria"))
    return "\n\n".join(filter(None, texts))


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


@pytest.mark.parametrize("folder", ["ctgov_xml", "euctr_text"])
def test_documents(folder: str) -> None:
    """Read as pages, whether or not a layout knows them yet."""
    paths = sorted((CORPUS / folder).iterdir())
    assert paths
    for path in paths:
        trial = trialparse.parse(path.read_bytes())
        assert Trial.model_validate_json(trial.model_dump_json()) == trial


def test_api_records() -> None:
    for row in rows("ctgov_v2.jsonl.gz"):
        trial = trialparse.parse(json.dumps(row, ensure_ascii=False))
        assert Trial.model_validate_json(trial.model_dump_json()) == trial
