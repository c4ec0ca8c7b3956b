"""docs/coverage.md tells the truth: every example is read as the table says."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.requirements.golden import reading
from tests.requirements.notation import tidy

TABLES = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
EXAMPLES = [
    (example.strip(), expected.strip())
    for row in TABLES.splitlines()
    if row.startswith("| ") and "| example |" not in row
    for example, expected in [row.strip("|").split("|")[1:]]
]


@pytest.mark.parametrize(("example", "expected"), EXAMPLES)
def test_example(example: str, expected: str) -> None:
    assert reading(example) == tidy(expected)
