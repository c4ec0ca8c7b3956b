"""How far a run is: bytes, share, rate, time left."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest

from tests.pipeline.samples import write_lines
from trialparse.pipeline import progress
from trialparse.pipeline.inputs import Inputs
from trialparse.pipeline.progress import size_of
from trialparse.pipeline.run import Exit, Options, run


def test_lines_where_stderr_is_no_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = str(write_lines(tmp_path / "rows.jsonl", 70))
    monkeypatch.setattr(progress, "_LINE_EVERY", 1000.0)
    assert run(Options((source,), tmp_path / "out.jsonl")) == Exit.GOOD
    assert "left" not in capsys.readouterr().err  # a short run has none
    monkeypatch.setattr(progress, "_LINE_EVERY", 0.0)
    assert run(Options((source,), tmp_path / "out.jsonl")) == Exit.GOOD
    first, *_, last = [line for line in capsys.readouterr().err.splitlines() if " records, " in line]
    assert first.startswith("trialparse: 32 records, ")
    assert first.endswith(" left")
    assert last.startswith(f"trialparse: 70 records, 100% of {size_of(Path(source).stat().st_size)}, ")
    assert last.endswith("/s")  # all is read; how long the workers take is not known


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_bytes_as_they_lie_on_the_disk(tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        data = write_lines(tmp_path / "rows.jsonl", 1000).read_bytes()
        (folder / f"{number}.jsonl{suffix}").write_bytes(gzip.compress(data) if suffix else data)
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "note.docx").write_text("x" * 1000)
    inputs = Inputs([str(folder), str(tmp_path / "absent.txt")])
    size = sum((folder / f"{number}.jsonl{suffix}").stat().st_size for number in range(3))
    assert inputs.size() == size
    positions = []
    for _ in inputs:
        positions.append(inputs.position)
    assert positions == sorted(positions)
    assert len(set(positions)) > 6  # within files, too
    assert inputs.position == size
    assert [remark for remark in inputs.remarks if "passed over" in remark]


def test_what_cannot_be_told_is_not(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert Inputs(["-"]).size() is None
    monkeypatch.setattr(progress, "_LINE_EVERY", 0.0)
    with progress.progress(Inputs(["-"]), None) as show:
        show(10, 2)
    with progress.progress(Inputs(["-"]), 40) as show:
        show(10, 0)
    unknown, known = capsys.readouterr().err.splitlines()
    assert unknown.startswith("trialparse: 10 records, 2 failed, 0 bytes, ")
    assert unknown.endswith("/s")
    assert known.startswith("trialparse: 10 records, 0 bytes, 25%, ")
    assert known.endswith(" left")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_500, "2 KB"), (1_250_000, "1.2 MB"), (3 * 10**15, "3000.0 TB")],
)
def test_sizes(count: int, said: str) -> None:
    assert size_of(count) == said
