"""The JSON Schema makes good TypeScript: types by the names of the models, a union whose kinds are told apart."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import FIXTURES, ROOT

FOLDER = ROOT / "tests" / "export" / "typescript"
TOOLS = FOLDER / "node_modules" / ".bin"
SCHEMA = ROOT / "docs" / "schema.json"  # `tests/test_guides.py` holds it to the models
PAGE = FIXTURES / "findatrial" / "velorobin.json"

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed"),
    pytest.mark.skipif(not TOOLS.is_dir(), reason=f"needs: npm install --prefix {FOLDER.relative_to(ROOT)}"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the types of a trial, and a program that has a case for each kind of requirement."""
    folder = tmp_path_factory.mktemp("typescript")
    made = subprocess.run([TOOLS / "json2ts", "-i", SCHEMA, "-o", folder / "trial.ts"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    shutil.copy(FOLDER / "formula.ts", folder)
    return folder


def wrong(folder: Path, *, also: str = "") -> str:
    """What the compiler finds wrong with a program that also has these lines."""
    (folder / "main.ts").write_text(f'import {{ criteria, formula }} from "./formula";\n{also}', encoding="utf-8")
    command: list[str | Path] = [TOOLS / "tsc", "--strict", "--noEmit", "--target", "es2020", folder / "main.ts"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


def test_every_kind_has_a_case_and_a_trial_is_of_its_type(folder: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    also = f'import type {{ Trial }} from "./trial";\nconst trial: Trial = {page};\nformula; criteria(trial);\n'
    assert wrong(folder, also=also) == ""


def test_a_kind_without_a_case_is_an_error(folder: Path) -> None:
    whole = (FOLDER / "formula.ts").read_text(encoding="utf-8")
    case = '    case "not":\n      return `not ${formula(item.item)}`;\n'
    assert case in whole
    try:
        (folder / "formula.ts").write_text(whole.replace(case, ""), encoding="utf-8")
        assert "Type 'Not' is not assignable to type 'never'" in wrong(folder)
    finally:
        shutil.copy(FOLDER / "formula.ts", folder)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('formula({ kind: "nothing" });', "is not assignable to type"),
        ('formula({ kind: "not", item: { kind: "statement", text: "" } });', "span"),
        ('formula({ kind: "all", items: [] });', ""),
    ],
)
def test_what_is_no_requirement_is_an_error(folder: Path, line: str, error: str) -> None:
    found = wrong(folder, also=line)
    assert error in found
    assert bool(found) == bool(error)


def test_types_have_the_names_of_the_models(folder: Path) -> None:
    types = (folder / "trial.ts").read_text(encoding="utf-8")
    named = {line.split()[2] for line in types.splitlines() if line.startswith("export ")}
    assert {"Trial", "Criterion", "Requirement", "Threshold", "Window", "If"} <= named
    assert not [name for name in named if name[-1].isdigit()], "copies of one type"
