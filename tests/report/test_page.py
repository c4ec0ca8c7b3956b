"""The page as a file: data that nothing in it can break out of, only its own scripts allowed; and the command."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.report.pages import EMPTY, FAILURE, HEPATIC, HOSTILE, PATIENT, RENAL, hostile, read
from trialparse.report.page import MARK, SCRIPTS, Read, Unread, embedded, report, write_report

DATA = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL)
ASSETS = ROOT / "trialparse" / "report" / "assets"


def page(*found: Read | Unread, patient: Any = None) -> str:
    return "".join(report(found, patient))


def data(text: str) -> dict[str, Any]:
    return {name: json.loads(value) for name, value in DATA.findall(text)}


@given(
    st.text(alphabet=st.characters(), max_size=60)
    | st.sampled_from(["</script>", "<!--<script>", "\u2028]]>", "\ud800"])
)
def test_embedded_data_comes_back_and_holds_nothing_that_ends_it(text: str) -> None:
    written = embedded({"text": text})
    assert written.isascii()
    assert re.search(r"[<>&\x00-\x1f]", written) is None
    assert json.loads(written) == {"text": text}


def test_hostile_text_is_only_ever_data() -> None:
    tame, wild = page(read(RENAL)), page(hostile(), FAILURE)
    for tag in ("<script", "</script", "<img", "<svg", "<!--", "onerror"):
        assert DATA.sub("", wild).lower().count(tag) == DATA.sub("", tame).lower().count(tag), tag
    assert data(wild)["index"]["trials"][0]["title"] == HOSTILE.split("\n")[0]
    assert data(wild)["index"]["failures"] == [list(FAILURE)]
    assert wild.count("<script>") == 1


def test_only_its_own_style_and_script_are_allowed() -> None:
    text = page(read(HEPATIC))
    policy = unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', text)[0])
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", text) is None
    assert re.search(r"url\(|@import|fetch\(|innerHTML|insertAdjacentHTML|eval\(", text) is None


def test_scripts_are_all_there_and_each_is_short() -> None:
    assert {path.name for path in ASSETS.iterdir()} == {*SCRIPTS, "page.html", "page.css"}
    for path in ASSETS.iterdir():
        content = path.read_bytes()
        assert b"\r" not in content, "the browser would change the line ends, and with them the digest"
        assert content.count(b"\n") <= 250
    assert (ASSETS / "page.html").read_bytes().startswith(MARK)


def test_trials_failures_and_the_patient_are_in_the_data() -> None:
    found = data(page(read(HEPATIC), FAILURE, read(EMPTY), patient=PATIENT))
    index = found["index"]
    assert [entry["id"] for entry in index["trials"]] == ["NCT99000701", "NCT99000704"]
    assert [entry["outcome"] for entry in index["trials"]] == ["not_met", "unknown"]
    assert index["patient"]["id"] == "P <b>1</b>"
    assert ["chemotherapy", "2025-07-25"] in index["patient"]["facts"]
    assert {"trial-0", "trial-1", "ranges", "index"} == set(found)


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert write_report(out, [read(RENAL), FAILURE]) == (1, 1)
    before = out.read_bytes()

    def breaks() -> Any:
        yield read(HEPATIC)
        raise OSError("no more")

    with pytest.raises(OSError, match="no more"):
        write_report(out, breaks())
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


# -- the command -------------------------------------------------------------------------------------------------------


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trialparse", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd)


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEPATIC, encoding="utf-8")
    (tmp_path / "b.json").write_text('{"broken": ', encoding="utf-8")
    (tmp_path / "patient.json").write_text('{"age": 60}')
    done = run("report", "a.txt", "b.json", "nowhere.txt", "-o", "out.html", "--patient", "patient.json", cwd=tmp_path)
    assert done.returncode == 1
    assert "trialparse: nowhere.txt: No such file or directory" in done.stderr
    assert "2 with errors or not read: out.html" in done.stderr
    found = data((tmp_path / "out.html").read_text(encoding="utf-8"))
    assert found["index"]["trials"][0]["outcome"] == "unknown"
    assert found["trial-0"]["printed"]
    assert ["nowhere.txt", "No such file or directory"] in found["index"]["failures"]

    run("parse", "a.txt", "-o", "trials.jsonl", cwd=tmp_path)
    again = run("report", "trials.jsonl", "-o", "out.html", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, "")
    found = data((tmp_path / "out.html").read_text(encoding="utf-8"))
    assert not found["trial-0"]["printed"]
    assert found["index"]["trials"][0]["id"] == "NCT99000701"


def test_the_command_takes_nobody_s_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RENAL, encoding="utf-8")
    (tmp_path / "mine.html").write_text("<p>mine")
    for out, said in (("mine.html", "exists and is no report"), ("a.txt", "would replace an input")):
        done = run("report", "a.txt", "-o", out, cwd=tmp_path)
        assert done.returncode == 2
        assert said in " ".join(done.stderr.replace("│", "").split())
    assert (tmp_path / "mine.html").read_text() == "<p>mine"
    assert run("report", "nowhere", "-o", "new.html", cwd=tmp_path).returncode == 3
