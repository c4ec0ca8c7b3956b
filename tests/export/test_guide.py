"""The example of docs/export.md prints what stands below it."""

from __future__ import annotations

from tests.guides import blocks, printed


def test_the_example() -> None:
    (python,), (text,) = ([code for kind, code in blocks("export.md") if kind == each] for each in ("python", "text"))
    assert printed(python) == text
