"""The tables: their columns, what they hold against the JSON, and the page that explains them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import regex

import trialparse
from tests.conftest import FIXTURES, ROOT, SHARED
from tests.guides import blocks, printed
from tests.pipeline.samples import page, rows, run, study, trial_id
from trialparse.export.rows import rows as rows_of
from trialparse.export.tables import TABLES, ddl
from trialparse.models.trial import Trial

pq = pytest.importorskip("pyarrow.parquet")


def table(out: Path, name: str) -> list[dict[str, Any]]:
    return list(pq.read_table(out / f"{name}.parquet").to_pylist())


def test_rows_have_the_columns() -> None:
    from trialparse.export import arrow

    for path in sorted(FIXTURES.glob("*/*.txt")):
        trial = trialparse.parse(path.read_bytes())
        for name, found in rows_of(trial).items():
            for row in found:
                assert set(row) == {column.name for column in TABLES[name]}
            assert arrow.batches([trial])[name].to_pylist() == found
    assert ddl("failures").startswith("`id` string, `path` string, ")


def agrees(out: Path, trials: list[Trial]) -> None:
    """The tables say what the JSON says."""
    wanted = {trial.source.path for trial in trials}
    places = {row["record"]: row["path"] for row in table(out, "trials") if row["path"] in wanted}
    assert list(places.values()) == [trial.source.path for trial in trials]
    criteria, thresholds, windows = (
        [(places[row["record"]], row) for row in table(out, name) if row["record"] in places]
        for name in ("criteria", "thresholds", "windows")
    )
    assert [
        (path, row["criterion"], row["section"], row["text"], row["start"], row["end"]) for path, row in criteria
    ] == [
        (trial.source.path, each.id, section, each.text, each.span.start, each.span.end)
        for trial in trials
        for section, each in trial.eligibility.criteria()
    ]
    flat = [(trial.source.path, each) for trial in trials for each in trial.thresholds()]
    assert len(flat) == len(thresholds)
    for (path, each), (where, row) in zip(flat, thresholds, strict=True):
        limit = each.threshold
        assert (where, row["criterion"], row["text"]) == (path, each.criterion.id, limit.text)
        assert (row["measure"], row["negated"]) == (limit.measure.name, each.negated)
        for side in ("lower", "upper"):
            bound = getattr(limit, side)
            assert (row[side] is None) == (bound is None)
            if bound is not None:
                assert Decimal(repr(row[side])) == bound.value
                assert row[f"{side}_inclusive"] == bound.inclusive
    assert [(path, row["text"], row["start"]) for path, row in windows] == [
        (trial.source.path, each.window.text, each.window.span.start) for trial in trials for each in trial.windows()
    ]


def test_the_tables_say_what_the_json_says(tmp_path: Path) -> None:
    for out in ("tables", "out.jsonl"):
        assert run(FIXTURES.relative_to(ROOT), "-o", tmp_path / out, cwd=ROOT).returncode in (0, 1)
    agrees(tmp_path / "tables", [Trial.model_validate(row) for row in rows(tmp_path / "out.jsonl")])
    parents = {(row["record"], row["criterion"]) for row in table(tmp_path / "tables", "criteria")}
    for row in table(tmp_path / "tables", "criteria"):
        assert row["depth"] == 0 if row["parent"] is None else (row["record"], row["parent"]) in parents


def test_the_same_trials_give_the_same_bytes(tmp_path: Path) -> None:
    source = min(FIXTURES.glob("*/*.txt"))
    for name in ("one", "two"):
        assert run(source, "-o", tmp_path / name).returncode == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.shared
def test_the_whole_corpus_in_one_command(tmp_path: Path) -> None:
    """In = out + errors; for the smaller files tables and JSON agree, and a query gives what the JSON gives."""
    duckdb = pytest.importorskip("duckdb")
    tables, report = tmp_path / "tables", tmp_path / "report.json"
    done = run(SHARED / "corpus", "-o", tables, "--workers", "2", "--report", report)
    assert done.returncode in (0, 1), done.stderr
    counts = json.loads(report.read_text())
    failed = sum(counts["failed"].values())
    assert counts["read"] == counts["written"] + failed >= 3500
    assert f"{counts['read']:,} records read = {counts['written']:,} written + {failed} failed" in done.stderr
    assert len(table(tables, "trials")) == counts["written"]
    assert len(rows(tmp_path / "tables.errors.jsonl")) == failed
    smaller = sorted(path for path in (SHARED / "corpus").iterdir() if path.suffix != ".gz")
    assert run(*smaller, "-o", tmp_path / "out.jsonl").returncode in (0, 1)
    trials = [Trial.model_validate(row) for row in rows(tmp_path / "out.jsonl")]
    assert len(trials) > 200
    agrees(tables, trials)
    query = f"""SELECT count(*) FROM '{tables}/thresholds.parquet' JOIN '{tables}/trials.parquet' USING (record)
                WHERE measure = 'age' AND section = 'inclusion' AND canonical_lower >= 18
                AND NOT contains(path, '.gz')"""
    found = [
        each
        for trial in trials
        for each in trial.thresholds()
        if (each.threshold.measure.name, each.section) == ("age", "inclusion")
        and each.threshold.canonical is not None
        and each.threshold.canonical.lower is not None
        and each.threshold.canonical.lower >= 18
    ]
    assert duckdb.sql(query).fetchall() == [(len(found),)]
    assert len(found) > 50


# the guide


def test_the_guide_works_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its command and its two queries, over six invented pages."""
    pytest.importorskip("duckdb")
    pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    for number in (5, 10, 15):  # platelets of at least 55, 60, 65
        (tmp_path / "pages" / f"{number}.txt").write_text(page(number))
    studies = [study(7, "COMPLETED"), study(52), study(9)]
    excluded = study(52)["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]
    excluded = excluded.replace("* ALT", "* Platelets < 80,000/mm3\n* ALT")
    studies[1]["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = excluded
    (tmp_path / "pages" / "api.json").write_text(json.dumps({"studies": studies}))
    guide = blocks("query.md")
    (command,) = [each.code for each in guide if each.kind == "sh" and "trialparse parse" in each.code]
    done = run(*command.split()[2:])
    assert "6 records read = 6 written + 0 failed" in done.stderr
    shared: dict[str, Any] = {}
    by_duckdb, by_pandas, washout, old = [printed(each.code, shared) for each in guide if each.kind == "python"]
    assert (washout, old) == ("[]\n", "[]\n"), "no page names a chemotherapy, and all end at 70 years"
    wanted = {trial_id(5), trial_id(10), trial_id(9)}
    for shown in (by_duckdb, by_pandas):
        assert set(regex.findall(r"NCT\d{8}", shown)) == wanted
