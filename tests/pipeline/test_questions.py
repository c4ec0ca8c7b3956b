"""The three worked questions of docs/query.md: the tables answer what `evaluate` says of the trees."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import regex

from tests import corpus
from tests.conftest import ROOT
from tests.pipeline.test_requirements_table import agrees
from trialparse import Patient, Statement, Trial, Window
from trialparse.models.subject import subject

duckdb = pytest.importorskip("duckdb")

pytestmark = pytest.mark.shared
GUIDE = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")
QUERIES = dict(regex.findall(r'^([A-Z]++) = """(.*?)"""', GUIDE, flags=regex.DOTALL | regex.MULTILINE))
TODAY = dt.date(2025, 8, 31)


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    """The v2 records of the corpus."""
    # as a run would name their places
    return [
        each.model_copy(update={"source": each.source.model_copy(update={"path": f"{number}"})})
        for number, each in enumerate(corpus.trials("ctgov_v2.jsonl.gz"))
    ]


@pytest.fixture(scope="module")
def tables(trials: list[Trial], tmp_path_factory: pytest.TempPathFactory) -> Path:
    from trialparse.export import arrow

    folder = tmp_path_factory.mktemp("questions")
    (folder / "tables").mkdir()
    for name, batch in arrow.batches(trials).items():
        arrow.write_parquet(folder / "tables" / f"{name}.parquet", name, [batch])
    return folder


def asked(name: str, tables: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    monkeypatch.chdir(tables)
    return {row[0] for row in duckdb.sql(QUERIES[name]).fetchall()}


def put(trials: list[Trial], patient: Patient, *, out: bool) -> set[str | None]:
    """The trials that a patient is out of, or is not."""
    return {each.trial_id for each in trials if (each.evaluate(patient).outcome == "not_met") == out}


def test_platelets(trials: list[Trial], tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recruiting = [each for each in trials if each.overall_status == "RECRUITING"]
    found = put(recruiting, Patient(values={"platelets": "60 10*9/L"}), out=False)
    assert asked("ADMITTED", tables, monkeypatch) == found
    assert len(found) > 200


def test_washout(trials: list[Trial], tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(item: Statement | Window) -> dt.date | None:
        if isinstance(item, Window) or not item.windows:
            return None
        about = subject(item.text, [window.text for window in item.windows])
        return TODAY - dt.timedelta(days=35) if "chemotherapy" in (about or "") else None

    found = put(trials, Patient(today=TODAY, ask=ask), out=True)
    assert asked("WASHOUT", tables, monkeypatch) == found
    assert len(found) > 5


def test_upper_age(trials: list[Trial], tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = put(trials, Patient(age=80), out=False)
    assert asked("OLD", tables, monkeypatch) == found
    assert 300 < len(found) < len(trials) - 200


def test_every_tree_is_rebuilt(trials: list[Trial]) -> None:
    for trial in trials:
        agrees(trial)
