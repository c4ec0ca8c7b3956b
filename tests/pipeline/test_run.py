"""A batch as a command: what it writes, says and returns."""

from __future__ import annotations

import gzip
import json
import os
import pty
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import trialparse
from tests.pipeline.samples import BROKEN, COMMAND, page, rows, run, run_unprivileged, study, trial_id, write_lines
from trialparse import cli
from trialparse.models.trial import Trial
from trialparse.pipeline import run as batch
from trialparse.pipeline import workers
from trialparse.pipeline.batch import Job
from trialparse.pipeline.outputs import Lines
from trialparse.pipeline.record import Record


def test_lines_are_what_parse_gives(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "rows.jsonl", 70)
    done = run(source, "-o", tmp_path / "out.jsonl", "--workers", "2")
    assert (done.returncode, done.stdout) == (0, "")
    assert "70 records read = 70 written + 0 failed" in done.stderr
    trials = [Trial.model_validate(row) for row in rows(tmp_path / "out.jsonl")]
    assert [trial.source.path for trial in trials] == [f"{source}:{n}" for n in range(1, 71)]
    assert [trial.source.url for trial in trials] == [f"https://trials.example/{n}" for n in range(70)]
    for number, trial in enumerate(trials):
        alone = trialparse.parse(page(number))
        assert trial.model_copy(update={"source": alone.source}) == alone
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.jsonl", "out.jsonl.errors.jsonl", "rows.jsonl"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_packed_lines(tmp_path: Path, suffix: str) -> None:
    source = write_lines(tmp_path / "rows.jsonl", 40)
    assert run(source, "-o", tmp_path / "plain.jsonl").returncode == 0
    assert run(source, "-o", tmp_path / f"out.jsonl{suffix}").returncode == 0
    data = (tmp_path / f"out.jsonl{suffix}").read_bytes()
    if suffix == ".gz":
        data = gzip.decompress(data)
    else:
        decompressor = pytest.importorskip("zstandard").ZstdDecompressor()
        with decompressor.stream_reader(data, read_across_frames=True) as reader:
            data = reader.read()
    assert data == (tmp_path / "plain.jsonl").read_bytes()


def test_nothing_disappears(tmp_path: Path) -> None:
    """In = out + errors; the dead letters, mended, are the input of the next run."""
    source = write_lines(tmp_path / "rows.jsonl", 5)
    lines = source.read_text().splitlines()
    lines[2] = BROKEN
    source.write_text("\n".join(lines))
    done = run(source, tmp_path / "absent.txt", "-o", tmp_path / "out.jsonl", "--report", tmp_path / "report.json")
    assert done.returncode == 1
    assert "6 records read = 4 written + 2 failed" in done.stderr
    assert f"{source}:3: " in done.stderr
    first, second = rows(tmp_path / "out.jsonl.errors.jsonl")
    assert (first["index"], first["stage"], first["path"], first["row"], first["raw"]) == (
        2,
        "read",
        str(source),
        3,
        BROKEN,
    )
    assert (second["index"], second["error"], second["raw"]) == (5, "FileNotFoundError", None)
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["read"], report["written"], report["failed"]) == (6, 4, {"read": 2})
    (tmp_path / "absent.txt").write_text(page(8))
    letters = tmp_path / "letters.jsonl"
    mended = {**first, "raw": json.dumps({"text": page(7)})}
    letters.write_text(json.dumps(mended) + "\n" + json.dumps(second) + "\n")
    done = run(tmp_path / "absent.txt", "--retry", letters, "-o", tmp_path / "rest.jsonl")
    assert done.returncode == 0
    found = [(row["trial_id"], row["source"]["path"]) for row in rows(tmp_path / "rest.jsonl")]
    assert found == [(trial_id(7), f"{source}:3"), (trial_id(8), str(tmp_path / "absent.txt"))]


@pytest.mark.parametrize(("mode", "written", "failed"), [("permissive", 3, 0), ("drop", 2, 1)])
def test_modes(tmp_path: Path, mode: str, written: int, failed: int) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text(
        "\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate([page(1), " ", page(2)]))
    )
    done = run(source, "-o", tmp_path / "out.jsonl", "--mode", mode)
    assert done.returncode == 1
    assert f"= {written} written + {failed} failed" in done.stderr
    assert ":2: the source holds no text" in done.stderr
    letters = rows(tmp_path / "out.jsonl.errors.jsonl")
    assert [(row["id"], row["stage"], row["error"], row["raw"]) for row in letters] == [
        ("1", "parse", "empty_source", " ")
    ] * failed


