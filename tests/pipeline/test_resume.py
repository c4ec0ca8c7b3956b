"""A run that goes on with what another one wrote."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.pipeline.samples import BROKEN, page, rows, run, study, trial_id


def test_resume_after_a_whole_run_reads_what_is_new(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for name in ("out.jsonl", "tables"):
        pytest.importorskip("pyarrow")
        shutil.rmtree(tmp_path / "pages")
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "b.txt").write_text(page(1))
        (tmp_path / "pages" / "broken.json").write_text(BROKEN)
        assert run(tmp_path / "pages", "-o", tmp_path / name).returncode == 1
        (tmp_path / "pages" / "a.txt").write_text(page(2))
        (tmp_path / "pages" / "broken.json").write_text(json.dumps(study(3)))
        done = run(tmp_path / "pages", "-o", tmp_path / name, "--resume")
        assert "3 records read = 2 written + 0 failed + 1 passed over" in done.stderr
        assert ids(tmp_path / name) == [trial_id(1), trial_id(2), trial_id(3)]
        assert run(tmp_path / "pages", "-o", tmp_path / name, "--resume").returncode == 0
        assert ids(tmp_path / name) == [trial_id(1), trial_id(2), trial_id(3)]


@pytest.mark.parametrize("older", ["a table less", "a column less"])
def test_resume_says_that_tables_are_of_another_version(tmp_path: Path, older: str) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "b.txt").write_text(page(1))
    out = tmp_path / "tables"
    assert run(tmp_path / "b.txt", "-o", out).returncode == 0
    path = out / "requirements.parquet"
    if older == "a table less":
        path.unlink()
    else:
        pq.write_table(pq.read_table(path).drop_columns(["parent"]), path)
    before = {each.name: each.read_bytes() for each in out.iterdir()}
    done = run(tmp_path / "b.txt", "-o", out, "--resume")
    assert done.returncode == 2
    assert "tables was written by another version of trialparse: requirements is missing" in done.stderr
    assert "leave --resume out" in done.stderr
    assert {each.name: each.read_bytes() for each in out.iterdir()} == before
    assert run(tmp_path / "b.txt", "-o", out).returncode == 0
    assert ids(out) == [trial_id(1)]


def ids(out: Path) -> list[str]:
    if out.is_file():
        return [row["trial_id"] for row in rows(out)]
    pq = pytest.importorskip("pyarrow.parquet")
    return list(pq.read_table(out / "trials.parquet").column("trial_id").to_pylist())
