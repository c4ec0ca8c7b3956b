"""The house rules that can be read off the tree and the running program; the layers themselves are import-linter's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted(path for folder in ("trialparse", "tests") for path in (ROOT / folder).rglob("*.py"))
LONGEST = 400

# what importing opens, besides Python's own code
LOOK = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import trialparse
print(json.dumps({"modules": sorted(sys.modules), "opened": opened}))
"""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_length(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST


def test_import_builds_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, cwd=ROOT)
    seen = json.loads(done.stdout)
    packages = {name.split(".")[0] for name in seen["modules"]}
    assert packages.isdisjoint({"typer", "rich"})
    assert not [name for name in seen["opened"] if name.endswith((".json", ".lark"))]
    own = [name for name in seen["modules"] if name.startswith("trialparse.layouts.pages.")]
    assert own == [], "layouts load by name, when a page is in them"
