"""The project as a stranger gets it: sdist, wheel, fresh environment, zipped wheel."""

from __future__ import annotations

import os
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
from trialparse import __version__

pytestmark = pytest.mark.xdist_group("test_packaging")
LEFT_OUT = shutil.ignore_patterns(".*", "*.egg-info", "build", "dist", "__pycache__", "node_modules")

PARSE = """
import sys, trialparse
trial = trialparse.parse("Inclusion Criteria:\\n\\n* Platelets \\u2265 75 \\u00d7 10^9/L\\n")
(found,) = trial.thresholds()
print(trialparse.__file__, found.threshold.measure.name, found.threshold.lower.unit.ucum)
"""


def test_packages_are_those_of_the_tree() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    folders = {path.parent for path in (ROOT / "trialparse").rglob("*.py")}
    found = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert listed == sorted(found), "copy the right side into [tool.setuptools] packages of pyproject.toml"
    assert all((folder / "__init__.py").is_file() for folder in folders)


TYPED = """
from trialparse import Limit, Patient, Threshold, parse

def lower(page: str) -> list[Limit | None]:
    return [found.threshold.lower for found in parse(page).thresholds()]

def wrong(item: Threshold) -> int:
    return item.measure.name

def outcome(page: str) -> str:
    known = Patient(age=60, values={"platelets": "60 10*9/L", "ecog": 1}, history={"HIV": False})
    return parse(page).evaluate(known).outcome
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy without anything generated."""
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("copy") / "checkout", ignore=LEFT_OUT)


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist, built from the copy."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, checkout, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """The interpreter of a fresh environment that sees the dependencies, but not this checkout."""
    folder = tmp_path / "fresh"
    venv.create(folder, with_pip=False, symlinks=True)
    base = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", base))
    # a path in a .pth file is not itself searched for .pth files: editable installs stay behind
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", base)) / "python"


def run(*command: str | Path, cwd: Path, **variables: str | Path) -> str:
    environment = os.environ | {name: str(value) for name, value in variables.items()}
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, cwd=cwd, encoding="utf-8", env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.packaging
def test_wheel_holds_code_grammars_tables_and_marker(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "trialparse").rglob("*.py")}
    wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "trialparse").glob("*/data/*.json")}
    wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "trialparse" / "report" / "assets").iterdir()}
    wanted |= {f"trialparse/grammars/{path.name}" for path in (ROOT / "trialparse" / "grammars").glob("*.lark")}
    wanted |= {"trialparse/models/notebook.css", "trialparse/py.typed"}
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
    run(python.with_name("trialparse"), "report", page, "-o", "report.html", cwd=tmp_path)
    assert (tmp_path / "report.html").stat().st_size > 20_000


@pytest.mark.packaging
def test_zipped_wheel_parses(wheel: Path, python: Path, tmp_path: Path) -> None:
    place, *found = run(python, "-c", f"import sys; sys.path.insert(0, {str(wheel)!r})\n{PARSE}", cwd=tmp_path).split()
    assert found == ["platelets", "10*9/L"]
    assert place.startswith(str(wheel))


@pytest.mark.packaging
def test_a_checkout_on_the_path_parses(checkout: Path, python: Path, tmp_path: Path) -> None:
    found = run(python, "-c", f"import sys; sys.path.insert(0, {str(checkout)!r})\n{PARSE}", cwd=tmp_path)
    assert found.split() == [str(checkout / "trialparse" / "__init__.py"), "platelets", "10*9/L"]


@pytest.mark.packaging
def test_type_checkers_see_an_editable_install(checkout: Path, python: Path, tmp_path: Path) -> None:
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index"]
    run(*pip, "--no-build-isolation", "-e", checkout, cwd=tmp_path)
    assert run(python, "-c", PARSE, cwd=tmp_path).split()[1:] == ["platelets", "10*9/L"]
    user = tmp_path / "user.py"
    user.write_text(TYPED, encoding="utf-8")
    check = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(python), "--cache-dir", "cache"]
    done = subprocess.run([*check, "user.py"], capture_output=True, text=True, cwd=tmp_path)
    said = 'user.py:8: error: Incompatible return value type (got "str | None", expected "int")  [return-value]'
    assert done.stdout.splitlines()[:-1] == [said], done.stdout + done.stderr


def test_ci_runs_the_one_test_command_of_the_readme() -> None:
    """`.ci/run` takes it from there by this pattern."""
    pattern = r"^python3 -m venv .*pytest$"
    assert f"grep -E '{pattern}' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert len(re.findall(pattern, (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)) == 1


def test_the_latest_release_in_the_change_log_is_this_version() -> None:
    """Its latest release is what the package says it is."""
    released = re.findall(
        r"^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M
    )
    assert released[:1] == [__version__]


def test_the_classifiers_name_the_oldest_python_that_is_admitted() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [each.rpartition(" ")[2] for each in project["classifiers"] if re.search(r":: 3\.\d+$", each)]
    assert f">={named[0]}" == project["requires-python"]
