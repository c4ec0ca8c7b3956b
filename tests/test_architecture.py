"""The house rules that can be read off the tree and the running program; the layers themselves are import-linter's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from complexipy import code_complexity
from radon.metrics import mi_visit

from tests.conftest import ROOT

MODULES = sorted(path for folder in ("trialparse", "tests") for path in (ROOT / folder).rglob("*.py"))
LONGEST = 400
OWN = [path for path in MODULES if path.is_relative_to(ROOT / "trialparse")]
MOST_COMPLEX = 20
# functions over the bound, most of the layouts, to be taken off as they are parted; none is to be added
STILL_COMPLEX = frozenset(
    {
        "layouts/base.py: Layout::read",
        "layouts/fields.py: typed_groups",
        "layouts/paths.py: _step",
        "layouts/residue/cells.py: _columns",
        "layouts/residue/cells.py: _rows",
        "layouts/residue/cells.py: _tables",
        "layouts/residue/columns.py: _bounds",
        "layouts/residue/furniture.py: _numbered_margins",
        "layouts/rows.py: Rows::_cells",
        "layouts/rows.py: Rows::read",
        "layouts/stated.py: _in_a_row",
        "layouts/structured.py: _Reading::run",
        "layouts/tree.py: json_tree",
        "layouts/unknown_labels.py: UnknownLabels::judge",
        "layouts/unknown_values.py: _interventions",
        "lexicon/index.py: PhraseIndex::match",
        "pipeline/places.py: check_places",
    }
)
SURELY_MAINTAINABLE = 150
"""Modules of fewer lines are, and need not be measured."""

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


def test_no_function_takes_more_decisions_than_one_can_follow() -> None:
    complex_ones = {
        f"{path.relative_to(ROOT / 'trialparse')}: {function.name}"
        for path in OWN
        for function in code_complexity(path.read_text(encoding="utf-8")).functions
        if function.complexity > MOST_COMPLEX
    }
    assert complex_ones == STILL_COMPLEX


def test_every_module_can_be_maintained() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in OWN}
    long = {path: source for path, source in sources.items() if source.count("\n") > SURELY_MAINTAINABLE}
    assert [str(path) for path, source in long.items() if mi_visit(source, multi=True) <= 0] == []


def test_import_builds_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, cwd=ROOT)
    seen = json.loads(done.stdout)
    packages = {name.split(".")[0] for name in seen["modules"]}
    assert packages.isdisjoint({"typer", "rich"})
    assert not [name for name in seen["opened"] if name.endswith((".json", ".lark"))]
    own = [name for name in seen["modules"] if name.startswith("trialparse.layouts.pages.")]
    assert own == [], "layouts load by name, when a page is in them"
