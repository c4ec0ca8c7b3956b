"""The wheel of the compiled form: what it holds, and that the pure one takes its place as a whole.

What a compiler makes of the sources is put to the tests by `.ci/run`, since it takes minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import trialparse
from tests.conftest import ROOT
from tests.test_packaging import checkout, python, run
from wheels.backend import with_final_constants

pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("test_packaging")]
__all__ = ["checkout", "python"]
BUILD = (sys.executable, "-m", "build", "--no-isolation", "--wheel")
COMPILED = ("text", "lexicon", "requirements", "criteria")

COMPILER = """#!/bin/sh
for each; do
    case "$each" in
        -o) named=yes ;;
        */$REFUSES) echo "no $each" >&2; exit 1 ;;
        *) [ -z "$named" ] || echo > "$each"; named= ;;
    esac
done
"""
"""Takes the place of a compiler: makes an empty file of each source but one."""


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if os.name != "posix":
        pytest.skip("the compiler is a shell script")
    path = tmp_path_factory.mktemp("compiler") / "cc"
    path.write_text(COMPILER, encoding="utf-8")
    path.chmod(0o755)
    return path


def built(checkout: Path, folder: Path, **variables: str | Path) -> tuple[str, set[str]]:
    """The tag of the wheel that is built with `compile=yes`, and the modules in it that are compiled."""
    run(*BUILD, "-C", "compile=yes", "--outdir", folder, checkout, cwd=folder, **variables)
    (wheel,) = folder.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "trialparse/requirements/lexer.py" in names
    return wheel.stem.split("-", 2)[2], {name.partition(".")[0] for name in names if name.endswith((".so", ".pyd"))}


def test_it_has_every_module_that_reads_criteria(checkout: Path, compiler: Path, tmp_path: Path) -> None:
    tag, modules = built(checkout, tmp_path, CC=compiler, REFUSES="none")
    version = "cp{}{}".format(*sys.version_info)
    assert tag.startswith(f"{version}-{version}-")
    sources = {path for folder in COMPILED for path in (ROOT / "trialparse" / folder).glob("*.py")}
    wanted = {path.relative_to(ROOT).with_suffix("").as_posix() for path in sources if path.stem != "__init__"}
    assert modules == wanted | {"trialparse__mypyc"}


def test_a_build_that_fails_in_one_piece_leaves_no_piece(checkout: Path, compiler: Path, tmp_path: Path) -> None:
    assert built(checkout, tmp_path, CC=compiler, REFUSES="lexer.c") == ("py3-none-any", set())
    assert not [*checkout.rglob("*.so"), *checkout.rglob("*.c")]


def test_without_mypy_it_is_the_pure_one(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "mypyc.py").write_text("raise ImportError('as where there is none')", encoding="utf-8")
    assert built(checkout, tmp_path, PYTHONPATH=tmp_path) == ("py3-none-any", set())


def test_an_sdist_installs_without_a_compiler(checkout: Path, python: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--no-isolation", "--sdist", "--outdir", tmp_path, checkout, cwd=tmp_path)
    (sdist,) = tmp_path.glob("*.tar.gz")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index"]
    run(*pip, "--no-build-isolation", "-C", "compile=yes", sdist, cwd=tmp_path, PATH=tmp_path, CC=tmp_path / "none")
    assert run(python, "-c", "import trialparse; print(trialparse.compiled)", cwd=tmp_path) == "False\n"


def test_an_editable_install_is_pure(checkout: Path, python: Path, tmp_path: Path) -> None:
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index"]
    run(*pip, "--no-build-isolation", "-C", "compile=yes", "-e", checkout, cwd=tmp_path)
    shown = run(python, "-c", "import trialparse; print(trialparse.compiled, trialparse.__file__)", cwd=tmp_path)
    assert shown.split() == ["False", str(checkout / "trialparse" / "__init__.py")]
    assert not list(checkout.rglob("*.so"))


def test_the_setting_is_yes_or_no(checkout: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [*BUILD, "-C", "compile=maybe", "--outdir", tmp_path, checkout], capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "compile=maybe: the setting is compile=yes or compile=no" in done.stdout + done.stderr


def test_the_checkout_is_pure() -> None:
    if not Path(trialparse.__file__).is_relative_to(ROOT):
        pytest.skip("an installed trialparse is tested")
    assert not trialparse.compiled


def test_constants_are_final_and_lines_stay_lines() -> None:
    source = "from __future__ import annotations\nA = 3\nB = C = 4\nd = 5\n"
    future, *rest = with_final_constants(source).split("\n")
    assert future == "from __future__ import annotations; from typing import Final"
    assert rest == ["A: Final = 3", "B = C = 4", "d = 5", ""]
