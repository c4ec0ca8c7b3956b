"""Record formats: whatever stands around a record it is read as alone, and how many there are is said."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

import trialparse
from tests.conftest import FIXTURES
from trialparse import layouts
from trialparse.layouts import formats
from trialparse.layouts.rows import is_document, is_table
from trialparse.models.trial import Trial

JSON = sorted(
    path
    for path in FIXTURES.glob("*/*.txt")
    if (Path(formats.__path__[0]) / f"{path.parent.name}.py").exists() and path.read_text(encoding="utf-8")[:1] == "{"
)
_MUCH = 80_000


def facts(trial: Trial) -> dict[str, Any]:
    """What a trial says, without where that stands."""
    found = trial.model_dump(exclude={"source", "sections", "diagnostics", "eligibility"})
    tree = trial.eligibility
    ages = (tree.minimum_age, tree.maximum_age, tree.sex, tree.healthy_volunteers)
    return found | {"criteria": [(name, node.text) for name, node in tree.criteria()], "ages": ages}


def codes(trial: Trial) -> list[str]:
    return [note.code for note in trial.diagnostics]


@pytest.mark.parametrize("path", JSON, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize(
    "wrap",
    [
        lambda record: [record],
        lambda record: {"type": "RECORD", "stream": "studies", "record": record},
        lambda record: {"took": 3, "hits": {"hits": [{"_index": "trials", "_source": record}]}},
    ],
    ids=["array", "stream", "search"],
)
def test_a_record_is_read_whatever_is_wrapped_around_it(path: Path, wrap: Any) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    alone = trialparse.parse(json.dumps(record))
    wrapped = trialparse.parse(json.dumps(wrap(record)))
    assert wrapped.source.layout == alone.source.layout == path.parent.name
    assert facts(wrapped) == facts(alone)


@pytest.mark.parametrize("path", JSON, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_array_and_lines_of_json_name_all_their_records(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    alone = [result.trial for result in trialparse.parse_many([json.dumps(record)])]
    for several in (json.dumps([record, record]), f"{json.dumps(record)}\n{json.dumps(record)}\n"):
        first = trialparse.parse(several)
        assert "several_records" in codes(first)
        assert facts(first) == facts(alone[0])  # type: ignore[arg-type]
        found = [result.trial for result in trialparse.parse_many([several])]
        assert [facts(trial) for trial in found if trial] == [facts(trial) for trial in [*alone, *alone] if trial]


@pytest.mark.parametrize("path", JSON, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_time_grows_with_the_text(path: Path) -> None:
    record = path.read_text(encoding="utf-8")

    def seconds(size: int) -> float:
        source = "[" + ",".join([record] * (size // len(record) + 1)) + "]"
        started = time.process_time()
        trialparse.parse(source)
        layouts.divide(source)
        return time.process_time() - started

    seconds(1)
    one, two = (min(seconds(size) for _ in range(3)) for size in (_MUCH, 2 * _MUCH))
    assert two < 3 * one + 0.05, "2.2 when measured with nothing else running"


BULK = """This file contains full details on each clinical trial selected for download.

Summary
EudraCT Number: 2022-009999-11
Trial Status: Ongoing

A. Protocol Information
A.3 Full title of the trial: Velorobin in exampleitis
E.3 Principal inclusion criteria: 1. Age 18 to 70 years
2. ECOG 0-1
E.4 Principal exclusion criteria: 1. Pregnancy
F.2.1 Female: Yes
F.2.2 Male: Yes

Summary
EudraCT Number: 2022-008888-22
Trial Status: Completed

