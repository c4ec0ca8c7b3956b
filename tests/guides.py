"""The guides in `docs/` and the README: the blocks of code in them, and what these print.

The first word of a block is its language; docs/this-site.md lists what may stand behind it, and what becomes of it.
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import regex

from tests.conftest import ROOT

DOCS = ROOT / "docs"
_BLOCK = regex.compile(
    r"^(?<indent>\ *+)```(?<kind>\w++)(?:\ ++(?<rest>[^\n`]++))?\n(?<code>.*?)^(?P=indent)```$",
    regex.DOTALL | regex.MULTILINE,
)


class Block(NamedTuple):
    """One block of code: its language, what is said behind that, and what it holds."""

    kind: str
    rest: str
    code: str
    line: int
    """Where it begins in its page, from 1."""


def guides() -> list[Path]:
    """Every page that holds code which must be true."""
    return [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


def blocks(guide: str | Path) -> list[Block]:
    """The blocks of a page, named by its path or by its name in `docs/`."""
    text = (DOCS / guide).read_text(encoding="utf-8")
    return [
        Block(found["kind"], found["rest"] or "", dedent(found["code"]), text.count("\n", 0, found.start()) + 1)
        for found in _BLOCK.finditer(text)
    ]


def printed(code: str, names: dict[str, Any] | None = None) -> str:
    """What a block of Python prints; `names` are kept from one to the next."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(code, {} if names is None else names)
    return shown.getvalue()
