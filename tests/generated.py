"""The files that follow from the code: golden trials, JSON Schema, pages of the documentation, the README's example."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable
from functools import cache, partial
from io import StringIO
from pathlib import Path
from typing import Any

import regex
from rich.console import Console

import trialparse
from tests.conftest import FIXTURES, ROOT
from tests.reference import command_reference, model_reference, scores, speed
from trialparse import layouts
from trialparse.export.exact import dumps
from trialparse.export.losses import LOSSES
from trialparse.export.schema import trial_schema
from trialparse.export.tables import FAILURES, TABLES
from trialparse.layouts import formats
from trialparse.layouts import pages as pages_package
from trialparse.models.tree import trial_page
from trialparse.models.trial import Trial
from trialparse.pipeline.converting import TARGETS, Target

FORMATS = Path(trialparse.__file__).parent / "layouts" / "formats"
README = ROOT / "README.md"
DOCS = ROOT / "docs"
EXPORTED = ROOT / "tests" / "export" / "golden"
"""Invented pages, each with what it is in every standard beside it."""
EXAMPLE = regex.compile(
    r"(?<=```text by tests/generated.py\n)(?=\$ trialparse show (?<page>\S++)\n).*?(?=```)", regex.DOTALL
)
"""The one example of the README: the command, then what it prints, shortened at the end."""
EXAMPLE_LINES = 24
_SECTIONS = ("inclusion", "exclusion")
_LIMITS = ("minimum_age", "maximum_age", "sex", "healthy_volunteers")
_NOT_READ = ("schema_version", "source", "registry", "eligibility", "sections", "diagnostics")


def generated() -> dict[Path, Callable[[], str]]:
    """Each file with what makes the text it ought to have."""
    return {
        **{page.with_suffix(".json"): partial(golden, page) for page in pages()},
        **{
            page.with_suffix(f".{name}.json"): partial(_converted, page, name)
            for page in EXPORTED.glob("*.txt")
            for name in TARGETS
        },
        DOCS / "schema.json": lambda: _json(trial_schema()),
        **{DOCS / name: partial(_page, DOCS / name, begins, make) for name, (begins, make) in ENDINGS.items()},
        README: lambda: EXAMPLE.sub(lambda match: _example(match["page"]), README.read_text(encoding="utf-8")),
    }


def _page(path: Path, begins: str, make: Callable[[], str]) -> str:
    return path.read_text(encoding="utf-8").partition(begins)[0] + make()


def pages() -> list[Path]:
    """The fixture pages; each has its golden trial beside it as .json."""
    return sorted(path for path in FIXTURES.glob("*/*") if path.suffix != ".json")


@cache
def parsed(page: Path) -> Trial:
    """The trial of a page, read once for all tests that ask for it."""
    return trialparse.parse(page.read_bytes())


def verbatim(page: Path) -> bool:
    """Whether the criteria stand in the source as such; JSON, XML and HTML have escapes and tags of their own."""
    return page.suffix == ".txt" and not (FORMATS / f"{page.parent.name}.py").exists()


def golden(page: Path) -> str:
    """The trial of a page, without nulls."""
    return _json(parsed(page).model_dump(mode="json", exclude_none=True))


def _converted(page: Path, target: Target) -> str:
    """A page as a document of a standard, and what that does not hold."""
    document, losses = TARGETS[target](trialparse.parse(page.read_bytes()))
    if target == "usdm-v4":
        document["systemVersion"] = "x"  # else each release would change it
    return dumps({"document": document, "losses": [loss.as_row() for loss in losses]}, indent=1) + "\n"


def _losses() -> str:
    lines = ["| code | what is kept | why |", "|---|---|---|"]
    lines += [
        f"| `{code}` | {kept} | {reason.format(reference='ULN', written='what')} |"
        for code, (kept, reason) in LOSSES.items()
    ]
    return "\n".join([*lines, ""])


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _tables() -> str:
    lines = []
    for name, columns in {**TABLES, "failures": FAILURES}.items():
        lines += [f"## {name}", "", "| column | type | what it is |", "|---|---|---|"]
        lines += [f"| `{each.name}` | {each.type} | {each.about} |" for each in columns]
        lines.append("")
    return "\n".join(lines)


def _formats() -> str:
    lines = []
    for title, package in (("Documents", formats), ("Pages", pages_package)):
        lines += [f"## {title}", "", "| name | what it is | fields | criteria |", "|---|---|---|---|"]
        for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
            trials = [trialparse.parse(page.read_bytes()) for page in pages() if page.parent.name == name]
            fields = ", ".join(f"`{field}`" for field in _filled(trials))
            sections = ", ".join(
                each for each in _SECTIONS if any(getattr(trial.eligibility, each) for trial in trials)
            )
            about = layouts.load(name).description.replace("|", "\\|")
            lines.append(f"| `{name}` | {about} | {fields} | {sections} |")
        lines.append("")
    return "\n".join(lines)


def _filled(trials: list[Trial]) -> list[str]:
    """The fields that one of the trials has, in the model's order."""
    plain = [name for name in Trial.model_fields if name not in _NOT_READ]
    found = [name for name in plain if any(getattr(trial, name) for trial in trials)]
    return found + [name for name in _LIMITS if any(getattr(trial.eligibility, name) is not None for trial in trials)]


def _example(page: str) -> str:
    console = Console(file=StringIO(), width=80)
    console.print(trial_page(trialparse.parse((ROOT / page).read_bytes())))
    assert isinstance(console.file, StringIO)
    lines = [line.rstrip() for line in console.file.getvalue().splitlines()]
    return "\n".join([f"$ trialparse show {page}", *lines[:EXAMPLE_LINES], "...", ""])


ENDINGS: dict[str, tuple[str, Callable[[], str]]] = {
    "command.md": ("## ", command_reference),
    "export.md": ("| code |", _losses),
    "formats.md": ("## ", _formats),
    "model.md": ("## ", model_reference),
    "performance.md": ("Python 3", speed),
    "scores.md": ("| exam |", scores),
    "tables.md": ("## ", _tables),
}
"""Pages that end with what follows from the code: how that begins, and what makes it."""
