"""Damaged inputs: each bad byte, quote or element costs its row, and a file that is cut says so."""

from __future__ import annotations

import io

import pytest

from tests.pipeline.samples import faults, found, trial_id


def test_one_bad_byte_costs_nothing() -> None:
    """It is read as Windows-1252, and the trial says so."""
    cells = [f"row {n}" for n in range(1000)]
    cells[500] = "caf\xe9"
    lines = "\n".join(["text", *cells]).encode("windows-1252")
    array = ("[" + ",".join(f'{{"text":"{each}"}}' for each in cells) + "]").encode("windows-1252")
    for name, data in (("x.csv", lines), ("x.tsv", lines), ("x.json", array), ("x.jsonl", array)):
        read = found(name, data)
        assert faults(read) == []
        assert [record.shown() for record in read] == cells
        assert read[500].text == b"caf\xe9"


@pytest.mark.parametrize("bad", ['5,"abc"def"', '5,"abc', '5,"abc""', '5,"a"b"c', '"5,abc'])
@pytest.mark.parametrize("quoted", [True, False])
def test_one_bad_quote_costs_its_row(bad: str, quoted: bool) -> None:
    lines = ["id,text", *(f'{n},"row {n}"' if quoted else f"{n},row {n}" for n in range(1000))]
    lines[6] = bad
    read = found("x.csv", "\r\n".join(lines).encode())
    good = [record.text for record in read if record.failure is None]
    assert good == [f"row {n}" for n in range(1000) if n != 5]
    assert [record.row for record in read if record.failure is not None] == [6]


def test_a_cell_may_go_over_lines() -> None:
    read = found("x.csv", b'id,text\n1,"one\n\ntwo ""three"""\n2,four\n')
    assert [record.text for record in read] == ['one\n\ntwo "three"', "four"]


def test_columns_of_one_name() -> None:
    assert faults(found("x.csv", b'text,text\n"A","B"')) == ["two columns are named 'text'; rename one"]
    assert [record.text for record in found("x.csv", b"x,text,x\n1,A,2")] == ["A"]


@pytest.mark.parametrize(
    "bad",
    ['{"n": ' + "1" * 5000 + "}", "1" * 5000, "[" * 50_000 + "]" * 50_000, '{"a": ' * 50_000 + "1" + "}" * 50_000,
     '{"a" 5}', '{"a": "\\x"}', "7", '{"a": "]}", "b": }'],
    ids=["number", "bare number", "deep", "deep objects", "colon", "escape", "no record", "brackets in strings"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["x.json", "x.jsonl"])
def test_a_bad_element_costs_itself(bad: str, name: str) -> None:
    parts = ['{"text": "a"}', bad, '{"text": "b"}']
    read = found(name, ("[" + ", ".join(parts) + "]" if name == "x.json" else "\n".join(parts)).encode())
    assert [record.text for record in read if record.failure is None] == ["a", "b"]
    assert len(faults(read)) == 1


def test_json_in_utf16() -> None:
    assert [each.text for each in found("x.json", '[{"text": "≥"}]'.encode("utf-16"))] == ["≥"]
    assert [each.text for each in found("x.csv", "text\n≥\n".encode("utf-16"))] == ["≥"]


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # warcio's writer
def test_a_warc_cut_anywhere_says_so() -> None:
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    ends = []
    for number in range(3):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
        body = io.BytesIO(b"<p>page %d WARC/</p>" % number)
        url = f"https://trials.example/{number}"
        writer.write_record(writer.create_warc_record(url, "response", body, http_headers=headers))
        ends.append(file.tell())
    data = file.getvalue()
    assert faults(found("x.warc", data)) == []
    quiet = [cut for cut in range(1, len(data)) if not faults(found("x.warc", data[:cut]))]
    assert quiet == ends[:-1]


def test_an_ictrp_file_that_is_damaged_says_so() -> None:
    head = b'<?xml version="1.0"?>\n<Trials_downloaded_from_ICTRP>\n'
    trials = [b"<Trial><TrialID>%s</TrialID></Trial>" % trial_id(n).encode() for n in range(3)]
    data = head + b"\n".join(trials) + b"\n</Trials_downloaded_from_ICTRP>\n"
    assert faults(found("x.xml", data)) == []
    assert not [cut for cut in range(len(head), len(data) - 2) if not faults(found("x.xml", data[:cut]))]
    for old, new in ((b"<Trial>", b"<Tri>"), (b"</Trial>", b"</Tri>")):
        read = found("x.xml", data.replace(trials[1], trials[1].replace(old, new)))
        assert [record.text for record in read if record.failure is None] == [trials[0], trials[2]]
        assert len(faults(read)) == 1
