"""`parse_many`: order, contexts, laziness, start methods, dead workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from itertools import count, islice
from pathlib import Path

import pytest

import trialparse
from tests.conftest import ROOT
from tests.pipeline.samples import page, rows, trial_id, write_lines
from trialparse import parse
from trialparse.models.trial import Trial
from trialparse.pipeline import many
from trialparse.pipeline import workers as pool
from trialparse.pipeline.record import Failure, Record
from trialparse.pipeline.run import Exit, Options, run
from trialparse.pipeline.workers import Workers, chunks

KILLER = -1

SCRIPT = """
import multiprocessing, sys, trialparse
from tests.pipeline.samples import page
if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    print([result.trial.trial_id for result in trialparse.parse_many(map(page, range(5)), workers=2, chunksize=2)])
"""


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("ordered", [True, False])
def test_one_result_a_record(workers: int, ordered: bool) -> None:
    pairs = [(page(n) if n % 5 else 5, f"context {n}") for n in range(23)]
    found = list(trialparse.parse_many(pairs, workers=workers, chunksize=4, ordered=ordered, as_tuples=True))
    if ordered:
        assert [result.index for result in found] == list(range(23))
    assert sorted(result.index for result in found) == list(range(23))
    for result in found:
        assert result.context == f"context {result.index}"
        if result.index % 5:
            assert result.trial is not None
            assert result.trial.trial_id == trial_id(result.index)
        else:
            assert result.trial is None
            assert result.failure is not None
            assert (result.failure.stage, result.failure.error) == ("parse", "TypeError")


@pytest.mark.parametrize("workers", [1, 2])
def test_endless_input_is_read_as_needed(workers: int) -> None:
    drawn = count()
    results = trialparse.parse_many((page(n) for n in drawn), workers=workers, chunksize=2)
    assert [result.index for result in islice(results, 3)] == [0, 1, 2]
    results.close()  # type: ignore[attr-defined]
    assert next(drawn) < 40


@pytest.mark.parametrize("source", [page(1), page(1).encode()])
def test_one_text_is_not_taken_for_many(source: str | bytes) -> None:
    with pytest.raises(TypeError, match="parse reads one"):
        trialparse.parse_many(source)


def test_origin_is_kept() -> None:
    record = Record(page(1), "crawl.warc.gz", row=7, url="https://trials.example/1")
    (result,) = trialparse.parse_many([record])
    assert result.trial is not None
    assert (result.trial.source.path, result.trial.source.url) == ("crawl.warc.gz:7", "https://trials.example/1")


def test_wrong_arguments_are_told_at_once() -> None:
    with pytest.raises(ValueError, match="nonesuch"):
        trialparse.parse_many([], layout="nonesuch")
    with pytest.raises(ValueError, match="at least 1"):
        trialparse.parse_many([], workers=0)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.skipif(os.name == "nt", reason="spawn is all there is")
def test_start_methods(method: str, tmp_path: pytest.TempPathFactory) -> None:
    script = os.path.join(str(tmp_path), "script.py")
    with open(script, "w") as file:
        file.write(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    done = subprocess.run([sys.executable, script, method], capture_output=True, text=True, env=environment)
    assert (done.stdout.strip(), done.stderr) == (str([trial_id(n) for n in range(5)]), "")


def double(chunk: list[int]) -> list[int]:
    """Work that dies of one item."""
    if KILLER in chunk:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * item for item in chunk]


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("ordered", [True, False])
def test_a_dead_worker_costs_one_item(ordered: bool) -> None:
    items = [*range(30), KILLER, *range(30, 60), KILLER, *range(60, 90)]
    died: list[str] = []

    def dead(item: int, error: BaseException) -> int:
        died.append(f"{item} {type(error).__name__}")
        return 1000

    found = [each for chunk in Workers(double, dead, 2, ordered=ordered).map(chunks(items, 7)) for each in chunk]
    wanted = [2000 if item == KILLER else 2 * item for item in items]
    assert found == wanted if ordered else sorted(found) == sorted(wanted)
    assert died == [f"{KILLER} WorkerDied"] * 2


def test_workers_do_not_outlive_their_parent() -> None:
    code = """
