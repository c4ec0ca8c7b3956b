"""Hostile inputs: data that names files, links, pipes, packed bombs."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import subprocess
import sys
import zipfile
from itertools import product
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tests.pipeline.samples import faults, found, page, rows, study, trial_id, write_lines
from trialparse.pipeline import compression, inputs, limits
from trialparse.pipeline.inputs import Inputs
from trialparse.pipeline.kinds import foreign
from trialparse.pipeline.letters import letter, letters
from trialparse.pipeline.limits import Limits
from trialparse.pipeline.record import Record
from trialparse.pipeline.run import Exit, Options, run

needs_unix = pytest.mark.skipif(os.name == "nt", reason="no such files")


# data names no file

LETTER = {"stage": "read", "error": "x", "message": "y", "raw": None}
PATHS: list[dict[str, Any]] = [
    {"path": "secret.txt"}, {"path": 5}, {"path": "-"}, {"path": "a\0b"}, {"path": "secret.txt", "row": "abc"},
    {"path": None, "raw": 7}, {"path": "secret.txt", "member": 3}, {"path": ["secret.txt"]}, {"path": True},
    {"path": "../secret.txt", "raw_length": 7}, {"path": "/dev/stdin"},
]  # fmt: skip


def put(folder: Path, kind: str, row: dict[str, Any]) -> Path:
    """A file of this kind that holds this row between two good ones."""
    table = [{"text": page(1)}, row, {"text": page(2)}]
    lines = "".join(json.dumps(each) + "\n" for each in table)
    path = folder / f"rows.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("rows.jsonl", lines)
    elif kind == "gz":
        path = folder / "rows.jsonl.gz"
        path.write_bytes(gzip.compress(lines.encode()))
    elif kind == "csv":
        import csv

        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, ["text", *LETTER, "path", "row", "member", "raw_length"])
            writer.writeheader()
            writer.writerows(table)
    else:
        path.write_text(json.dumps(table) if kind == "json" else lines)
    return path


@pytest.mark.parametrize("kind", ["jsonl", "json", "csv", "zip", "gz"])
@pytest.mark.parametrize("place", PATHS, ids=str)
def test_a_row_names_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, place: dict[str, Any]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret.txt").write_text("the secret " + page(3))
    source = put(tmp_path, kind, LETTER | place)
    opened = list[str]()
    really = inputs._open

    def noted(path: str, *, regular: bool) -> BinaryIO:
        opened.append(path)
        return really(path, regular=regular)

    monkeypatch.setattr(inputs, "_open", noted)
    first, row, last = Inputs([str(source)])
    assert opened == [str(source)]
    assert (first.shown(), last.shown()) == (page(1), page(2))
    assert "the secret" not in str(row)
    assert row.path == str(source)


@pytest.mark.parametrize("place", PATHS, ids=str)
def test_a_letter_opens_nothing_but_the_inputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: dict[str, Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret.txt").write_text("the secret " + page(3))
    Path("page.txt").write_text(page(1))
    letter_file = tmp_path / "letters.jsonl"
    letter_file.write_text(json.dumps(LETTER | place) + "\n" + json.dumps(LETTER | {"path": "page.txt"}) + "\n")
    refused, good = Inputs(["page.txt"], retry=letter_file)
    assert refused.failure is not None
    assert "the secret" not in str(refused)
    assert good == Record(page(1).encode(), "page.txt")


def test_a_letter_holds_a_piece_and_the_way_to_the_rest(tmp_path: Path) -> None:
    text = "x" * 3_000_000
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps({"text": each}) for each in ("a", text, "b")))
    line = letter(1, Record(text, str(path), row=2).failed("worker", ValueError("died")))
    assert len(line) < 2_000_000
    (tmp_path / "letters.jsonl").write_bytes(line)
    (about,) = letters(tmp_path / "letters.jsonl")
    assert about.record.text is None
    (again,) = Inputs([str(path)], retry=tmp_path / "letters.jsonl")
    assert (again.text, again.where) == (text, f"{path}:2")


# what is no file


@needs_unix
def test_links_pipes_and_sockets_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(page(1))
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "lost.txt").symlink_to("nowhere.txt")
    (folder / "inward.txt").symlink_to(folder)
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        here = os.getcwd()
        os.chdir(folder)  # its name must be short
        try:
            server.bind("s.txt")
        finally:
            os.chdir(here)
        code = run(Options((str(folder),), tmp_path / "out.jsonl"))
    assert code == Exit.SOME_FAILED
    letters = rows(tmp_path / "out.jsonl.errors.jsonl")
    assert [Path(each["path"]).name for each in letters] == ["inward.txt", "loop.txt", "lost.txt", "pipe.txt", "s.txt"]
    assert len(rows(tmp_path / "out.jsonl")) == 1
    (tmp_path / "out.jsonl").unlink()
    assert run(Options((f"{folder}/*.txt",), tmp_path / "out.jsonl")) == Exit.SOME_FAILED


@needs_unix
def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with subprocess.Popen(["sh", "-c", f"printf 'NCT99000001' > {tmp_path}/pipe.txt"]):
        (record,) = Inputs([str(tmp_path / "pipe.txt")])
    assert record.text == b"NCT99000001"


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text there")
def test_names_that_are_not_utf8_are_passed_over_by_resume(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"bad\xff.txt")).write_text(page(1))
    except OSError:
        pytest.skip("this file system takes no such names")
    for _ in range(3):
        assert run(Options((str(folder),), tmp_path / "out.jsonl", resume=True)) == Exit.GOOD
        assert [row["source"]["path"] for row in rows(tmp_path / "out.jsonl")] == [f"{folder}/bad\\udcff.txt"]


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"), (b"\n%PDF-1.4", "PDF"),
        (b"\x7fELF\x02\x01", "ELF"), (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"), (b"GIF89a\x01", "GIF"), (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml", "Office"), (b"{\\rtf1\\ansi", "rich-text"),
        (b"\x1f\x8b\x08\x00", ".gz"), (bytes(range(32)) * 9, "binary"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_as_what_it_is(tmp_path: Path, head: bytes, what: str) -> None:
    for name in ("page.txt", "page.html", "page.xml"):
        (record,) = found(name, head)
        assert record.failure is not None
        assert what in record.failure.message
    (tmp_path / "page.txt").write_bytes(head)
    done = subprocess.run(
        [sys.executable, "-m", "trialparse", "show", str(tmp_path / "page.txt")], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert what in done.stderr


TEXTS = [page(1), "PKU is excluded", "MZ twins", "a\0b" + page(2)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *product([*TEXTS, "II*", "≥", ""], ["utf-8", "utf-8-sig", "utf-16"]),
        *product(TEXTS, ["utf-16-le"]),  # without a mark, less is not known for UTF-16
    ],
)
def test_text_is_no_binary_data(text: str, encoding: str) -> None:
    assert foreign(text.encode(encoding)) is None


# too much


def bomb(suffix: str, size: int) -> bytes:
    if suffix == ".zip":
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.jsonl", b"word " * (size // 5))
        return data.getvalue()
    return compression.compress(b"word " * (size // 5), suffix)


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".zip"])
@pytest.mark.parametrize("name", ["x.jsonl", "x.txt", "x.csv", "x"])
def test_expansion_is_bounded(monkeypatch: pytest.MonkeyPatch, suffix: str, name: str) -> None:
    if suffix == ".zst":
        pytest.importorskip("zstandard")
    monkeypatch.setattr(limits.Expansion, "_FREE", 1 << 16)
    name = "x.zip" if suffix == ".zip" else name + suffix
    data = bomb(suffix, 4 << 20)
    assert "unpacks to more than 200 times its size" in faults(found(name, data))[-1]
    assert not any("unpacks" in each for each in faults(found(name, data, Limits(max_expansion=100_000))))


def test_packed_files_within_each_other_end_somewhere() -> None:
    data = page(1).encode()
    for _ in range(9):
        data = gzip.compress(data)
    assert "more than 4 deep" in faults(found("x.gz", data))[0]
    inner = page(1).encode()
    for number in range(9):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("x.zip" if number else "x.txt", inner)
        inner = file.getvalue()
    assert "more than 4 deep" in faults(found("x.zip", inner))[0]


SMALL = Limits(max_chars=70_000)
LONG = "word " * 400_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.txt", LONG), ("x.html", LONG), ("x.xml", "<a>" + LONG), ("x", LONG),
        ("x.jsonl", json.dumps({"text": "a"}) + "\n" + json.dumps({"text": LONG}) + '\n{"text": "b"}'),
        ("x.json", json.dumps([{"text": "a"}, {"text": LONG}, {"text": "b"}])),
        ("x.csv", f"text\na\n{LONG}\nb\n"), ("x.csv", f'text\na\n"{LONG}"\nb\n'),
        ("x.csv", "text\na\n\"" + "word\n" * 70_000 + "b\n"),
    ],
    ids=["txt", "html", "xml", "unnamed", "jsonl", "json", "csv", "quoted csv", "unclosed csv"],
)  # fmt: skip
def test_reading_stops_where_no_record_goes_on(name: str, data: str) -> None:
    held = [len(record.text or "") for record in found(name, data.encode(), SMALL)]
    assert max(held) <= 1 << 20  # what is kept of broken JSON
    assert sum(length > SMALL.record_bytes for length in held) <= 1
    if name in ("x.jsonl", "x.json", "x.csv") and "unclosed" not in name:
        texts = [record.text for record in found(name, data.encode(), SMALL) if record.failure is None]
        assert (texts[0], texts[-1]) == ("a", "b")


@pytest.mark.parametrize("char", ["a", "é", "≥", "😀"])
def test_a_page_that_is_cut_is_cut_between_characters(char: str) -> None:
    for more in range(5):
        bounds = Limits(max_chars=10 + more)
        (record,) = found("x.txt", (char * 1000).encode(), bounds)
        assert set(record.shown() or "") == {char}
        assert len(record.shown() or "") > bounds.max_chars


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit of memory")
def test_a_bomb_costs_itself_alone(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(page(number))
    with gzip.open(folder / "bomb.txt.gz", "wb") as file:
        for _ in range(200):
            file.write(b"0" * (1 << 20))
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20)); "
    command = [sys.executable, "-c", limited + "from trialparse.cli import main; main()", "parse", str(folder)]
    done = subprocess.run([*command, "-o", str(tmp_path / "out.jsonl")], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "4 records read = 3 written + 1 failed" in done.stderr


# what the caller asks for


def test_select_by_an_id_that_only_the_row_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(
        f"id,text\n{trial_id(3)},Inclusion Criteria: age > 17\n{trial_id(4)},Inclusion Criteria: age > 18\n"
    )
    options = Options((str(source),), tmp_path / "out.jsonl", select=(trial_id(4).lower(), trial_id(9)))
    assert run(options) == Exit.SOME_FAILED  # one of the two is not there
    assert [row["trial_id"] for row in rows(tmp_path / "out.jsonl")] == [trial_id(4)]
    assert f"no trial with the id {trial_id(9)} was found" in capsys.readouterr().err


def test_an_empty_folder_and_unknown_files_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "mixed").mkdir()
    (tmp_path / "mixed" / "a.docx").touch()
    (tmp_path / "mixed" / "b.json").write_text(json.dumps(study(1)))
    options = Options((str(tmp_path / "empty"), str(tmp_path / "mixed")), tmp_path / "out.jsonl")
    assert run(options) == Exit.GOOD
    said = capsys.readouterr().err
    assert "empty: the folder holds no file of a known kind" in said
    assert f"1 files of no known kind were passed over: {tmp_path}/mixed/a.docx" in said


def test_stdout_among_the_inputs_is_not_read(tmp_path: Path) -> None:
    write_lines(tmp_path / "rows.jsonl", 30)
    with (tmp_path / "out.jsonl").open("wb") as out:
        command = [sys.executable, "-m", "trialparse", "parse", str(tmp_path)]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, timeout=120)
    assert done.returncode == 0
    assert len(rows(tmp_path / "out.jsonl")) == 30
