"""`parse_many`: order, contexts, laziness, start methods, dead workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import count, islice

import pytest

import trialparse
from tests.pipeline.samples import page, trial_id
from trialparse.pipeline.record import Record
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
    assert died == [f"{KILLER} BrokenProcessPool"] * 2


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
