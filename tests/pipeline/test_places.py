"""Nobody's file is lost: where a run may write, and what it may remove."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.samples import page, rows, write_lines
from trialparse.pipeline.run import Exit, Options, run


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An input in the folder that the test is in, with links to it, and files and folders of somebody else."""
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "a.jsonl", 3)
    Path("link.jsonl").symlink_to("a.jsonl")
    os.link("a.jsonl", "hard.jsonl")
    Path("pages").mkdir()
    Path("pages/page.txt").write_text(page(1))
    for name in ("mine", "x.partial", "tables.partial", "tables.old", "empty.jsonl.partial"):
        Path(name).mkdir()
        Path(name, "my_results.parquet").write_text("precious")
    Path("note.json").write_text('{"read": "me"}')
    Path("note.jsonl").write_text("a note\n")
    Path("trials.csv").write_text("a,b\n")
    return "a.jsonl"


REFUSED = [
    {"out": "a.jsonl"}, {"out": "link.jsonl"}, {"out": "hard.jsonl"}, {"out": "./pages/../a.jsonl"},
    {"out": "o.jsonl", "errors": "a.jsonl"}, {"out": "o.jsonl", "report": "a.jsonl"}, {"report": "link.jsonl"},
    {"errors": "hard.jsonl"}, {"out": "o.jsonl", "report": "o.jsonl"}, {"out": "o.jsonl", "errors": "o.jsonl"},
    {"out": "o.jsonl", "errors": "e", "report": "e"}, {"out": "o.jsonl", "report": "o.jsonl.errors.jsonl"},
    {"out": "o.jsonl", "report": "o.jsonl.partial"}, {"out": "tables", "report": "tables/report.json"},
    {"out": "mine"}, {"out": "x"}, {"out": "tables"}, {"out": "empty.jsonl"}, {"out": "pages"},
    {"out": "note.jsonl"}, {"out": "o.jsonl", "errors": "note.jsonl"}, {"out": "o.jsonl", "report": "note.json"},
    {"errors": "note.jsonl"}, {"report": "trials.csv"}, {"report": "pages"},
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("named", REFUSED, ids=str)
def test_refused_before_anything_is_opened(source: str, tmp_path: Path, named: dict[str, str]) -> None:
    pytest.importorskip("pyarrow")
    before = contents(tmp_path)
    options = Options((source, "pages"), **{option: Path(name) for option, name in named.items()})  # type: ignore[arg-type]
    assert run(options) == Exit.USAGE
    assert contents(tmp_path) == before


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="no devices")
@pytest.mark.parametrize("option", ["out", "errors", "report"])
def test_a_device_is_no_file(tmp_path: Path, option: str) -> None:
    """A link to one stands for it: what takes a device's place is a file."""
    device = tmp_path / "device.jsonl"
    device.symlink_to("/dev/null")
    named = {"out": tmp_path / "out.jsonl", option: device}
    assert run(Options((str(write_lines(tmp_path / "a.jsonl", 1)),), **named)) == Exit.USAGE  # type: ignore[arg-type]
    assert device.is_symlink()


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "tables"])
def test_what_we_wrote_we_replace(tmp_path: Path, name: str) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "old.new").write_text("precious")
    (tmp_path / f"{name}.old").mkdir()
    (tmp_path / f"{name}.old" / "precious").touch()
    source = str(write_lines(tmp_path / "a.jsonl", 3))
    named = {"out": tmp_path / name, "errors": tmp_path / "e", "report": tmp_path / "r"}
    for _ in range(2):
        assert run(Options((source,), **named)) == Exit.GOOD  # type: ignore[arg-type]
        there = sorted(each.name for each in tmp_path.iterdir())
        assert there == sorted(["a.jsonl", "e", name, f"{name}.old", "old.new", "r"])
    assert (tmp_path / f"{name}.old" / "precious").exists()


def test_what_strangers_put_beside_a_run_stays(tmp_path: Path) -> None:
    source = str(write_lines(tmp_path / "a.jsonl", 40))
    out = tmp_path / "out.jsonl"
    options = Options((source,), out, mode="failfast")
    with open(source, "a") as file:
        file.write("broken\n")
    assert run(options) == Exit.SOME_FAILED
    partial = tmp_path / "out.jsonl.partial"
    (partial / "thesis.doc").write_text("precious")
    assert run(Options((source,), out)) == Exit.SOME_FAILED
    assert [each.name for each in partial.iterdir()] == ["thesis.doc"]
    assert run(Options((source,), out)) == Exit.USAGE


def test_stdin_that_is_the_output(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "a.jsonl", 3)
    before = source.read_bytes()
    command = [sys.executable, "-m", "trialparse", "parse", "-", "-o", str(source)]
    with source.open("rb") as stdin:
        done = subprocess.run(command, stdin=stdin, capture_output=True, text=True)
    assert (done.returncode, source.read_bytes()) == (2, before)


def test_unfinished_work_is_not_thrown_away_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_lines(tmp_path / "a.jsonl", 40)
    with source.open("a") as file:
        file.write("broken\n")
    assert run(Options((str(source),), tmp_path / "out.jsonl", mode="failfast")) == Exit.SOME_FAILED
    assert "32 records are done" in capsys.readouterr().err
    assert run(Options((str(source),), tmp_path / "out.jsonl")) == Exit.SOME_FAILED
    assert "32 records that a run had done which was cut off are read again" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["out.jsonl", "tables"])
def test_resume_notices_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    pytest.importorskip("pyarrow")
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(page(number))
    options = Options((str(folder),), tmp_path / name, resume=True)
    assert run(options) == Exit.GOOD
    (folder / "1.txt").write_text(page(7))
    (folder / "2.txt").unlink()
    (folder / "4.txt").write_text(page(4))
    assert run(options) == Exit.GOOD
    said = capsys.readouterr().err
    assert "1 records changed since they were read; the output has them as they were" in said
    assert str(folder / "1.txt") in said
    assert "1 trials of the output are of records that are no longer in the input" in said
    assert "4 records read = 1 written + 0 failed + 3 passed over" in said
    assert run(Options((str(folder),), tmp_path / name)) == Exit.GOOD
    assert "changed" not in capsys.readouterr().err


def test_resume_notices_what_changed_in_a_run_that_was_cut_off(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_lines(tmp_path / "a.jsonl", 40)
    lines = source.read_text().splitlines(keepends=True)
    source.write_text("".join([*lines, "broken\n"]))
    assert run(Options((str(source),), tmp_path / "out.jsonl", mode="failfast")) == Exit.SOME_FAILED
    source.write_text("".join([*lines[:3], lines[3].replace("Platelets", "Thrombocytes"), *lines[4:]]))
    assert run(Options((str(source),), tmp_path / "out.jsonl", mode="failfast", resume=True)) == Exit.GOOD
    assert "1 records changed since they were read" in capsys.readouterr().err
    assert len(rows(tmp_path / "out.jsonl")) == 40
