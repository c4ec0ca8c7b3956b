"""The files that follow from the code: golden trials, JSON Schema, the example in the README."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import regex
from rich.console import Console

import trialparse
from tests.conftest import FIXTURES, ROOT
from trialparse.export.tables import FAILURES, TABLES
from trialparse.models.trial import trial_schema
from trialparse.report.tree import trial_page

FORMATS = ROOT / "trialparse" / "layouts" / "formats"
README = ROOT / "README.md"
TABLES_GUIDE = ROOT / "docs" / "tables.md"
"""Ends with the columns of every table."""
EXAMPLE = regex.compile(r"(?<=```text\n)(?=\$ trialparse show (?<page>\S++)\n).*?(?=```)", regex.DOTALL)
"""The one example of the README: the command, then what it prints, shortened at the end."""
EXAMPLE_LINES = 24


def generated() -> dict[Path, Callable[[], str]]:
    """Each file with what makes the text it ought to have."""
    return {
        **{page.with_suffix(".json"): partial(golden, page) for page in pages()},
        ROOT / "docs" / "schema.json": lambda: _json(trial_schema()),
        TABLES_GUIDE: lambda: TABLES_GUIDE.read_text(encoding="utf-8").partition("### trials")[0] + _tables(),
        README: lambda: EXAMPLE.sub(lambda match: _example(match["page"]), README.read_text(encoding="utf-8")),
    }


def pages() -> list[Path]:
    """The fixture pages; each has its golden trial beside it as .json."""
    return sorted(path for path in FIXTURES.glob("*/*") if path.suffix != ".json")


def verbatim(page: Path) -> bool:
    """Whether the criteria stand in the source as such; JSON, XML and HTML have escapes and tags of their own."""
    return page.suffix == ".txt" and not (FORMATS / f"{page.parent.name}.py").exists()


def golden(page: Path) -> str:
    """The trial of a page, without nulls."""
    return _json(trialparse.parse(page.read_bytes()).model_dump(mode="json", exclude_none=True))


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _tables() -> str:
    lines = []
    for name, columns in {**TABLES, "failures": FAILURES}.items():
        lines += [f"### {name}", "", "| column | type | what it is |", "|---|---|---|"]
        lines += [f"| `{each.name}` | {each.type} | {each.about} |" for each in columns]
        lines.append("")
    return "\n".join(lines)


def _example(page: str) -> str:
    console = Console(file=StringIO(), width=80)
    console.print(trial_page(trialparse.parse((ROOT / page).read_bytes())))
    assert isinstance(console.file, StringIO)
    lines = [line.rstrip() for line in console.file.getvalue().splitlines()]
    return "\n".join([f"$ trialparse show {page}", *lines[:EXAMPLE_LINES], "...", ""])
