"""The guides in `docs/`: the blocks of code in them, and what these print."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import regex

from tests.conftest import ROOT

_BLOCK = regex.compile(r"^```(?<kind>[\w -]++)\n(?<code>.*?)^```$", regex.DOTALL | regex.MULTILINE)


def blocks(guide: str) -> list[tuple[str, str]]:
    """Kind and content of each block of a guide: ("python", "import trialparse")."""
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    return [(found["kind"], found["code"]) for found in _BLOCK.finditer(text)]


def printed(code: str, names: dict[str, Any] | None = None) -> str:
    """What a block of Python prints; `names` are kept from one to the next."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(code, {} if names is None else names)
    return shown.getvalue()
