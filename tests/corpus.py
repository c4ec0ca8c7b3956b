"""The shared corpus: its rows, and its records parsed once for all tests that ask for them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import trialparse
from tests.conftest import SHARED
from trialparse.models.trial import Trial

CORPUS = SHARED / "corpus"


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a file, in order."""
    path = CORPUS / name
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def criteria_of(row: dict[str, Any]) -> str:
    """The criteria text of a row, whatever file it is from."""
    if protocol := row.get("protocolSection"):
        return str(protocol.get("eligibilityModule", {}).get("eligibilityCriteria", ""))
    texts = (row.get(key) for key in ("eligibility_text", "text", "inclusion_criteria", "exclusion_criteria"))
    return "\n\n".join(filter(None, texts))


@cache
def trials(name: str) -> tuple[Trial, ...]:
    """The trial of each row of a file, or of each file of a folder; who asks is in the group `corpus`."""
    if (CORPUS / name).is_dir():
        return tuple(trialparse.parse(path.read_bytes()) for path in sorted((CORPUS / name).iterdir()))
    return tuple(trialparse.parse(json.dumps(row, ensure_ascii=False)) for row in rows(name))
