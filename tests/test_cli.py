from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import trialparse
from tests.conftest import FIXTURES
from trialparse import layouts
from trialparse.export.schema import trial_schema
from trialparse.models.trial import Trial

PAGE = min(FIXTURES.glob("findatrial/*.txt"))
COMMAND = [sys.executable, "-m", "trialparse"]
PLAIN = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}


def run(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a user's shell runs it, with what it wrote decoded."""
    command = [*COMMAND, *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, env={**PLAIN, **environment}, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_parse_prints_one_line_a_trial() -> None:
    done = run("parse", PAGE, "-", stdin=PAGE.read_bytes())
    assert (done.returncode, done.stderr) == (0, "")
    first, second = map(Trial.model_validate_json, done.stdout.splitlines())
    assert (first.source.path, second.source.path) == (str(PAGE), "stdin")
    alone = trialparse.parse(PAGE.read_bytes())
    assert [each.model_copy(update={"source": alone.source}) for each in (first, second)] == [alone, alone]


def test_parse_goes_on_after_a_failure(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b" \n")
    done = run("parse", tmp_path / "absent.txt", tmp_path, PAGE)
    assert done.returncode == 1
    absent, empty, summary = done.stderr.splitlines()
    assert "absent.txt: No such file or directory" in absent
    assert "empty.txt: the source holds no text" in empty
    assert "3 records read = 2 written + 1 failed; 1 written with an error; " in summary
    *_, last = done.stdout.splitlines()
    assert json.loads(last)["trial_id"] == trialparse.parse(PAGE.read_bytes()).trial_id


def test_a_page_that_is_no_trial_is_named() -> None:
    done = run("parse", "-", stdin=b"<html><body><h1>Please log in</h1><form>Password</form></body></html>")
    assert done.returncode == 1
    assert "stdin: " in done.stderr
    assert json.loads(done.stdout)["trial_id"] is None


def test_layout_option() -> None:
    done = run("parse", "--layout", "meddatax", PAGE)
    assert json.loads(done.stdout)["source"]["layout"] == "meddatax"
    done = run("parse", "--layout", "nonesuch", PAGE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no layout 'nonesuch'" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["parse"], ["show"], ["nonsense"], ["parse", "--nonsense", "x"]])
def test_wrong_usage(arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


def test_show_is_plain_and_narrow_in_a_pipe() -> None:
    done = run("show", PAGE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Inclusion\n├── I1 " in done.stdout


def test_show_in_colour_unless_told_not_to() -> None:
    assert "\x1b[1;32mInclusion" in run("show", PAGE, FORCE_COLOR="1", TERM="xterm-256color").stdout
    assert "\x1b[1;32m" not in run("show", PAGE, FORCE_COLOR="1", TERM="xterm-256color", NO_COLOR="1").stdout


def test_show_survives_an_output_without_unicode() -> None:
    done = run("show", PAGE, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "I1 " in done.stdout


def test_parse_writes_utf8_whatever_the_terminal() -> None:
    done = run("parse", "-", stdin="Inclusion Criteria:\n* age ≥ 18".encode(), PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "age ≥ 18" in done.stdout


@pytest.mark.parametrize("command", ["show", "inspect"])
def test_a_page_that_cannot_be_read_is_named(command: str) -> None:
    done = run(command, "absent.txt")
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "trialparse: absent.txt: no such file\n")


def test_schema() -> None:
    assert json.loads(run("schema").stdout) == trial_schema()


def test_layouts() -> None:
    lines = run("layouts").stdout.splitlines()
    assert [line.split(None, 1)[0] for line in lines] == list(layouts.names())
    assert all(len(line.split(None, 1)) == 2 for line in lines)


def test_version_and_help() -> None:
    assert run("--version").stdout == f"{trialparse.__version__}\n"
    assert "Exit codes: 0 all input was read; 1 some input failed" in " ".join(run("--help").stdout.split())


def _heed_interrupts() -> None:
    """A shell in the background has them ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts the command with pipes to all its streams; it ends with the test."""
    with ExitStack() as stack:

        def run_on(*arguments: str | Path) -> subprocess.Popen[bytes]:
            command = [*COMMAND, *map(str, arguments)]
            pipe = subprocess.PIPE
            process = stack.enter_context(
                subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=PLAIN, preexec_fn=_heed_interrupts)
            )
            stack.callback(process.kill)
            return process

        yield run_on


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
def test_a_broken_pipe_is_silent(start: Callable[..., subprocess.Popen[bytes]]) -> None:
    process = start("parse", *[PAGE] * 40)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    process.wait(timeout=60)
    assert process.stderr is not None
    said = process.stderr.read().splitlines()
    assert [line for line in said if b"% of " not in line] == [], "how far it is may be said on a busy machine"


def _wait_until_it_waits(process: subprocess.Popen[bytes]) -> None:
    """CPython does not notice a signal that comes in the moment before it goes into `read` until that returns."""
    state = Path(f"/proc/{process.pid}/stat")
    for _ in range(600):
        time.sleep(0.1)
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "S":
            return


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_interrupt(start: Callable[..., subprocess.Popen[bytes]]) -> None:
    process = start("parse", PAGE, "-")
    assert process.stdout is not None
    process.stdout.readline()  # it is about to wait for stdin
    _wait_until_it_waits(process)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()


def test_convert_writes_documents_and_says_what_they_do_not_hold() -> None:
    done = run("convert", "--to", "fhir-r5", PAGE)
    assert done.returncode == 0
    assert json.loads(done.stdout)["resourceType"] == "ResearchStudy"
    assert "not held, or not as the trials do: " in done.stderr
    assert run("convert", "--to", "fhir-r4", PAGE).returncode == 2
