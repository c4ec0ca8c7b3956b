"""The example of docs/export.md prints what stands below it."""

from __future__ import annotations

import pytest
import regex

from tests.conftest import ROOT

_BLOCKS = regex.compile(r"```python\n(.*?)```\n\nprints\n\n```text\n(.*?)```", regex.DOTALL)


def test_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    ((code, printed),) = _BLOCKS.findall((ROOT / "docs" / "export.md").read_text(encoding="utf-8"))
    exec(code, {})
    assert capsys.readouterr().out == printed
