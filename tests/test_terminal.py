"""What strangers wrote cannot steer a terminal: by whatever way it comes there."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import regex

from trialparse.text.printable import printable, printable_json

COMMAND = [sys.executable, "-m", "trialparse"]
PLAIN = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", "NO_COLOR": "1"}

SIGNS = {
    "\x1b[2J": "\\x1b[2J", "\x07": "\\x07", "\x00": "\\x00", "\x7f": "\\x7f", "\x9b": "\\x9b", "\x85": "\\x85",
    "\u202e": "\\u202e", "\u2066": "\\u2066", "\u200f": "\\u200f", "\u061c": "\\u061c", "\u2028": "\\u2028",
    "\ufeff": "\\ufeff", "\U000e0041": "\\U000e0041", "\udcff": "\\udcff", "\r": " ", "\n": " ", "\t": " ",
}  # fmt: skip
STEERING = regex.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\p{Bidi_Control}\u2028\u2029\ufeff\p{Cs}\U000e0000-\U000e007f]")
HOSTILE = "".join(sign for sign in SIGNS if sign not in "\r\n\udcff")


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_each_sign(sign: str) -> None:
    assert printable(f"a{sign}b") == f"a{SIGNS[sign]}b"
    line = json.dumps(f"a{sign}b", ensure_ascii=False) + "\n"
    assert json.loads(printable_json(line)) == f"a{sign}b"
    assert not STEERING.search(printable_json(line).rstrip("\n"))


@pytest.mark.parametrize("text", ["≥ 75 × 10⁹/L", "Größe", "日本語", "עברית", "👩‍⚕️", "a b"])
def test_what_people_write_stays(text: str) -> None:
    assert printable(text) == printable_json(text) == text


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A page that tries it everywhere."""
    page = tmp_path / "page.txt"
    page.write_text(
        f"NCT99000001\nTitle: A study{HOSTILE} of it\nSponsor: B{HOSTILE}\nStatus{HOSTILE}: open {HOSTILE}\n"
        f"Inclusion Criteria:\n* Age {HOSTILE} > 18 {HOSTILE} years\n* {HOSTILE}\n"
        f"* Platelets{HOSTILE} ≥ 75 × 10^9/L{HOSTILE}\n",
        encoding="utf-8",
    )
    return page


@pytest.mark.parametrize("command", ["show", "inspect"])
def test_commands_for_people(hostile: Path, command: str) -> None:
    done = subprocess.run([*COMMAND, command, hostile], capture_output=True, env=PLAIN)
    for said in (done.stdout.decode(), done.stderr.decode()):
        assert not STEERING.search(said.replace("\n", "")), ascii(said)


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_names_in_messages(tmp_path: Path) -> None:
    name = "\x1b]0;pwned\x07\u202ex.jsonl"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, '{"text": ')
    (tmp_path / name).write_text('{"text": ')
    (tmp_path / ("x" + name + ".docx")).touch()
    for arguments in (["parse", tmp_path], ["parse", tmp_path / name], ["show", tmp_path / ("y" + name)]):
        done = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, env=PLAIN)
        assert "\\x1b]0;pwned\\x07\\u202e" in done.stderr.decode()
        assert not STEERING.search(done.stderr.decode().replace("\n", ""))


@pytest.mark.skipif(os.name == "nt", reason="no terminals of this kind")
@pytest.mark.parametrize("arguments", ["parse", "convert --to usdm-v4"])
def test_json_on_a_terminal_is_escaped_and_in_a_pipe_as_it_is(hostile: Path, arguments: str) -> None:
    command = [*COMMAND, *arguments.split(), str(hostile)]
    piped = subprocess.run(command, capture_output=True, env=PLAIN).stdout.decode()
    assert "\x9b" in piped
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=PLAIN) as process:
        os.close(theirs)
        shown = b""
        while block := _read(ours):
            shown += block
    os.close(ours)
    assert process.returncode in (0, 1)
    text = shown.decode().replace("\r\n", "\n")
    assert not STEERING.search(text.replace("\n", ""))
    assert json.loads(text) == json.loads(piped)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # how a terminal says that nobody writes to it any more
        return b""