A.3 Full title of the trial: Walking against samplosis
E.3 Principal inclusion criteria: 1. Age 6 to 11 years
E.4 Principal exclusion criteria: 1. Smoking
F.2.1 Female: Yes
F.2.2 Male: No
"""


def test_a_download_in_bulk_is_a_record_a_block() -> None:
    first = trialparse.parse(BULK)
    assert (first.trial_id, first.eligibility.sex, len(first.eligibility.inclusion)) == ("2022-009999-11", "ALL", 2)
    (note,) = [note for note in first.diagnostics if note.code == "several_records"]
    assert "2022-009999-11, 2022-008888-22" in note.message
    both = [result.trial for result in trialparse.parse_many([BULK])]
    assert [trial and (trial.trial_id, trial.overall_status, trial.eligibility.sex) for trial in both] == [
        ("2022-009999-11", None, "ALL"),
        ("2022-008888-22", "COMPLETED", "FEMALE"),
    ]


def test_downloads_in_bulk_take_time_in_step_with_their_size() -> None:
    block = BULK.partition("selected for download.\n")[2]

    def seconds(copies: int) -> float:
        started = time.process_time()
        trialparse.parse(block * copies)
        layouts.divide(block * copies)
        return time.process_time() - started

    seconds(1)
    one, two = (min(seconds(copies) for _ in range(2)) for copies in (1_000, 2_000))
    assert two < 3 * one + 0.05


TABLE = (
    "NCT Number{0}Study Title{0}Study Status{0}Sex{0}Age{0}Phases{0}Conditions{0}Eligibility Criteria\n"
    "NCT09900001{0}Velorobin in exampleitis{0}RECRUITING{0}ALL{0}18-70 years{0}PHASE1/PHASE2{0}Exampleitis{0}"
    '"Inclusion Criteria:~* ECOG 0-1~* Platelets > 50 x 10^9/L~Exclusion Criteria:~* Pregnancy"\n'
    'NCT09900002{0}Walking{0}COMPLETED{0}FEMALE{0}40 years and older{0}NA{0}Samplosis{0}"* Walks less"\n'
)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_with_any_delimiter_are_read_by_the_names_of_their_columns(delimiter: str) -> None:
    source = TABLE.format(delimiter)
    assert is_table(source)
    first, second = [result.trial for result in trialparse.parse_many([source])]
    assert first is not None
    assert second is not None
    assert (first.trial_id, first.brief_title, first.overall_status) == (
        "NCT09900001",
        "Velorobin in exampleitis",
        "RECRUITING",
    )
    assert (first.phases, first.conditions) == (("PHASE1", "PHASE2"), ("Exampleitis",))
    assert [node.text for node in first.eligibility.inclusion] == ["ECOG 0-1", "Platelets > 50 x 10^9/L"]
    assert [node.text for node in first.eligibility.exclusion] == ["Pregnancy"]
    assert second.eligibility.sex == "FEMALE"
    assert second.eligibility.minimum_age is not None
    assert second.eligibility.minimum_age.value == 40
    (note,) = [note for note in first.diagnostics if note.code == "columns_read"]
    assert "criteria from 'Eligibility Criteria'" in note.message


@pytest.mark.parametrize(
    "text", ["Inclusion Criteria:\n* A, B, C", "Title, in short\nSome text", "<p>Criteria</p>", "ECOG 0-1", ""]
)
def test_pages_are_no_documents(text: str) -> None:
    assert not is_document(text)


def test_a_row_without_text_is_a_failure_that_names_its_columns() -> None:
    row = json.dumps({"number": "17", "remark": "nothing here"})
    assert "no_usable_text" in codes(trialparse.parse(row))
    (result,) = trialparse.parse_many([row])
    assert result.trial is None
    assert result.failure is not None
    assert "number, remark" in result.failure.message


def test_no_title_is_made_of_raw_json() -> None:
    trial = trialparse.parse(
        '{"nct_id": "NCT09900001", "gender": "FEMALE", "criteria": "Inclusion Criteria:\\n\\n* ECOG 0-1"}'
    )
    assert trial.brief_title is None
    assert [node.text for node in trial.eligibility.inclusion] == ["ECOG 0-1"]
    assert trial.eligibility.sex == "FEMALE"


def test_a_row_that_holds_a_page_is_read_as_that_page() -> None:
    head = "<html><body><h1>Velorobin</h1><p>NCT Number: NCT09900001</p>"
    page = f"{head}<h2>Inclusion Criteria</h2><ul><li>ECOG 0-1</li></ul></body></html>"
    source = json.dumps({"url": "https://trials.example/1", "html": page})
    trial = trialparse.parse(source)
    (node,) = trial.eligibility.inclusion
    assert node.text == "ECOG 0-1"
    assert source[node.span.start : node.span.end] == "ECOG 0-1"


def test_json_that_a_page_of_text_quotes_is_read() -> None:
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT09900001", "briefTitle": "Velorobin"},
            "eligibilityModule": {"eligibilityCriteria": "* ECOG 0-1"},
        }
    }
    call = '# An answer\n\nThe call:\n\n```json\n{"nctIds": "NCT09900001"}\n```\n\n'
    page = f"{call}```json\n{json.dumps(study, indent=2)}\n```\n"
    trial = trialparse.parse(page)
    assert (trial.source.layout, trial.brief_title) == ("ctgov_json", "Velorobin")
    assert [node.text for node in trial.eligibility.inclusion] == ["ECOG 0-1"]


def test_a_row_may_be_made_of_parts() -> None:
    row = {
        "study": {"nct_id": "NCT09900001", "title": "Velorobin"},
        "who": {"criteria": "* ECOG 0-1", "gender": "Male"},
    }
    alone, first = trialparse.parse(json.dumps(row)), trialparse.parse(json.dumps([row, row]))
    assert (alone.trial_id, alone.brief_title, alone.eligibility.sex) == ("NCT09900001", "Velorobin", "MALE")
    assert [node.text for node in alone.eligibility.inclusion] == ["ECOG 0-1"]
    assert "several_records" not in codes(alone)
    assert facts(first) == facts(alone)
    assert "several_records" in codes(first)
