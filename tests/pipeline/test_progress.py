"""How far a run is: bytes, share, rate, time left."""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import time
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
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


def _zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _as_parquet(lines: list[bytes]) -> bytes:
    table = pyarrow.Table.from_pylist([json.loads(line) for line in lines])
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink, row_group_size=len(lines) // 2)
    return sink.getvalue()


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "zip", "zip.gz", "one.zip", "zips.zip", "parquet", "parquet.gz"])
def test_the_share_is_that_of_the_records(tmp_path: Path, kind: str) -> None:
    said = random.Random(7)  # what packs to next to nothing lies in a buffer as a whole
    lines = [json.dumps({"id": str(at), "text": said.randbytes(150).hex()}).encode() + b"\n" for at in range(2000)]
    data = b"".join(lines)
    members = {f"{number}.jsonl": line for number, line in enumerate(lines)}
    make = {
        "jsonl": lambda: data,
        "zip": lambda: _zipped(members),
        "one.zip": lambda: _zipped({"rows.jsonl.gz": gzip.compress(data)}),
        "zips.zip": lambda: _zipped({"a.zip": _zipped(members), "b.zip": _zipped(members)}),
        "parquet": lambda: _as_parquet(lines),
    }
    packed = make[kind.removesuffix(".gz")]()
    (tmp_path / f"in.{kind}").write_bytes(gzip.compress(packed) if kind.endswith(".gz") else packed)
    inputs = Inputs([str(tmp_path / f"in.{kind}")])
    size = inputs.size()
    assert size
    shares = [inputs.position / size for record in inputs if record.failure is None]
    assert len(shares) == len(lines) * (2 if kind == "zips.zip" else 1)
    assert shares == sorted(shares)
    assert max(abs(share - at / len(shares)) for at, share in enumerate(shares, 1)) < 0.1
    assert inputs.position == size


def test_the_time_left_of_a_resumed_run_is_that_of_its_own_pace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Inputs:
        position = 90

        def size(self) -> int:
            return 100

    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    inputs = Inputs()
    pace = progress._Pace(inputs, None, 900)  # type: ignore[arg-type]
    now = 1.0
    assert pace.line(900, 0).endswith("/s")  # what an earlier run did says nothing about the time left
    now, inputs.position = 11.0, 92
    assert pace.line(920, 0).endswith("2/s, 40 s left")


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
