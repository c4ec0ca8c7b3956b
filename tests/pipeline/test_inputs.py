"""Every kind of input, alone and packed, whole and broken."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.samples import page, study, trial_id, write_lines
from trialparse.pipeline import jsonstream
from trialparse.pipeline.inputs import Inputs
from trialparse.pipeline.letters import letter, letters
from trialparse.pipeline.record import Record


def read(*names: str | Path) -> list[Record]:
    return list(Inputs(map(str, names)))


def texts(*names: str | Path) -> list[str | None]:
    found = read(*names)
    assert [record.failure for record in found] == [None] * len(found)
    return [record.shown() for record in found]


def csv_of(count: int, delimiter: str) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerows(
        [["nct_id", "url", "text"], *([trial_id(n), f"https://e.example/{n}", page(n)] for n in range(count))]
    )
    return file.getvalue()


PAGES = [
    {"studies": [{"text": page(0)}, {"text": page(1)}], "next": {"page": ["x"]}},
    [],
    {"totalCount": 3, "studies": [{"text": page(2)}]},
]
"""Three records as an API hands them out."""

TRIPLES: dict[str, Callable[[], str]] = {
    "rows.jsonl": lambda: "".join(json.dumps({"text": page(n)}) + "\n" for n in range(3)),
    "rows.ndjson": lambda: "\n\n".join(json.dumps(page(n)) for n in range(3)),
    "pages.jsonl": lambda: "\n".join(json.dumps(each) for each in PAGES),
    "array.json": lambda: json.dumps([{"text": page(n)} for n in range(3)], indent=2),
    "pages.json": lambda: " ".join(json.dumps(each, indent=1) for each in PAGES),
    "many.json": lambda: "\n".join(json.dumps({"text": page(n)}, indent=1) for n in range(3)),
    "rows.csv": lambda: csv_of(3, ","),
    "rows.tsv": lambda: csv_of(3, "\t"),
}


def pack(data: bytes, suffix: str) -> bytes:
    if suffix == ".zst":
        return bytes(pytest.importorskip("zstandard").ZstdCompressor().compress(data))
    return gzip.compress(data) if suffix == ".gz" else data


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize("name", TRIPLES)
def test_three_records(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / (name + suffix)
    path.write_bytes(pack(TRIPLES[name]().encode(), suffix))
    assert texts(path) == [page(n) for n in range(3)]
    assert len({record.where for record in read(path)}) == 3


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.xml", "a.page", "a"])
def test_a_page_is_its_bytes(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / (name + suffix)
    path.write_bytes(pack(page(1).encode("utf-16"), suffix))
    (record,) = read(path)
    assert record == Record(page(1).encode("utf-16"), str(path))
    assert record.shown() == page(1)


def test_a_single_study_is_the_file_to_the_letter(tmp_path: Path) -> None:
    text = "\n " + json.dumps(study(1), indent=2) + " \n"
    (tmp_path / "study.json").write_text(text)
    (record,) = read(tmp_path / "study.json")
    assert (record.text, record.where) == (text, str(tmp_path / "study.json"))


@pytest.mark.parametrize("block", [50, 1 << 18])
def test_a_page_of_studies_is_a_stream(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(jsonstream, "_BLOCK", block)
    whole = json.dumps({"totalCount": 3, "studies": [study(n) for n in range(3)], "nextPageToken": "x"}, indent=1)
    found = list(jsonstream.values(io.StringIO(whole)))
    assert [(number, value) for number, value, _ in found] == [(n + 1, study(n)) for n in range(3)]
    assert all(text in whole for _, _, text in found)
    with pytest.raises(ValueError, match="not JSON at character"):
        list(jsonstream.values(io.StringIO(whole[:-200])))


@pytest.mark.parametrize("tail", ["", ', "nextPageToken": ', ', "nextPageToken" "x"}', "} {"])
def test_a_page_of_studies_that_ends_too_early(tail: str) -> None:
    found: list[int] = []
    with pytest.raises(ValueError, match="not JSON at character"):
        found.extend(value for _, value, _ in jsonstream.values(io.StringIO('{"studies": [1, 2]' + tail)))
    assert found == [1, 2]


def test_a_line_keeps_its_number_until_a_page_comes(tmp_path: Path) -> None:
    lines = ['{"text": "one"}', "", '{"text": "two"}', '{"studies": [{"text": "three"}, {"text": "four"}]}', "broken"]
    (tmp_path / "rows.jsonl").write_text("\n".join([*lines, '{"text": "five"}']))
    assert [record.row for record in read(tmp_path / "rows.jsonl")] == [1, 3, 4, 5, 6, 7]


def test_a_zip_of_pages(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("__MACOSX/a.txt", "no page")
        archive.writestr("a/one.txt", page(1))
        archive.writestr("a/two.jsonl", json.dumps({"text": page(2)}) + "\n" + json.dumps({"text": page(3)}))
    assert texts(tmp_path / "pages.zip") == [page(1), page(2), page(3)]
    places = [record.where for record in read(tmp_path / "pages.zip")]
    assert places == [f"{tmp_path}/pages.zip/{name}" for name in ("a/one.txt", "a/two.jsonl:1", "a/two.jsonl:2")]


def test_parquet_with_a_text_column(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    columns = {"nct_id": [trial_id(1), trial_id(2)], "text": [page(1), page(2)], "url": ["https://e.example/1", None]}
    pq.write_table(pa.table(columns), tmp_path / "rows.parquet")
    assert texts(tmp_path / "rows.parquet") == [page(1), page(2)]
    assert [(each.id, each.url) for each in read(tmp_path / "rows.parquet")] == [
        (trial_id(1), "https://e.example/1"),
        (trial_id(2), None),
    ]


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # warcio's writer
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_warc(tmp_path: Path, suffix: str) -> None:
    """A real WARC, written by warcio: pages with their URLs, nothing else."""
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    answers = [
        ("200 OK", "text/html; charset=utf-8", page(1).encode(), {}),
        ("404 Not Found", "text/html", b"not here", {}),
        ("200 OK", "image/png", b"\x89PNG", {}),
        ("200 OK", "text/plain; charset=iso-8859-1", "Größe ≥".encode("latin-1", "replace"), {}),
        ("200 OK", "application/json", gzip.compress(json.dumps(study(2)).encode()), {"Content-Encoding": "gzip"}),
    ]
    path = tmp_path / f"crawl.warc{suffix}"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=bool(suffix))
        writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "test"}))
        for number, (status, kind, body, more) in enumerate(answers):
            headers = StatusAndHeaders(status, [("Content-Type", kind), *more.items()], protocol="HTTP/1.0")
            url = f"https://trials.example/{number}"
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers))
    found = read(path)
    assert [record.url for record in found] == [f"https://trials.example/{number}" for number in (0, 3, 4)]
    assert [record.shown() for record in found] == [page(1), "Größe ?", json.dumps(study(2))]
    path.write_bytes(path.read_bytes()[:-120])
    *_, last = read(path)
    assert last.failure is not None


def test_ictrp_xml_is_a_stream(tmp_path: Path) -> None:
    trials = "".join(f"<Trial>\n<TrialID>{trial_id(n)}</TrialID>{' ' * 40_000}</Trial>\n" for n in range(3))
    head = '<?xml version="1.0"?><Trials_downloaded_from_ICTRP>'
    (tmp_path / "ictrp.xml").write_text(f"{head}{trials}</Trials_downloaded_from_ICTRP>")
    assert texts(tmp_path / "ictrp.xml") == [f"{each}</Trial>" for each in trials.split("</Trial>\n")[:3]]
    (tmp_path / "ictrp.xml").write_text(f"{head}{trials[:-100]}")
    *good, bad = read(tmp_path / "ictrp.xml")
    assert [len(good), bad.failure and bad.failure.error] == [2, "EOFError"]


def test_folders_and_globs_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.html", ".hidden.txt", "c.docx", "d.txt.gz"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(pack(b"x", path.suffix))
    inputs = Inputs([str(tmp_path)], without=[tmp_path / "a.html"])
    assert [record.where for record in inputs] == [f"{tmp_path}/{name}" for name in ("b/1.txt", "b/2.txt", "d.txt.gz")]
    assert inputs.remarks == [f"1 files of no known kind were passed over: {tmp_path}/c.docx"]
    assert [record.where for record in read(f"{tmp_path}/**/*.txt")] == [f"{tmp_path}/b/{n}.txt" for n in (1, 2)]
    (missing,) = read(f"{tmp_path}/*.pdf")
    assert missing.failure is not None
    assert missing.failure.message == "no file matches"


@pytest.mark.parametrize("name", ["rows.jsonl", "array.json", "pages.jsonl", "pages.json"])
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_stdin_is_judged_by_its_first_bytes(name: str, suffix: str) -> None:
    code = "import sys; from trialparse.pipeline.inputs import Inputs; print([r.where for r in Inputs(['-'])])"
    data = pack(TRIPLES[name]().encode(), suffix)
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "['stdin:1', 'stdin:2', 'stdin:3']"


def test_long_lines_on_stdin_are_lines() -> None:
    """So that a broken one costs itself alone."""
    row = json.dumps({"text": "x" * 200_000})
    code = "from trialparse.pipeline.inputs import Inputs; print([r.failure is None for r in Inputs(['-'])])"
    data = "\n".join([row, row[:-2], row]).encode()
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[True, False, True]"


# broken input: what is whole comes out, the rest is one failure


def broken(path: Path) -> tuple[int, str]:
    *good, bad = read(path)
    assert [record.failure for record in good] == [None] * len(good)
    assert bad.failure is not None
    assert (bad.failure.stage, bad.path) == ("read", str(path))
    return len(good), bad.failure.error


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_compressed_file_cut_short(tmp_path: Path, suffix: str) -> None:
    data = write_lines(tmp_path / "rows.jsonl", 2000).read_bytes()
    path = tmp_path / f"rows.jsonl{suffix}"
    packed = pack(data, suffix)
    path.write_bytes(packed[: len(packed) // 2])
    count, error = broken(path)
    assert 0 < count < 2000
    assert error == "ValueError"


def test_a_corrupt_gzip(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(write_lines(tmp_path / "rows.jsonl", 2000).read_bytes()))
    packed[len(packed) // 2] ^= 0xFF
    (tmp_path / "rows.jsonl.gz").write_bytes(packed)
    *found, last = read(tmp_path / "rows.jsonl.gz")
    assert last.failure is not None
    good = [record.text for record in found if record.failure is None]
    assert good[:500] == [page(n) for n in range(500)]


def test_a_parquet_cut_short(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"text": [page(n) for n in range(100)]}), tmp_path / "rows.parquet")
    data = (tmp_path / "rows.parquet").read_bytes()
    (tmp_path / "rows.parquet").write_bytes(data[: len(data) // 2])
    assert broken(tmp_path / "rows.parquet") == (0, "ArrowInvalid")


def test_a_broken_member_costs_itself_alone(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("1.txt", page(1))
        archive.writestr("2.txt", page(2))
    data = (tmp_path / "pages.zip").read_bytes()
    (tmp_path / "pages.zip").write_bytes(data.replace(b"Study 1 of", b"Study 9 of"))
    bad, good = read(tmp_path / "pages.zip")
    assert (bad.member, bad.failure and bad.failure.error, good.shown()) == ("1.txt", "BadZipFile", page(2))


def test_a_broken_line_costs_itself_alone(tmp_path: Path) -> None:
    lines = [b'{"text": "one"}', b'{"text": ', b"[1]", b'{"text": "\xe9"}', b"[" * 100_000, b'{"text": "two"}']
    (tmp_path / "rows.jsonl").write_bytes(b"\n".join(lines))
    found = read(tmp_path / "rows.jsonl")
    assert [record.failure is None for record in found] == [True, False, False, True, False, True]
    assert [record.where for record in found] == [f"{tmp_path}/rows.jsonl:{n}" for n in range(1, 7)]
    assert (found[3].text, found[3].shown()) == (b"\xe9", "é")


def written(path: Path, *lines: bytes) -> list[Record]:
    """What letters, put into a file, are about."""
    path.write_bytes(b"".join(lines))
    return [each.record for each in letters(path)]


def test_a_dead_letter_is_the_record_again(tmp_path: Path) -> None:
    record = Record(page(1), "a.zip", "b.jsonl", 3, "https://e.example", trial_id(1))
    parsed = record.failed("parse", ValueError("boom"))
    line = Record('{"text": "x"}', "c.jsonl", row=2).failed("read", ValueError("was broken"))
    broken = Record("broken", "c.jsonl", row=2).failed("read", ValueError("was broken"))
    first, second, third = written(tmp_path / "letters", letter(7, parsed), letter(7, line), letter(7, broken))
    assert (first, second) == (record, Record("x", "c.jsonl", row=2))
    assert (third.text, third.where, third.failure and third.failure.stage) == ("broken", "c.jsonl:2", "read")


def test_a_letter_about_a_file_reads_the_rest_of_it(tmp_path: Path) -> None:
    data = write_lines(tmp_path / "rows.jsonl", 2000).read_bytes()
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(data)[:-5000])
    *good, bad = read(path)
    (tmp_path / "letters.jsonl").write_bytes(letter(len(good), bad))
    path.write_bytes(gzip.compress(data))  # mended
    rest = list(Inputs([str(path)], retry=tmp_path / "letters.jsonl"))
    assert [record.where for record in (*good, *rest)] == [f"{path}:{n}" for n in range(1, 2001)]
    (refused,) = Inputs([], retry=tmp_path / "letters.jsonl")
    assert "name " + str(path) in (refused.failure.message if refused.failure else "")
