"""`trialparse screen`, and the page that explains it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import regex

from tests.guides import blocks

TRIAL = "Trial number: {id}\n\nInclusion Criteria:\n\n* Platelets ≥ {least} × 10^9/L\n* ECOG 0-1\n{more}"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "trialparse", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=environment)


def block(kind: str) -> str:
    return next(each.code for each in blocks("evaluate.md") if each.kind == kind)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "patient.json").write_text(block("json"))
    (tmp_path / "pages").mkdir()
    trials = [("NCT99000001", 75, ""), ("NCT99000002", 50, ""), ("NCT99000003", 50, "* INR ≤ 1.5\n")]
    for name, least, more in trials:
        (tmp_path / "pages" / f"{name}.txt").write_text(TRIAL.format(id=name, least=least, more=more))
    return tmp_path


def test_the_guide_s_command(folder: Path) -> None:
    done = run(*block("sh").split()[1:], cwd=folder)
    assert done.returncode == 0, done.stderr
    header, *lines = done.stdout.splitlines()
    assert header.split() == ["Trial", "Outcome", "Why"]
    assert [regex.split(r" {2,}", line.strip()) for line in lines] == [
        ["NCT99000002", "met", "all 2 criteria"],
        ["NCT99000003", "unknown", "needs inr"],
        ["NCT99000001", "not met", "I1 platelets ≥ 75 10*9/L (platelets 60 10*9/L)"],
    ]


def test_lines_of_json_with_reasons_from_parsed_trials(folder: Path) -> None:
    assert run("parse", "pages", "-o", "trials.jsonl", cwd=folder).returncode == 0
    done = run("screen", "patient.json", "trials.jsonl", "--jsonl", cwd=folder)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["trial_id"], row["outcome"]) for row in found] == [
        ("NCT99000002", "met"),
        ("NCT99000003", "unknown"),
        ("NCT99000001", "not_met"),
    ]
    assert found[1]["needs"] == [{"kind": "value", "name": "inr"}]
    (reason,) = found[2]["reasons"]
    text = (folder / "pages" / "NCT99000001.txt").read_text()
    assert text[reason["span"]["start"] : reason["span"]["end"]] == reason["text"]
    assert found[2]["path"] == "pages/NCT99000001.txt"
    same = run("screen", "patient.json", "pages", "--jsonl", "--workers", "2", cwd=folder)
    assert same.stdout == done.stdout
    only = run("screen", "patient.json", "pages", "--outcome", "met", cwd=folder)
    assert only.stdout.count("NCT") == 1


def test_a_page_that_is_no_trial_and_files_passed_over_are_said(folder: Path) -> None:
    (folder / "pages" / "login.txt").write_text("Please log in.")
    (folder / "pages" / "note.docx").touch()
    done = run("screen", "patient.json", "pages", cwd=folder)
    assert done.returncode == 1
    assert "trialparse: pages/login.txt: neither a trial id nor criteria were found" in done.stderr
    assert "trialparse: inputs: 1 files of no known kind were passed over: " in done.stderr
    assert done.stdout.count("NCT") == 3


def test_what_is_wrong_is_said(folder: Path) -> None:
    (folder / "wrong.json").write_text('{"age": 3, "values": {"platelets": "3 giga"}, "wheight": 4}')
    done = run("screen", "wrong.json", "pages", cwd=folder)
    assert done.returncode == 2
    assert "wrong.json: values.platelets.0.unit: Value error, 'giga' is no unit that is known" in done.stderr
    assert "wrong.json: wheight: Extra inputs are not permitted" in done.stderr
    assert run("screen", "no.json", "pages", cwd=folder).returncode == 2
    assert run("screen", "patient.json", "nowhere", cwd=folder).returncode == 3
    assert run("screen", "patient.json", "pages", "--outcome", "good", cwd=folder).returncode == 2
