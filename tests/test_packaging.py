"""The project as a stranger gets it: sdist, wheel, fresh environment, zipped wheel."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import FIXTURES, ROOT

LEFT_OUT = shutil.ignore_patterns(".*", "*.egg-info", "build", "dist", "__pycache__")

PARSE = """
import sys, trialparse
trial = trialparse.parse("Inclusion Criteria:\\n\\n* Platelets \\u2265 75 \\u00d7 10^9/L\\n")
(found,) = trial.thresholds()
print(trialparse.__file__, found.threshold.measure.name, found.threshold.lower.unit.ucum)
"""


def test_packages_are_those_of_the_tree() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    folders = {path.parent for path in (ROOT / "trialparse").rglob("*.py")}
    found = {".".join(folder.relative_to(ROOT).parts) for folder in folders} | {"trialparse.grammars"}
    assert listed == sorted(found), "copy the right side into [tool.setuptools] packages of pyproject.toml"
    assert all((folder / "__init__.py").is_file() for folder in folders)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist, built from a copy of the checkout without anything generated."""
    folder = tmp_path_factory.mktemp("build")
    shutil.copytree(ROOT, folder / "checkout", ignore=LEFT_OUT)
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist")]
    done = subprocess.run([*build, str(folder / "checkout")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = (folder / "dist").glob("*.whl")
    return path


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment that sees the dependencies, but not this checkout."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=True)
    base = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", base))
    # a path in a .pth file is not itself searched for .pth files: editable installs stay behind
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", base)) / "python"


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, cwd=cwd, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.packaging
def test_wheel_holds_code_grammars_tables_and_marker(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "trialparse").rglob("*.py")}
    wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "trialparse").glob("*/data/*.json")}
    wanted |= {f"trialparse/grammars/{path.name}" for path in (ROOT / "grammars").glob("*.lark")}
    wanted |= {"trialparse/py.typed", "trialparse/grammars/__init__.py"}
    inside = {name for name in names if not re.search(r"\.dist-info/", name)}
    assert inside == wanted


@pytest.mark.packaging
def test_installed_wheel_parses_outside_the_checkout(wheel: Path, python: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    place, *found = run(python, "-c", PARSE, cwd=tmp_path).split()
    assert found == ["platelets", "10*9/L"]
    assert Path(place).is_relative_to(python.parents[1])
    page = min(FIXTURES.glob("findatrial/*.txt"))
    assert "Inclusion" in run(python.with_name("trialparse"), "show", page, cwd=tmp_path)
    for target in ("fhir-r5", "usdm-v4"):
        assert "Inclusion" in run(python.with_name("trialparse"), "convert", "--to", target, page, cwd=tmp_path)


@pytest.mark.packaging
def test_zipped_wheel_parses(wheel: Path, python: Path, tmp_path: Path) -> None:
    place, *found = run(python, "-c", f"import sys; sys.path.insert(0, {str(wheel)!r})\n{PARSE}", cwd=tmp_path).split()
    assert found == ["platelets", "10*9/L"]
    assert place.startswith(str(wheel))


def test_ci_runs_the_one_test_command_of_the_readme() -> None:
    """`.ci/run` takes it from there by this pattern."""
    pattern = r"^python3 -m venv .*pytest$"
    assert f"grep -E '{pattern}' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert len(re.findall(pattern, (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)) == 1
