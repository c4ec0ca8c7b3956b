"""The examples in docstrings give what stands under them."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import trialparse

FRONT = {"parse", "parse_criteria", "parse_criterion", "parse_many", "walk", "Patient"}
"""What users call first has an example."""


def _documented() -> list[str]:
    """The modules with examples."""
    found = pkgutil.walk_packages(trialparse.__path__, "trialparse.")
    paths = {each.name: Path(trialparse.__path__[0], *each.name.split(".")[1:]).with_suffix(".py") for each in found}
    return [name for name, path in paths.items() if path.is_file() and ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", _documented())
def test_examples(name: str) -> None:
    done = doctest.testmod(import_module(name))
    assert done.attempted > 0
    assert done.failed == 0, "what differs is printed above"


def test_what_users_call_first_has_an_example() -> None:
    assert {name for name in FRONT if ">>> " not in (getattr(trialparse, name).__doc__ or "")} == set()