def test_failfast_keeps_what_is_done(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "rows.jsonl", 80)
    lines = source.read_text().splitlines()
    source.write_text("\n".join([*lines[:40], BROKEN, *lines[41:]]))
    out = tmp_path / "out.jsonl"
    done = run(source, "-o", out, "--mode", "failfast")
    assert done.returncode == 1
    assert f"stopped at the first failure: {source}:41" in done.stderr
    assert not out.exists()
    source.write_text("\n".join(lines))
    assert run(source, "-o", out, "--mode", "failfast", "--resume").returncode == 0
    assert len(rows(out)) == 80


def test_limit_and_select(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "rows.jsonl", 20)
    assert len(run(source, "--limit", "3").stdout.splitlines()) == 3
    done = run(source, "--select", trial_id(7), "--select", trial_id(9), "-o", tmp_path / "out.jsonl")
    assert done.returncode == 0
    assert [row["trial_id"] for row in rows(tmp_path / "out.jsonl")] == [trial_id(7), trial_id(9)]
    assert "20 records read = 2 written + 0 failed + 18 passed over" in done.stderr


def test_a_trial_that_was_asked_for_and_is_not_there(tmp_path: Path) -> None:
    """It is said, and the exit code says so; but not of what an earlier run has written."""
    source = write_lines(tmp_path / "rows.jsonl", 5)
    done = run(source, "--select", trial_id(3), "--select", trial_id(9), "-o", tmp_path / "out.jsonl")
    assert done.returncode == 1
    assert f"no trial with the id {trial_id(9)} was found\n" in done.stderr
    assert trial_id(3) not in done.stderr
    resumed = run(source, "--select", trial_id(3), "--select", trial_id(9), "-o", tmp_path / "out.jsonl", "--resume")
    assert resumed.returncode == 0
    assert f"no trial with the id {trial_id(3)} was found among what is new" in resumed.stderr
    assert [row["trial_id"] for row in rows(tmp_path / "out.jsonl")] == [trial_id(3)]


@pytest.mark.parametrize("command", [("parse",), ("report",), ("convert", "--to", "fhir-r5")])
def test_a_folder_without_records(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "pages").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "trialparse", *command, "pages"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 3
    assert "pages: the folder holds no file of a known kind" in done.stderr


def test_a_page_of_studies_is_many_records(tmp_path: Path) -> None:
    (tmp_path / "page.json").write_text(json.dumps({"studies": [study(n) for n in range(3)]}))
    done = run("-", input=(tmp_path / "page.json").read_text())
    assert [json.loads(line)["trial_id"] for line in done.stdout.splitlines()] == [trial_id(n) for n in range(3)]


