"""Every block of code in the README and in `docs/` does what the page says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import regex

from tests.conftest import ROOT
from tests.guides import Block, blocks, guides

LANGUAGES = {"python", "sh", "text", "json", "toml", "diff"}
COPIED = ("docs", "tests", "trialparse", "pyproject.toml", "README.md")
PROGRESS = regex.compile(r"^trialparse: .* s left\n", regex.MULTILINE)
"""What a command says every ten seconds, on a machine that is so slow."""
INTERPRETER = """
import contextlib, io, json, sys, traceback
names = {"__name__": "guide"}
for line in sys.stdin:
    shown, failed = io.StringIO(), False
    with contextlib.redirect_stdout(shown):
        try:
            exec(compile(json.loads(line), "guide", "exec"), names)
        except Exception:
            failed = True
            traceback.print_exc(file=shown)
    print(json.dumps([shown.getvalue(), failed]), flush=True)
"""
"""Runs the blocks that it is sent one after the other; a process of its own, since it may register and import."""


class Page:
    """A page that is followed from top to bottom, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        scripts = Path(sys.executable).parent
        self._environment = {
            **os.environ,
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(folder),
            "PYTHONUTF8": "1",
            "PYSPARK_PYTHON": sys.executable,
            "COLUMNS": "80",
        }
        self._python: subprocess.Popen[str] | None = None
        self.said = ""
        """What the last block printed."""

    def follow(self, block: Block) -> None:
        """Do what a block says."""
        if block.kind == "text" and not block.rest:
            assert agrees(self.said, block.code), f"printed was\n{self.said}\nand not\n{block.code}"
        elif block.kind == "diff":
            self._shell(f"git apply --recount - <<'END'\n{block.code}END\n")
        elif block.rest.startswith("into "):
            insert(self.folder / block.rest.removeprefix("into "), block.code.strip())
        elif block.kind in ("python", "sh") and (not block.rest or block.rest.startswith("needs ")):
            self.said = self._shell(block.code) if block.kind == "sh" else self._run(block.code)
        else:
            path = self.folder / block.rest
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, encoding="utf-8")

    def close(self) -> None:
        """End the interpreter, if there was one."""
        if self._python is not None:
            self._python.communicate()

    def _shell(self, code: str) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", code],
            cwd=self.folder, env=self._environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        return PROGRESS.sub("", done.stdout)

    def _run(self, code: str) -> str:
        if self._python is None:
            self._python = subprocess.Popen(
                [sys.executable, "-c", INTERPRETER],
                cwd=self.folder, env=self._environment, encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
        assert self._python.stdin is not None
        assert self._python.stdout is not None
        print(json.dumps(code), file=self._python.stdin, flush=True)
        said, failed = json.loads(self._python.stdout.readline())
        assert not failed, said
        return str(said)


def insert(table: Path, row: str) -> None:
    """Put a row where it belongs in a table of one row a line."""
    rows = [line.rstrip(",") for line in table.read_text(encoding="utf-8").splitlines()[1:-1]]
    rows = sorted([*rows, row], key=lambda each: json.loads(each)["name"])
    table.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


def agrees(said: str, wanted: str) -> bool:
    """Whether what was printed is what the page shows, but for what `...` stands for and blanks that end lines."""
    shown, pattern = ("\n".join(line.rstrip() for line in text.strip("\n").splitlines()) for text in (said, wanted))
    return regex.fullmatch(".*?".join(map(regex.escape, pattern.split("..."))), shown, regex.DOTALL) is not None


def absent(block: Block) -> str | None:
    """The module that a block needs and that is not there."""
    words = block.rest.split()
    return words[1] if words[:1] == ["needs"] and find_spec(words[1]) is None else None


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    folder = tmp_path / "trialparse"
    folder.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    found = Page(folder)
    yield found
    found.close()


RUN = [guide for guide in guides() if any(not block.rest.startswith(("unrun ", "by ")) for block in blocks(guide))]


@pytest.mark.parametrize("guide", RUN, ids=lambda guide: guide.name)
def test_a_page_does_what_it_says(guide: Path, page: Page) -> None:
    missing = []
    passed_over = False
    for block in blocks(guide):
        if block.rest.startswith(("unrun ", "by ")):
            continue
        if (module := absent(block)) is not None:
            missing.append(f"line {block.line} needs {module}")
        # nor is there anything to compare with what was not run
        if not (module or (passed_over and block.kind == "text" and not block.rest)):
            page.follow(block)
        passed_over = module is not None or (passed_over and block.kind == "text")
    if missing:
        pytest.skip("the rest is as it says; " + ", ".join(missing))


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.name)
def test_no_block_is_passed_over_without_a_reason(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    found = blocks(guide)
    fences = regex.findall(r"^ *```+(?!\{)\S.*$", text, regex.MULTILINE)
    assert len(found) == len(fences), "a block that is indented, or whose first line is of another form, is not seen"
    for block in found:
        assert block.kind in LANGUAGES
        key, _, rest = block.rest.partition(" ")
        if key == "by":
            assert guide.name in (ROOT / rest).read_text(encoding="utf-8")
        elif key == "unrun":
            assert rest.startswith("because ")
        elif key == "needs":
            assert block.kind in ("python", "sh")
        elif key == "into":
            assert (ROOT / rest).exists()
        elif key:
            assert not rest
            assert regex.fullmatch(r"[\w/-]+\.\w+", key), "a file to write"
        else:
            assert block.kind in ("python", "sh", "text", "diff")


@pytest.mark.parametrize(
    ("said", "wanted", "same"),
    [
        ("one\ntwo\n", "one\ntwo\n", True),
        ("one  \ntwo\n", "one\ntwo\n", True),
        ("one\ntwo\nthree\n", "one\n...\nthree\n", True),
        ("took 0.3 s\n", "took ... s\n", True),
        ("one\ntwo\n", "one\n", False),
        ("one\n", "One\n", False),
        ("a.b\n", "a?b\n", False),
    ],
)
def test_what_is_printed_is_compared(said: str, wanted: str, same: bool) -> None:
    assert agrees(said, wanted) is same
