"""Text falls into the same atoms on every Python that is admitted."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import trialparse
from trialparse.text.atoms import atomise

# a group that is possessive as a whole; `a*+` and `[ab]++` are sound
_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)[*+?]\+")


def standard_patterns() -> Iterator[tuple[str, str]]:
    """Every compiled pattern of the standard library's engine that stands in a module of the package."""
    for found in pkgutil.walk_packages(trialparse.__path__, "trialparse."):
        if found.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(found.name)
        except ModuleNotFoundError:  # an optional extra that is not installed
            continue
        for name, value in vars(module).items():
            for each in value.values() if isinstance(value, dict) else (value,):
                if isinstance(each, re.Pattern):
                    yield f"{found.name}.{name}", str(each.pattern)


def test_no_possessive_group_meets_the_standard_engine() -> None:
    """CPython before 3.11.5 (the 3.11.2 of Debian 12) keeps what the failed last round of such a group matched."""
    found = dict(standard_patterns())
    assert "trialparse.text.atoms._ATOM" in found
    assert [name for name, pattern in found.items() if _POSSESSIVE_GROUP.search(pattern)] == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ECOG 0, 1, or 2", ["ecog", "0", ",", "1", ",", "or", "2"]),
        ("5. Age", ["5", ".", "age"]),
        ("1,000.5.", ["1,000.5", "."]),
        ("CTCAE v5.0. Grade", ["ctcae", "v5.0", ".", "grade"]),
        ("patients' age", ["patients", "'", "age"]),
        ("e\u0301t\u0301 a", ["e\u0301t\u0301", "a"]),
    ],
)
def test_what_follows_a_numeral_or_a_word_is_an_atom_of_its_own(text: str, keys: list[str]) -> None:
    assert [key for _, key, _, _ in atomise(text)] == keys
