"""Files of several records, tables and containers: every record is read, and what holds none has its reason."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.samples import page, run, study, trial_id

CRITERIA = "Inclusion Criteria:\n* ECOG 0-1\nExclusion Criteria:\n* Pregnancy"


def read(path: Path, *options: str) -> tuple[list[dict[str, Any]], str]:
    done = run(path, *options)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def texts(trial: dict[str, Any], section: str = "inclusion") -> list[str]:
    return [node["text"] for node in trial["eligibility"][section]]


def answer(number: int) -> dict[str, Any]:
    what = {"structured": {"sex": "ALL", "min_age": "18 Years", "max_age": "999 Years"}}
    item = {"display_order": 1, "inclusion_indicator": True, "description": "ECOG 0-1"}
    trial = {"nci_id": f"NCI-2099-{number:05}", "nct_id": trial_id(number), "brief_title": f"Study {number}"}
    return trial | {"eligibility": what | {"unstructured": [item]}}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("answer.json", json.dumps({"total": 2, "data": [answer(1), answer(2)]})),
        ("lines.jsonl", json.dumps(answer(1)) + "\n" + json.dumps(answer(2)) + "\n"),
        ("wrapped.jsonl", "".join(json.dumps({"type": "RECORD", "record": study(each)}) + "\n" for each in (1, 2))),
        ("hits.json", json.dumps({"hits": [{"_source": study(1)}, {"_source": study(2)}]})),
        ("pages.txt", f"nct_id|criteria\n{trial_id(1)}|ECOG 0-1\n{trial_id(2)}|ECOG 0-1\n"),
        ("semicolons.csv", f"nct_id;criteria\n{trial_id(1)};ECOG 0-1\n{trial_id(2)};ECOG 0-1\n"),
        (
            "feed.xml",
            "<?xml version='1.0'?><items>"
            + "".join(f"<item><nct_id>{trial_id(n)}</nct_id><criteria>ECOG 0-1</criteria></item>" for n in (1, 2))
            + "</items>",
        ),
    ],
)
def test_each_record_of_a_file_is_read(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    trials, _ = read(tmp_path / name)
    assert [trial["trial_id"] for trial in trials] == [trial_id(1), trial_id(2)]
    assert all(texts(trial) for trial in trials)
    assert [trial["source"]["path"] for trial in trials] == [f"{tmp_path / name}:1", f"{tmp_path / name}:2"]


def test_a_field_that_holds_a_list_is_its_lines(tmp_path: Path) -> None:
    row = {"nct_id": trial_id(1), "criteria": CRITERIA.split("\n"), "minimum_age": "18 Years"}
    (tmp_path / "items.jsonl").write_text(json.dumps(row) + "\n")
    for options in ((), ("--field", "criteria")):
        (trial,), _ = read(tmp_path / "items.jsonl", *options)
        assert (texts(trial), texts(trial, "exclusion")) == (["ECOG 0-1"], ["Pregnancy"])
        assert trial["eligibility"]["minimum_age"] == {"value": 18, "unit": "a"}


def test_a_row_without_text_is_named_with_its_columns(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"nct_id,criteria,remark\n{trial_id(1)},* ECOG 0-1,\n,,nothing\n")
    trials, said = read(tmp_path / "t.csv")
    assert [trial["trial_id"] for trial in trials] == [trial_id(1)]
    assert f"{tmp_path / 't.csv'}:2: no column holds a record's text" in said
    assert "2 records read = 1 written + 1 failed" in said


def test_what_is_called_a_table_and_is_none_is_a_page(tmp_path: Path) -> None:
    text = f"c(list(a = NULL)), x = list(\n{page(1)}"
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    (trial,), _ = read(tmp_path / "t.csv")
    assert trial["trial_id"] == trial_id(1)


def test_of_a_web_archive_only_the_pages_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.wacz", "w") as archive:
        archive.writestr("archive/page.txt", page(1))
        archive.writestr("indexes/index.txt", f"{trial_id(1)} 2024")
        archive.writestr("datapackage.json", '{"profile": "data-package", "resources": []}')
    trials, _ = read(tmp_path / "t.wacz")
    assert [trial["trial_id"] for trial in trials] == [trial_id(1)]