def test_report(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "rows.jsonl", 10)
    run(source, "-o", tmp_path / "out.jsonl", "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    trials = [Trial.model_validate(row) for row in rows(tmp_path / "out.jsonl")]
    assert report["layouts"] == {trials[0].source.layout: 10}
    assert report["thresholds"] == sum(len(trial.thresholds()) for trial in trials)
    assert report["windows"] == sum(len(trial.windows()) for trial in trials)
    # platelets 2 (of three: 10^9 is one numeral), age 2, hemoglobin 1, 14 days, ALT; the cohort is not understood
    assert report["numerals"]["total"] - report["numerals"]["explained"] == 10
    assert report["not_understood"] == [{"text": "Cohort # of the ledger", "count": 10}]


def test_nothing_readable_leaves_the_old_output(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(write_lines(tmp_path / "old.jsonl", 1), "-o", out)
    old = out.read_text()
    (tmp_path / "rows.jsonl").write_text(BROKEN)
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "rows.jsonl", tmp_path / "absent", tmp_path / "empty"):
        assert run(source, "-o", out).returncode == 3
        assert out.read_text() == old
        assert not (tmp_path / "out.jsonl.partial").exists()


@pytest.mark.parametrize("name", ["out.txt", "out.parquet.gz", "no/such/folder.jsonl", "taken"])
def test_outputs_that_cannot_be(tmp_path: Path, name: str) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.doc").touch()
    done = run(write_lines(tmp_path / "rows.jsonl", 1), "-o", tmp_path / name)
    assert done.returncode == 2
    assert name.partition("/")[0] in done.stderr
    assert (tmp_path / "taken" / "thesis.doc").exists()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user reaches, with a page, and a file and a folder that few may read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "out").mkdir()
        (folder / "out").chmod(0o777)
        (folder / "pages").mkdir()
        (folder / "pages" / "open.txt").write_text(page(1))
        (folder / "pages" / "secret.txt").touch(mode=0o000)
        (folder / "pages" / "shut").mkdir(mode=0o000)
        yield folder


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
def test_without_permission(open_folder: Path) -> None:
    pages, out = open_folder / "pages", open_folder / "out" / "out.jsonl"
    done = run_unprivileged(pages, "-o", out)
    assert done.returncode == 1
    assert "3 records read = 1 written + 2 failed" in done.stderr
    letters = rows(out.with_name("out.jsonl.errors.jsonl"))
    assert [(each["path"], each["message"]) for each in letters] == [
        (str(pages / name), "Permission denied") for name in ("secret.txt", "shut")
    ]
    done = run_unprivileged(pages / "shut", "-o", out)
    assert done.returncode == 3
    assert "shut: Permission denied" in done.stderr
    assert len(rows(out)) == 1
    done = run_unprivileged(pages / "open.txt", "-o", pages / "out.jsonl")
    assert done.returncode == 4
    assert "cannot write: [Errno 13] Permission denied" in done.stderr


@pytest.mark.parametrize("name", ["cut.jsonl.gz", "cut.parquet"])
def test_a_broken_file_among_good_ones(tmp_path: Path, name: str) -> None:
    source = write_lines(tmp_path / "rows.jsonl", 100)
    broken = tmp_path / name
    if name.endswith(".gz"):
        broken.write_bytes(gzip.compress(source.read_bytes()))
    else:
        pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        pq.write_table(pa.table({"text": [page(n) for n in range(100)]}), broken)
    whole = broken.read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    out = tmp_path / "out.jsonl"
    done = run(broken, source, "-o", out)
    assert done.returncode == 1
    assert f"trialparse: {broken}" in done.stderr
    first = len(rows(out)) - 100
    assert f"{first + 101} records read = {first + 100} written + 1 failed" in done.stderr
    broken.write_bytes(whole)  # mended: the dead letter is the way to the rest of it
    assert run(broken, "--retry", f"{out}.errors.jsonl", "-o", tmp_path / "rest.jsonl").returncode == 0
    assert first + len(rows(tmp_path / "rest.jsonl")) == 100


def test_a_row_may_know_its_trial_better_than_its_text(tmp_path: Path) -> None:
    text = "Inclusion Criteria:\n* Platelets ≥ 75 × 10^9/L\n"
    ids = ["nct99000001", trial_id(2), "row 3"]
    texts = [text, page(1), text]
    lines = [json.dumps({"id": each, "text": text}) for each, text in zip(ids, texts, strict=True)]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines))
    found = [json.loads(line) for line in run(tmp_path / "rows.jsonl").stdout.splitlines()]
    assert [row["trial_id"] for row in found] == [trial_id(1), trial_id(1), None]
    named = ["ClinicalTrials.gov", "ClinicalTrials.gov", None]
    assert [row["registry"] for row in found] == [row["source"]["registry"] for row in found] == named


MISSING = "import sys; sys.modules.update(dict.fromkeys(['pyarrow', 'warcio', 'zstandard'])); "


@pytest.mark.parametrize(
    ("source", "out", "code", "said"),
    [
        ("rows.jsonl", "tables", 2, 'pyarrow is missing: pip install "trialparse[parquet]"'),
        ("rows.jsonl", "out.jsonl.zst", 2, 'zstandard is missing: pip install "trialparse[zstd]"'),
        ("x.zst", "out.jsonl", 3, 'x.zst: zstandard is missing: pip install "trialparse[zstd]"'),
        ("x.parquet", "out.jsonl", 3, 'x.parquet: pyarrow is missing: pip install "trialparse[parquet]"'),
        ("x.warc", "out.jsonl", 3, 'x.warc: warcio is missing: pip install "trialparse[warc]"'),
    ],
)
def test_an_extra_that_is_not_installed(tmp_path: Path, source: str, out: str, code: int, said: str) -> None:
    write_lines(tmp_path / "rows.jsonl", 1)
    (tmp_path / "x.zst").write_bytes(b"x")
    (tmp_path / "x.parquet").touch()
    (tmp_path / "x.warc").touch()
    command = [sys.executable, "-c", f"{MISSING}from trialparse import cli; cli.main()", "parse"]
    done = subprocess.run([*command, tmp_path / source, "-o", tmp_path / out], capture_output=True, text=True)
    assert done.returncode == code
    assert said in done.stderr
    assert not (tmp_path / out).exists()


