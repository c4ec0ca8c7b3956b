"""Memory stays flat however long the input is, and two workers do twice the work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.samples import write_lines

# the same trial for each record: what is measured is the way of the records, not the parser
MEASURED = """
import resource, sys
from pathlib import Path
import trialparse
from tests.pipeline.samples import page
from trialparse.pipeline import many
from trialparse.pipeline.run import Options, run
trial = trialparse.parse(page(1))
many.parse = lambda text, **_: trial
code = run(Options((sys.argv[1],), Path(sys.argv[2]), workers=int(sys.argv[3])))
print(int(code), *(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


def peaks(source: Path, out: Path, workers: int) -> tuple[int, int]:
    """Megabytes at the most, in the process that reads and writes, and in a worker."""
    command = [sys.executable, "-c", MEASURED, str(source), str(out), str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, parent, worker = map(int, done.stdout.split())
    assert code == 0
    return parent // 1024, worker // 1024


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux")
@pytest.mark.parametrize(("name", "workers", "count"), [("out.jsonl", 1, 20_000), ("tables", 2, 10_000)])
def test_memory_is_flat(tmp_path: Path, name: str, workers: int, count: int) -> None:
    if name == "tables":
        pytest.importorskip("pyarrow")
    small = peaks(write_lines(tmp_path / "small.jsonl", 1_000), tmp_path / f"small-{name}", workers)
    large = peaks(write_lines(tmp_path / "large.jsonl", count), tmp_path / f"large-{name}", workers)
    growth = [after - before for before, after in zip(small, large, strict=True)]
    assert max(growth) < 25, (small, large)


def test_the_parent_has_little_to_do(tmp_path: Path) -> None:
    """What the workers cannot share is the parent's time; it bounds what more workers bring, on any machine."""
    code = """
import resource, sys
from pathlib import Path
from trialparse.pipeline.run import Options, run
run(Options((sys.argv[1],), Path(sys.argv[2]), workers=2))
for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
    used = resource.getrusage(who)
    print(used.ru_utime + used.ru_stime)
"""
    if os.name == "nt":
        pytest.skip("no such accounts")
    source = write_lines(tmp_path / "rows.jsonl", 800)
    command = [sys.executable, "-c", code, str(source), str(tmp_path / "out.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    parent, workers = map(float, done.stdout.split())
    assert parent < 0.35 * workers, (parent, workers)