import os, trialparse
from tests.pipeline.samples import page
results = trialparse.parse_many((page(n) for n in range(10**6)), workers=2)
next(results)
import multiprocessing
print(*[each.pid for each in multiprocessing.active_children()], flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    workers = [int(each) for each in done.stdout.split()]
    assert len(workers) == 2
    deadline = time.monotonic() + 10
    while any(map(_lives, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_lives, workers))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as file:
            return file.read().split()[2] != "Z"
    except OSError:
        return False


def die_at(chunk: list[tuple[str, int]]) -> list[int]:
    """Work that kills its process at certain calls, counted in a file: as one who kills from outside."""
    path, calls = chunk[0][0], set[str]()
    for _ in chunk:
        with open(path, "ab+") as file:
            file.write(b".")
            calls.add(str(file.tell()))
    with open(f"{path}.kills") as file:
        if calls & set(file.read().split()):
            os.kill(os.getpid(), signal.SIGKILL)
    return [number for _, number in chunk]


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("kills", ["1 2 5", "1 2 3", "1 3 4 6", "2", "1 2 3 4 5 6 7"])
def test_workers_killed_from_outside_cost_no_item(tmp_path: Path, kills: str) -> None:
    counter = str(tmp_path / "calls")
    (tmp_path / "calls.kills").write_text(kills)
    blamed: list[str] = []

    def dead(item: tuple[str, int], error: BaseException) -> tuple[str, int]:
        blamed.append(f"{item[1]} {error}")
        return item

    items = [(counter, n) for n in range(6)]
    found = [each for chunk in Workers(die_at, dead, 2).map(chunks(items, 3)) for each in chunk]
    assert found == list(range(6))
    assert blamed == []


def sleepy(chunk: list[float]) -> list[float]:
    for item in chunk:
        time.sleep(item)
    return chunk


def test_a_worker_that_does_not_come_back_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_GRACE", 0.5)
    crew = Workers(sleepy, lambda _, error: 0.001 if type(error) is TimeoutError else 0.0, 1, timeout=0.2)
    began = time.monotonic()
    found = [each for chunk in crew.map([[0.0, 60.0, 0.0], [0.0]]) for each in chunk]
    assert found == [0.0, 0.001, 0.0, 0.0]
    assert time.monotonic() - began < 40


def doze(text: str, **_: object) -> Trial:
    if text == page(3):
        time.sleep(60)
    return parse(text)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no such alarm")
@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="the processes must know what was patched")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_record_that_takes_too_long_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(many, "parse", doze)
    results = list(trialparse.parse_many(map(page, range(6)), workers=workers, timeout=3))
    assert [result.index for result in results if result.trial is None] == [3]
    assert results[3].failure == Failure("parse", "TimeoutError", "took longer than 3 s")
    source = str(write_lines(tmp_path / "rows.jsonl", 6))
    assert run(Options((source,), tmp_path / "out.jsonl", workers=workers, record_timeout=3)) == Exit.SOME_FAILED
    (lost,) = rows(tmp_path / "out.jsonl.errors.jsonl")
    assert (lost["row"], lost["error"], lost["raw"]) == (4, "TimeoutError", page(3))


@pytest.mark.parametrize("more", [{"timeout": 0}, {"timeout": -1}, {"max_chars": -1}, {"timeout": float("nan")}])
def test_bounds_that_are_none(more: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="timeout is more than 0"):
        trialparse.parse_many([], **more)  # type: ignore[arg-type]


def test_max_chars() -> None:
    (result,) = trialparse.parse_many([page(1)], max_chars=20)
    assert result.trial is not None
    assert "source_cut" in {each.code for each in result.trial.diagnostics}


def test_a_worker_that_is_ready_has_loaded_what_records_need() -> None:
    """Else each of many that are killed in a row may die while it loads, and the record at hand is blamed."""
    script = (
        "import sys\n"
        "from tests.pipeline.samples import page\n"
        "from trialparse.lexicon.vocabulary import vocabulary\n"
        "from trialparse.pipeline.many import warm_up\n"
        "import trialparse\n"
        "warm_up()\n"
        "assert vocabulary.cache_info().misses == 2\n"
        "modules = set(sys.modules)\n"
        "for number in range(3): trialparse.parse(page(number))\n"
        "assert vocabulary.cache_info().misses == 2\n"
        "assert not {each for each in set(sys.modules) - modules if each.startswith('trialparse')}\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
