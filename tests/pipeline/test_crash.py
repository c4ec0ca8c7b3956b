"""What a run leaves behind when it is killed, interrupted, or out of room."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.samples import COMMAND, run, short_page, write_lines
from trialparse.pipeline.journal import Journal
from trialparse.pipeline.outputs import Lines
from trialparse.pipeline.run import Exit, Options
from trialparse.pipeline.run import run as batch

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")

needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
COUNT = 400  # enough that two workers give chunks back before the last rows come
OUTPUTS = [("out.jsonl", "1"), ("out.jsonl.gz", "2"), ("tables", "2")]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines of an input, two of them broken."""
    source = write_lines(tmp_path_factory.mktemp("source") / "rows.jsonl", COUNT, short_page)
    lines = source.read_text().splitlines(keepends=True)
    lines[40] = lines[-1] = "broken\n"
    return lines


def contents(out: Path) -> dict[str, bytes]:
    """All that a run wrote."""
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    extra = [out.with_name(f"{out.name}.errors.jsonl"), out.with_name("report.json")]
    return {path.name: path.read_bytes() for path in [*files, *extra]}


# every chunk is brought to the disk at once, and not only now and then; Ctrl-C counts even if these tests run in the
# background, where a shell has it ignored
HASTY = """
import signal; signal.signal(signal.SIGINT, signal.default_int_handler)
from trialparse import cli; from trialparse.pipeline import journal; journal._EVERY = 0; cli.main()
"""


def begin(rows: list[str], out: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start a run that waits for more on its stdin, with some of what it did on the disk."""
    arguments = ["parse", "-", "-o", str(out), "--report", str(out.with_name("report.json")), *more]
    journal = out.with_name(f"{out.name}.partial") / "journal"
    before = journal.read_bytes().count(b"\n") if "--resume" in more and journal.exists() else 2
    command = [sys.executable, "-c", HASTY, *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write("".join(rows[:-40]).encode())
    process.stdin.flush()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if journal.exists() and journal.read_bytes().count(b"\n") > before:
            return process
        time.sleep(0.02)
    with process:
        process.kill()
    pytest.fail("nothing was brought to the disk")


@pytest.mark.parametrize(("name", "workers"), OUTPUTS)
def test_killed_and_resumed_equals_uninterrupted(tmp_path: Path, rows: list[str], name: str, workers: str) -> None:
    if name == "tables":
        pytest.importorskip("pyarrow")
    whole, out = tmp_path / "whole" / name, tmp_path / "cut" / name
    whole.parent.mkdir()
    out.parent.mkdir()
    text = "".join(rows)
    assert run("-", "-o", whole, "--report", whole.with_name("report.json"), input=text).returncode == 1
    for more in ([], ["--resume"]):
        with begin(rows, out, *more, "--workers", workers) as process:
            process.kill()
        assert not out.exists()
    done = run("-", "-o", out, "--report", out.with_name("report.json"), "--resume", input=text)
    assert done.returncode == 1
    assert f"{COUNT} records read = {COUNT - 2} written + 2 failed" in done.stderr
    assert contents(out) == contents(whole)
    assert sorted(each.name for each in out.parent.iterdir()) == sorted(each.name for each in whole.parent.iterdir())


@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupted(tmp_path: Path, rows: list[str], workers: str) -> None:
    out = tmp_path / "out.jsonl"
    with begin(rows, out, "--workers", workers) as process:
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert process.returncode == 130
    assert "interrupted; " in said
    assert "--resume goes on with them" in said
    assert "Traceback" not in said
    kept = int(said.partition("interrupted; ")[2].partition(" ")[0])
    assert 0 < kept < COUNT
    assert not out.exists()
    assert run("-", "-o", out, "--resume", input="".join(rows)).returncode == 1
    assert out.read_bytes().count(b"\n") == COUNT - 2


def test_resume_wants_the_same_run(tmp_path: Path, rows: list[str]) -> None:
    out = tmp_path / "out.jsonl"
    with begin(rows, out) as process:
        process.kill()
    done = run("-", "-o", out, "--resume", "--limit", "300", input="".join(rows))
    assert done.returncode == 2
    assert "other inputs or options" in done.stderr
    done = run("-", "-o", out, "--resume", input="".join(rows[:5]))
    assert done.returncode == 2
    assert "the input changed" in done.stderr


def test_one_run_at_a_time(tmp_path: Path, rows: list[str]) -> None:
    out = tmp_path / "out.jsonl"
    with begin(rows, out, "--workers", "2") as process:
        for more in ([], ["--resume"]):
            done = run("-", "-o", out, *more, input=rows[0])
            assert done.returncode == 2
            assert "another run is at work in" in done.stderr
        process.communicate("".join(rows[-40:]).encode())
    assert process.returncode == 1
    assert out.read_bytes().count(b"\n") == COUNT - 2
    assert run("-", "-o", out, input=rows[0]).returncode == 0


def test_a_journal_counts_up_to_its_last_whole_line(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    journal = Journal.create(folder, ["a", "b"], {"what": "test"}, [{"a": b"base "}])
    for number in range(3):
        journal.append({"a": b"%d" % number, "b": b"x"}, {"number": number})
    journal.sync()
    journal.append({"a": b"not synced"}, {"number": 3})
    journal.close()
    lines = (folder / "journal").read_bytes()
    (folder / "journal").write_bytes(lines[:-10])
    taken = Journal.take_up(folder)
    assert taken is not None
    journal, notes = taken
    header, *rest = notes
    assert (header["what"], [note["number"] for note in rest]) == ("test", [0, 1])
    journal.close()
    assert ((folder / "a").read_bytes(), (folder / "b").read_bytes()) == (b"base 01", b"xx")
    (folder / "a").write_bytes(b"base 0")  # bytes that never reached the disk
    taken = Journal.take_up(folder)
    assert taken is not None
    assert [note["number"] for note in list(taken[1])[1:]] == [0]
    taken[0].close()
    (folder / "a").unlink()
    assert Journal.take_up(folder) is None


def test_a_note_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though Ctrl-C came while the journal was brought to the disk, and what is done is then brought there again."""
    journal = Journal.create(tmp_path, ["a"], {})
    journal.append({"a": b"x"}, {"number": 0})
    fsync, handles = os.fsync, list[int]()

    def interrupted(handle: int) -> None:
        handles.append(handle)
        if len(handles) == 2:  # the stream comes before the journal
            raise KeyboardInterrupt
        fsync(handle)

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        journal.sync()
    journal.sync()
    journal.close()
    taken = Journal.take_up(tmp_path)
    assert taken is not None
    assert [note.get("number") for note in taken[1]] == [None, 0]
    taken[0].close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "none", folder], capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("name", ["out.jsonl", "tables"])