def test_the_output_may_lie_in_the_input_folder(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(page(1))
    for _ in range(2):
        assert run(tmp_path, "-o", tmp_path / "out.jsonl", "--report", tmp_path / "report.json").returncode == 0
        assert len(rows(tmp_path / "out.jsonl")) == 1


def test_a_bar_on_a_terminal_only(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "rows.jsonl", 80)
    assert "━" not in run(source, "-o", tmp_path / "out.jsonl").stderr
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", "COLUMNS": "80"}
    command = [*COMMAND, str(source), "-o", str(tmp_path / "out.jsonl")]
    with subprocess.Popen(command, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while block := _read(ours):
            shown += block
    os.close(ours)
    assert process.returncode == 0
    assert "━" in shown.decode()
    assert "80 written" in shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # how a terminal says that nobody writes to it any more
        return b""


def test_what_cannot_be_written_is_a_dead_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    def dump(self: Trial) -> str:
        if self.trial_id == trial_id(2):
            raise UnicodeEncodeError("utf-8", "x", 0, 1, "no")
        return f"{self.trial_id}"

    monkeypatch.setattr(Trial, "model_dump_json", dump)
    part = Job(Lines("")).read([(n, Record(page(n))) for n in range(4)])
    assert part.streams["output"].decode().split() == [trial_id(n) for n in (0, 1, 3)]
    assert json.loads(part.streams["errors"])["stage"] == "write"
    assert (part.tally.read, part.tally.written, part.tally.failed.total()) == (4, 3, 1)


def test_the_help_lists_the_exit_codes() -> None:
    told = str(cli.app.info.epilog).removeprefix("Exit codes: ").split("; ")
    assert [int(each.partition(" ")[0]) for each in told] == [each.value for each in batch.Exit]


def refused(*_: object) -> None:
    raise OSError("no more processes")


@pytest.mark.parametrize("command", ["screen", "convert", "report"])
def test_a_command_whose_processes_cannot_work_says_so(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "patient.json").write_text("{}")
    source, out = write_lines(tmp_path / "rows.jsonl", 3), tmp_path / "out"
    by_command: dict[str, list[str | Path]] = {
        "screen": [tmp_path / "patient.json", source],
        "convert": ["--to", "fhir-r5", source, "-o", out],
        "report": [source, "-o", out],
    }
    monkeypatch.setattr(workers, "_Worker", refused)
    monkeypatch.setattr(sys, "argv", ["trialparse", command, *map(str, by_command[command]), "--workers", "2"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == batch.Exit.NO_WORKERS
    assert "trialparse: no process can be started: no more processes" in capsys.readouterr().err
    assert not out.exists()


def test_a_run_whose_processes_cannot_work_ends_with_a_code_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = write_lines(tmp_path / "rows.jsonl", 3), tmp_path / "out.jsonl"
    options = batch.Options((str(source),), out, workers=2)
    with monkeypatch.context() as patched:
        patched.setattr(workers, "_Worker", refused)
        assert batch.run(options) == batch.Exit.NO_WORKERS
    assert "no process can be started: no more processes" in capsys.readouterr().err
    assert not out.exists()
    assert batch.run(replace(options, resume=True)) == batch.Exit.GOOD
    assert len(rows(out)) == 3


def test_what_is_replaced_is_said(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(page(1))
    first = run(tmp_path / "page.txt", "-o", tmp_path / "out.jsonl")
    assert "earlier run" not in first.stderr
    again = run(tmp_path / "page.txt", "-o", tmp_path / "out.jsonl")
    assert "out.jsonl: what an earlier run wrote was replaced (--resume adds to it)" in again.stderr
    resumed = run(tmp_path / "page.txt", "-o", tmp_path / "out.jsonl", "--resume")
    assert "earlier run" not in resumed.stderr
