"""Whatever the page, exporting raises nothing; whatever the document, reading one raises nothing but ValueError."""

from __future__ import annotations

import contextlib
import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trialparse
from tests.export.samples import fixtures
from tests.test_properties import BAD
from trialparse.export.exact import dumps, loads
from trialparse.export.fhir import from_fhir, to_fhir
from trialparse.pipeline.converting import TARGETS

PAGES = ("binary", "nul", "surrogates", "nested list", "nested logic", "ors", "ifs")


@pytest.mark.parametrize("page", PAGES)
def test_bad_pages(page: str) -> None:
    trial = trialparse.parse(BAD[page])
    for convert in TARGETS.values():
        document, losses = convert(trial)
        assert loads(dumps(document).encode()) == document
        assert all(json.dumps(loss.as_row()) for loss in losses)


DOCUMENTS = [to_fhir(trial)[0] for trial in fixtures()[:12]]
_anything: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({}) | st.just([{}])
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with one of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *places(value[key]))]


@given(st.sampled_from(DOCUMENTS), st.data())
def test_damaged_documents(document: dict[str, Any], data: st.DataObject) -> None:
    damaged = deepcopy(document)
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places(damaged)))
        holder[key] = data.draw(_anything)
    with contextlib.suppress(ValueError):
        from_fhir(damaged)


def test_a_document_nested_without_end() -> None:
    deep: dict[str, Any] = {"description": "text"}
    for _ in range(600):
        deep = {"definitionByCombination": {"code": "all-of", "characteristic": [deep]}}
    with pytest.raises(ValueError, match="nested too deeply"):
        from_fhir({"resourceType": "EvidenceVariable", "status": "active", "characteristic": [deep]})
