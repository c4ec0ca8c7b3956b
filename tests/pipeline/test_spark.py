"""Spark, Ray's and Dask's way: a frame in, a frame out; the same rows as the Parquet tables have."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")

from tests.pipeline.samples import page, trial_id  # noqa: E402
from trialparse import spark  # noqa: E402
from trialparse.export.arrow import schema  # noqa: E402
from trialparse.export.tables import TABLES  # noqa: E402
from trialparse.pipeline.frames import parse_frame  # noqa: E402

Frame = dict[str, list[Any]]


def frame(count: int) -> Frame:
    return {
        "id": [trial_id(n) for n in range(count)],
        "path": [f"pages/{n}.txt" for n in range(count)],
        "text": [page(n) for n in range(count)],
    }


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A real local Spark."""
    sql = pytest.importorskip("pyspark.sql", reason="the extra `spark` is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java here")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.host": "127.0.0.1"}
    builder = sql.SparkSession.builder.master("local[2]").appName("trialparse")
    for key, value in settings.items():
        builder = builder.config(key, value)
    found = builder.getOrCreate()
    yield found
    found.stop()


@pytest.mark.filterwarnings("ignore")  # of pyspark and pandas about each other
@pytest.mark.parametrize("table", [*TABLES, "failures"])
def test_a_spark_session(session: Any, table: str) -> None:
    columns = frame(8)
    records = session.createDataFrame(list(zip(*columns.values(), strict=True)), list(columns)).coalesce(2)
    by_arrow = records.mapInArrow(spark.into(table), spark.schema(table)).collect()
    by_pandas = records.mapInPandas(spark.into_pandas(table), spark.schema(table)).collect()
    wanted = parse_frame(pa.table(columns), table).to_pylist()
    order = str
    assert sorted((row.asDict() for row in by_arrow), key=order) == sorted(wanted, key=order)
    assert len(by_pandas) == len(wanted)


@pytest.mark.filterwarnings("ignore")
def test_a_query_in_spark(session: Any, tmp_path: Path) -> None:
    columns = frame(60)
    records = session.createDataFrame(list(zip(*columns.values(), strict=True)), list(columns))
    records.mapInArrow(spark.into("thresholds"), spark.schema("thresholds")).write.parquet(str(tmp_path / "t"))
    thresholds = session.read.parquet(str(tmp_path / "t"))
    found = thresholds.where("measure = 'platelets' and canonical_lower <= 52").select("trial_id").distinct().collect()
    assert {row.trial_id for row in found} == {trial_id(n) for n in (0, 1, 2, 50, 51, 52)}


@pytest.mark.parametrize("table", [*TABLES, "failures"])
def test_the_functions_are_picklable(table: str) -> None:
    mapper = pickle.loads(pickle.dumps(spark.into(table)))
    (found,) = mapper([pa.RecordBatch.from_pydict(frame(3))])
    assert found.schema == schema(table)


def test_what_fails_is_in_the_failures() -> None:
    rows = pa.table({"path": ["a", "b"], "text": [page(1), page(2)], "": [None, ["one cell too many"]]})
    found = parse_frame(rows, "failures").to_pylist()
    assert [(row["path"], row["stage"]) for row in found] == [("b", "read")]
    with pytest.raises(ValueError, match="no table 'people'"):
        parse_frame(rows, "people")


@pytest.mark.filterwarnings("ignore")  # of pyspark and pandas about each other
def test_every_table_in_one_pass(session: Any) -> None:
    columns = frame(12)
    columns["text"][3] = ""
    columns["text"][4] = None
    records = session.createDataFrame(list(zip(*columns.values(), strict=True)), list(columns)).repartition(3)
    read = records.mapInArrow(spark.into("every"), spark.schema("every")).persist()
    assert read.count() == 12
    for table in (*TABLES, "failures"):
        found = [row.asDict() for row in read.selectExpr(f"inline({table})").collect()]
        assert sorted(found, key=str) == sorted(parse_frame(pa.table(columns), table).to_pylist(), key=str)


def test_wrong_names_are_told_at_once() -> None:
    for wrong in (spark.into, spark.into_pandas, spark.schema):
        with pytest.raises(ValueError, match="there is no table 'trails'"):
            wrong("trails")
    with pytest.raises(ValueError, match="nonesuch"):
        spark.into("trials", layout="nonesuch")