def test_a_full_disk(tmp_path: Path, small_disk: Path, name: str) -> None:
    if name == "tables":
        pytest.importorskip("pyarrow")
    source = write_lines(tmp_path / "rows.jsonl", 150)
    out, whole = small_disk / name, tmp_path / name
    done = run(source, "-o", out)
    assert done.returncode == 4
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
    subprocess.run(["mount", "-o", "remount,size=30m", small_disk], check=True)
    assert run(source, "-o", out, "--resume").returncode == 0
    assert run(source, "-o", whole).returncode == 0
    assert files(out) == files(whole)


LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); " + HASTY


@pytest.mark.parametrize("name", ["out.jsonl", "tables"])
def test_a_file_that_may_not_grow(tmp_path: Path, name: str) -> None:
    """A quota: what a small disk shows to root alone."""
    if name == "tables":
        pytest.importorskip("pyarrow")
    source = write_lines(tmp_path / "rows.jsonl", 150)
    out, whole = tmp_path / name, tmp_path / "whole" / name
    whole.parent.mkdir()
    command = [sys.executable, "-c", LIMITED, "parse", str(source), "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 4
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
    assert run(source, "-o", out, "--resume").returncode == 0
    assert run(source, "-o", whole).returncode == 0
    assert files(out) == files(whole)


@needs_full
def test_a_full_stdout(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "rows.jsonl", 3)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, source], stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (4, b"trialparse: cannot write: [Errno 28] No space left on device\n")


@needs_full
def test_a_disk_that_fills_up_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options((str(write_lines(tmp_path / "rows.jsonl", 3)),), tmp_path / "out.jsonl", resume=True)
    with monkeypatch.context() as patched:
        patched.setattr(Lines, "finish", lambda *_: os.write(os.open("/dev/full", os.O_WRONLY), b"x"))
        assert batch(options) == Exit.CANNOT_WRITE
    assert "No space left on device; 3 records are done" in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()
    assert batch(options) == Exit.GOOD
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 3


def cut_off(*_: Path) -> None:
    raise KeyboardInterrupt


def cut_off_aside(_: Path, out: Path, aside: Path) -> None:
    out.rename(aside)
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("step", "instead"),
    [("outputs.replace_folder", cut_off_aside), ("sinks.remove_own", cut_off)],
    ids=["the old output is aside", "the new one is there"],
)
def test_cut_off_while_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, instead: object) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    rows = write_lines(tmp_path / "rows.jsonl", 40).read_text().splitlines(keepends=True)
    options = Options((str(tmp_path / "rows.jsonl"),), tmp_path / "tables", resume=True)
    (tmp_path / "rows.jsonl").write_text("".join(rows[:3]))
    assert batch(options) == Exit.GOOD
    (tmp_path / "rows.jsonl").write_text("".join(rows))
    with monkeypatch.context() as patched:
        patched.setattr(f"trialparse.pipeline.{step}", instead)
        assert batch(options) == Exit.INTERRUPTED
    assert (tmp_path / "tables").exists() == (instead is not cut_off_aside)
    assert batch(options) == Exit.GOOD
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rows.jsonl", "tables", "tables.errors.jsonl"]
    assert pq.read_table(tmp_path / "tables" / "trials.parquet").num_rows == 40


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (sorted(out.iterdir()) if out.is_dir() else [out])}
